package dev.rollcall.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SourceName;
import dev.rollcall.roll.SwarmName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several sources that record changes of one swarm into one PostgreSQL database, at a given rate: how long a change takes
 * from being seen to being on the roll, and whether any is lost. Run by benchmarks/postgres.py.
 *
 * <p>Arguments: URL, agents, writers, changes per second, seconds.
 */
public final class SharedRollBench {
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());

    /** As a watch does it: what is due when a batch begins goes into one transaction, but no more than so much. */
    private static final int MOST = 256;

    /**
     * What each writer has recorded before it is measured, whatever the number of its agents: what differs then is that
     * number alone, and neither compiled code nor the length of history.
     */
    private static final int WARMED_UP = 25_000;

    private SharedRollBench() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        int agents = Integer.parseInt(arguments[1]);
        int writers = Integer.parseInt(arguments[2]);
        int rate = Integer.parseInt(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        List<Writer> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (int i = 0; i < writers; i++) {
                all.add(new Writer(url, i, agents / writers));
            }
            long begin = System.nanoTime();
            together(threads, all.stream().<Runnable>map(writer -> writer::join).toList());
            System.out.printf(Locale.ROOT, "%d agents recorded first in %.1f s%n", agents, seconds(begin));
            long start = System.nanoTime() + 200_000_000;
            double each = (double) rate / writers;
            together(
                    threads,
                    all.stream()
                            .<Runnable>map(writer -> () -> writer.run(start, each, seconds))
                            .toList());
        }
        long[] delays = all.stream()
                .flatMapToLong(writer -> Arrays.stream(writer.delays()))
                .sorted()
                .toArray();
        long changes = all.stream().mapToLong(writer -> writer.done).sum();
        double longest = all.stream().mapToDouble(writer -> writer.took).max().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%d agents, %d writers: %d changes in %.1f s (%.0f/s); ms to the roll p50 %.0f p99 %.0f max %.0f%n",
                agents,
                writers,
                changes,
                longest,
                changes / longest,
                delays[delays.length / 2] / 1e6,
                delays[(int) (delays.length * 0.99)] / 1e6,
                delays[delays.length - 1] / 1e6);
        System.out.println("ms p99 of each tenth: "
                + IntStream.range(0, 10)
                        .mapToObj(tenth -> Math.round(p99(all, tenth) / 1e6) + "")
                        .collect(Collectors.joining(" ")));
        long first = all.stream().mapToLong(writer -> writer.first).sum();
        System.out.printf("on the roll: %d versions, expected %d%n", versions(url), changes + first);
        all.forEach(Writer::close);
    }

    /** Of what was due in that tenth of the time. */
    private static double p99(List<Writer> all, int tenth) {
        long[] delays = all.stream()
                .flatMapToLong(writer -> {
                    long[] each = writer.delays();
                    return Arrays.stream(each, each.length * tenth / 10, each.length * (tenth + 1) / 10);
                })
                .sorted()
                .toArray();
        return delays[(int) (delays.length * 0.99)];
    }

    private static long versions(String url) {
        return Long.parseLong(PostgresForTests.query(url, "SELECT count(*) FROM status_history")
                .getFirst());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void together(ExecutorService threads, List<Runnable> work) {
        CompletableFuture.allOf(work.stream()
                        .map(one -> CompletableFuture.runAsync(one, threads))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static final class Writer {
        private final SqlStore store;
        private final int number;
        private final long[] readings;
        private final int[] cycles;
        private final Random random;
        private final List<Long> seen = new ArrayList<>();
        private long first;
        private long done;
        private double took;

        Writer(String url, int number, int agents) {
            this.store =
                    SqlStore.open(url, SwarmName.DEFAULT, new SourceName("bench-" + number), Duration.ofSeconds(60));
            this.number = number;
            this.readings = new long[agents];
            this.cycles = new int[agents];
            this.random = new Random(number);
        }

        void join() {
            do {
                for (int from = 0; from < readings.length; from += MOST) {
                    List<RollChange> batch = new ArrayList<>();
                    for (int i = from; i < Math.min(readings.length, from + MOST); i++) {
                        batch.add(change(i));
                    }
                    record(batch);
                    first += batch.size();
                }
            } while (first < WARMED_UP);
        }

        void run(long start, double rate, int seconds) {
            long total = (long) (rate * seconds);
            while (done < total) {
                long now = System.nanoTime();
                long due = Math.min(total, (long) ((now - start) / 1e9 * rate)) - done;
                if (due <= 0) {
                    LockSupport.parkNanos(1_000_000);
                    continue;
                }
                int size = (int) Math.min(MOST, due);
                List<RollChange> batch = new ArrayList<>(size);
                Set<Integer> chosen = new HashSet<>();
                while (batch.size() < size && chosen.size() < readings.length) {
                    int agent = random.nextInt(readings.length);
                    if (chosen.add(agent)) {
                        batch.add(change(agent));
                    }
                }
                record(batch);
                long end = System.nanoTime();
                for (int i = 0; i < batch.size(); i++) {
                    // Due when its turn in the stream came.
                    seen.add(end - (start + (long) ((done + i) / rate * 1e9)));
                }
                done += batch.size();
            }
            took = (System.nanoTime() - start) / 1e9;
        }

        private RollChange change(int agent) {
            String id = "Agent-" + number + "-" + agent;
            int cycle = ++cycles[agent];
            String text = "{\"agent_id\":\"" + id + "\",\"status\":\"ACTIVE\",\"cycle_count\":" + cycle
                    + ",\"points_earned\":" + 10 * cycle + ",\"current_mission\":\"Mission of " + id
                    + "\",\"current_tasks\":[\"task " + cycle / 4 + "\",\"review " + agent
                    + "\"],\"next_actions\":[\"go on\"],\"notes\":\"" + "words of no great weight ".repeat(20) + "\"}";
            StatusDocument document = ((ParseResult.Parsed) StatusParser.parse(text.getBytes(UTF_8))).document();
            Instant now = Instant.now();
            Sighting sighting = new Sighting(
                    new AgentId(id),
                    readings[agent],
                    Long.toString(cycle),
                    "",
                    "/swarm/" + id + "/status.json",
                    now,
                    now);
            readings[agent]++;
            return new RollChange.Accepted(
                    sighting,
                    document.content(),
                    StatusView.columns(document, sighting.agent(), RULES, now),
                    Passages.ofKnownMembers(document),
                    Origin.SYNC,
                    RollChange.Extent.CHANGES);
        }

        private void record(List<RollChange> batch) {
            for (RecordOutcome outcome : store.record(batch, Durability.AT_ONCE)) {
                if (!(outcome instanceof RecordOutcome.Recorded)) {
                    throw new IllegalStateException("not recorded: " + outcome);
                }
            }
        }

        long[] delays() {
            return seen.stream().mapToLong(Long::longValue).toArray();
        }

        void close() {
            store.close();
        }
    }
}
