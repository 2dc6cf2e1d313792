package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fills a roll with a long history through the store's own API, and measures what looks back on it. Started by
 * benchmarks/history.py: {@code fill DATABASE AGENTS REVISIONS} or {@code measure DATABASE RUNS}.
 */
final class HistoryBench {
    /** The newest version; the ones before lie an hour apart. */
    private static final Instant END = Instant.parse("2026-03-01T00:00:00Z");

    private static final Duration STEP = Duration.ofHours(1);
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());
    private static final List<String> WORDS = List.of(
            "harbour", "lantern", "ledger", "compass", "rigging", "anchor", "chart", "signal", "ballast", "tide");

    private HistoryBench() {}

    public static void main(String[] arguments) {
        try (SqlStore store = SqlStore.open(arguments[1], SwarmName.DEFAULT, Duration.ofSeconds(10))) {
            if (arguments[0].equals("fill")) {
                fill(store, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            } else {
                measure(store, Integer.parseInt(arguments[2]));
            }
        }
    }

    private static void fill(SqlStore store, int agents, int revisions) {
        List<String> ballast =
                IntStream.range(0, agents).mapToObj(HistoryBench::ballast).toList();
        long raw = 0;
        List<Double> costs = new ArrayList<>();
        for (int revision = 0; revision < revisions; revision++) {
            Instant at = END.minus(STEP.multipliedBy(revisions - 1 - revision));
            List<RollChange> changes = new ArrayList<>();
            for (int agent = 0; agent < agents; agent++) {
                RollChange.Accepted change =
                        change(agent, revision, at, document(agent, revision, at, ballast.get(agent)));
                raw += change.content().bytes().length;
                changes.add(change);
            }
            long began = System.nanoTime();
            store.record(changes, Durability.LATER);
            costs.add((System.nanoTime() - began) / 1e3 / agents);
        }
        int tenth = Math.max(1, revisions / 10);
        System.out.println("versions: " + (long) agents * revisions);
        System.out.println("raw bytes: " + raw);
        print("first tenth", median(costs.subList(0, tenth)), "us for each version");
        print("last tenth", median(costs.subList(revisions - tenth, revisions)), "us for each version");
    }

    /** As a pass would hand it over, but without passages: what is measured is history. */
    static RollChange.Accepted change(int agent, int revision, Instant at, String text) {
        AgentId id = new AgentId("Agent-" + agent);
        StatusDocument document = parsed(text);
        Sighting sighting = new Sighting(id, revision, "bench", "", "/swarm/" + id + "/status.json", at, at);
        return new RollChange.Accepted(
                sighting,
                document.content(),
                StatusView.columns(document, id, RULES, at),
                revision == 0 ? Passages.of(document).subList(0, 1) : List.of(),
                Origin.SYNC,
                RollChange.Extent.CHANGES);
    }

    private static String document(int agent, int revision, Instant at, String ballast) {
        int phase = (revision + agent) % 24;
        String status = phase < 14 ? "ACTIVE" : phase < 17 ? "BLOCKED" : phase < 20 ? "WAITING" : "IDLE";
        String blockers =
                status.equals("BLOCKED") ? "\"waits for Agent-" + (agent * 7 + 3) % 1000 + " to finish\"" : "";
        int done = revision / 3;
        String completed = IntStream.rangeClosed(Math.max(0, done - 40), done)
                .mapToObj(i -> "\"Task " + i + ": " + word(agent + i) + " and " + word(i * 7) + "\"")
                .collect(Collectors.joining(",\n    "));
        return String.format(
                Locale.ROOT,
                """
                {
                  "agent_id": "Agent-%d",
                  "status": "%s",
                  "last_updated": "%s",
                  "cycle_count": %d,
                  "points_earned": %d,
                  "current_mission": "Mission %d of the %s",
                  "current_tasks": ["Task %d"],
                  "completed_tasks": [
                    %s
                  ],
                  "blockers": [%s],
                  "notes": [
                    %s
                  ]
                }
                """,
                agent,
                status,
                at,
                revision,
                done * 50,
                revision / 40,
                word(agent),
                done + 1,
                completed,
                blockers,
                ballast);
    }

    /** Some 8 KB that stay as they are. */
    private static String ballast(int agent) {
        Random random = new Random(agent);
        return IntStream.range(0, 80)
                .mapToObj(line -> IntStream.range(0, 12)
                        .mapToObj(i -> word(random.nextInt(WORDS.size())) + random.nextInt(100))
                        .collect(Collectors.joining(" ", "\"", "\"")))
                .collect(Collectors.joining(",\n    "));
    }

    private static String word(int number) {
        return WORDS.get(number % WORDS.size());
    }

    private static StatusDocument parsed(String text) {
        return switch (StatusParser.parse(text.getBytes(StandardCharsets.UTF_8))) {
            case ParseResult.Parsed parsed -> parsed.document();
            case ParseResult.Rejected rejected -> throw new IllegalStateException(rejected.toString());
        };
    }

    private static void measure(SqlStore store, int runs) {
        AgentId agent = new AgentId("Agent-7");
        Window week = new Window(END.minus(Duration.ofDays(7)), END.plusSeconds(1));
        ReportRequest request =
                new ReportRequest(SwarmName.DEFAULT, null, week, week.from(), FreshnessPolicy.DEFAULT, Map.of());
        time("get --at", runs, () -> store.past().at(agent, END.minus(Duration.ofDays(10))));
        time("list --at", runs, () -> store.past().at(END.minus(Duration.ofDays(10))));
        time("history", runs, () -> store.history(agent));
        time("report --since 7d", runs, () -> Reporting.of(store.past(), request));
    }

    /** Wall time, and in brackets the thread's own: on a machine that others use as well only that one can be compared. */
    private static void time(String what, int runs, Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<Double> millis = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            long began = System.nanoTime();
            long cpuBegan = threads.getCurrentThreadCpuTime();
            work.run();
            cpu.add((threads.getCurrentThreadCpuTime() - cpuBegan) / 1e6);
            millis.add((System.nanoTime() - began) / 1e6);
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%s: first %.1f ms (%.1f), then %.1f ms (%.1f)",
                what,
                millis.getFirst(),
                cpu.getFirst(),
                median(millis.subList(1, millis.size())),
                median(cpu.subList(1, cpu.size()))));
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void print(String what, double value, String unit) {
        System.out.println(
                String.format(Locale.ROOT, "%s: %.1f %s", what, value, unit).strip());
    }
}
