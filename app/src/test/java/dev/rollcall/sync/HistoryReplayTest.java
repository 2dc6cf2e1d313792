package dev.rollcall.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.git.CommittedRepository;
import dev.rollcall.git.CommittedRepository.Change;
import dev.rollcall.git.GitHistory;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Gap.Kind;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollArchive.Outcome;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.StoredDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At every commit's time the roll tells what the commits of the line had left by then, byte for byte. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HistoryReplayTest {
    private static final String REAL = "ROLLCALL_REAL_STATUS";
    private static final Instant START = Instant.parse("2025-11-01T00:00:00Z");
    private static final String ROOT = "agent_workspaces";
    private static final int AGENTS = 4;
    private static final int COMMITS = 150;

    @TempDir
    private Path folder;

    private CommittedRepository repository;
    private final List<Made> made = new ArrayList<>();

    /** A commit with all files of the root, by agent. */
    private record Made(int number, Instant at, List<Integer> parents, Map<String, byte[]> tree) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aRandomHistoryIsTold(long seed) {
        repository = new CommittedRepository(folder.resolve("ship"));
        Random random = new Random(seed);
        while (made.size() < COMMITS) {
            commit(random);
        }
        repository.done();
        if (seed % 2 == 0) {
            repository.git("symbolic-ref", "HEAD", "refs/heads/number-" + (COMMITS - random.nextInt(COMMITS / 3)));
        }

        assertReplay("seed " + seed);
    }

    private void commit(Random random) {
        List<Integer> parents = new ArrayList<>();
        if (!made.isEmpty() && random.nextInt(40) != 0) {
            parents.add(recent(random));
            int other = recent(random);
            if (random.nextInt(6) == 0 && !parents.contains(other)) {
                parents.add(other);
            }
        }
        Instant at = START.plusSeconds(
                made.size() / 3 * 60L + random.nextInt(3) * 30L - (random.nextInt(15) == 0 ? 9000 : 0));
        if (random.nextInt(30) == 0) {
            at = Instant.parse("2090-01-01T00:00:00Z");
        }
        Map<String, byte[]> tree = parents.isEmpty()
                ? new TreeMap<>()
                : new TreeMap<>(made.get(parents.getFirst() - 1).tree());
        Change change = Change.write("log.txt", "commit " + made.size());
        for (int i = random.nextInt(3); i >= 0; i--) {
            String agent = "Agent-" + random.nextInt(AGENTS);
            if (random.nextInt(6) == 0) {
                if (tree.remove(agent) != null) {
                    change.andDelete(ROOT + "/" + agent + "/status.json");
                }
            } else {
                tree.put(agent, content(random));
            }
        }
        tree.forEach((agent, bytes) -> change.and(ROOT + "/" + agent + "/status.json", bytes));
        add(at, change, parents, tree);
    }

    private int recent(Random random) {
        return Math.max(1, made.size() - random.nextInt(5));
    }

    private static byte[] content(Random random) {
        String text = switch (random.nextInt(8)) {
            case 0 -> "{\"status\": ";
            case 1 -> "<<<<<<< HEAD\n{}\n=======\n{\"a\": 1}\n>>>>>>> other\n";
            default -> "{\"status\": \"ACTIVE\", \"cycle_count\": " + random.nextInt(5) + "}";
        };
        return text.getBytes(UTF_8);
    }

    private void add(Instant at, Change change, List<Integer> parents, Map<String, byte[]> tree) {
        int number = repository.commit(
                at, change, parents.stream().mapToInt(Integer::intValue).toArray());
        made.add(new Made(number, at, parents, tree));
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = REAL,
            matches = ".+",
            disabledReason = "the folder of real status files is not on this machine")
    void aRealSwarmsHistoryIsTold() throws IOException {
        Path history = Path.of(System.getenv(REAL)).resolve("history");
        repository = new CommittedRepository(folder.resolve("ship"));
        List<String> lines = Files.readAllLines(history.resolve("index.tsv"));
        List<String> header = List.of(lines.getFirst().split("\t", -1));
        Map<String, byte[]> tree = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            String path = cells[header.indexOf("path")];
            if (!path.startsWith(ROOT + "/") || path.split("/", -1).length != 3) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(history.resolve(cells[header.indexOf("file")]));
            tree.put(path.split("/", -1)[1], bytes);
            List<Integer> parents = made.isEmpty() ? List.of() : List.of(made.size());
            add(START.plusSeconds(60L * made.size()), Change.write(path, bytes), parents, new TreeMap<>(tree));
        }
        assertThat(made).hasSizeGreaterThan(100);
        repository.done();

        assertReplay("the real history");
    }

    private void assertReplay(String which) {
        try (Workshop workshop = new Workshop(folder)) {
            for (int time = 0; time < 2; time++) {
                ImportReport report = run(workshop);
                assertThat(report.versions().count(Outcome.RECORDED) > 0)
                        .as(which)
                        .isEqualTo(time == 0);
                Replay replay = new Replay();
                for (Instant at : replay.times()) {
                    replay.until(at);
                    replay.agents.forEach((agent, expected) -> assertThat(
                                    told(workshop.store().past(), agent, at))
                            .as("%s, %s at %s", which, agent, at)
                            .isEqualTo(expected.told()));
                }
            }
        }
    }

    private ImportReport run(Workshop workshop) {
        try (GitHistory history = new GitHistory(repository.folder, 1 << 22)) {
            return new HistoryImport(history, () -> workshop.store().archive(), Workshop.RULES, workshop.clock())
                    .run(ROOT, Progress.NONE);
        }
    }

    private static String told(RollPast past, String id, Instant at) {
        AgentId agent = new AgentId(id);
        Revision version = past.at(agent, at).orElse(null);
        if (version == null) {
            return "nothing";
        }
        String bytes = past.document(agent, version.revision()) instanceof StoredDocument.Intact intact
                ? new String(intact.bytes(), UTF_8)
                : "damaged";
        return bytes
                + past.gaps(agent).stream()
                        .filter(gap -> gap.covers(at))
                        .map(Gap::kind)
                        .toList();
    }

    /** The commits once more, by the words of the documentation and with whole trees. */
    private final class Replay {
        private final TreeMap<Instant, List<Made>> byTime = new TreeMap<>();
        private final Map<String, Expected> agents = new TreeMap<>();
        private final Set<Integer> line = new HashSet<>();

        Replay() {
            Map<Integer, Instant> times = new HashMap<>();
            Instant now = Instant.parse("2026-01-01T00:00:00Z");
            Instant earliest =
                    made.stream().map(Made::at).min(Instant::compareTo).orElseThrow();
            List<String> order = repository.git("rev-list", "--topo-order", "--reverse", "--all");
            Map<String, Made> byId = new HashMap<>();
            made.forEach(commit -> byId.put(repository.id(commit.number()), commit));
            for (String id : order) {
                Made commit = byId.get(id);
                Instant at = commit.at();
                Instant parents = commit.parents().stream()
                        .map(times::get)
                        .max(Instant::compareTo)
                        .orElse(null);
                if (parents != null && at.isBefore(parents) || at.isAfter(now)) {
                    at = parents == null ? earliest : parents;
                }
                times.put(commit.number(), at);
                byTime.computeIfAbsent(at, moment -> new ArrayList<>()).add(commit);
            }
            follow(byId);
        }

        private void follow(Map<String, Made> byId) {
            String head = repository.git("for-each-ref", "--format=%(HEAD) %(objectname)").stream()
                    .filter(branch -> branch.startsWith("* "))
                    .findFirst()
                    .orElse("");
            Made tip = head.isEmpty() ? byTime.lastEntry().getValue().getLast() : byId.get(head.substring(2));
            for (Made next = tip; line.add(next.number()) && !next.parents().isEmpty(); ) {
                next = made.get(next.parents().getFirst() - 1);
            }
        }

        SortedSet<Instant> times() {
            return new TreeSet<>(byTime.keySet());
        }

        void until(Instant at) {
            for (Made commit : byTime.get(at)) {
                if (!line.contains(commit.number())) {
                    continue;
                }
                Map<String, byte[]> before = commit.parents().isEmpty()
                        ? Map.of()
                        : made.get(commit.parents().getFirst() - 1).tree();
                TreeSet<String> touched = new TreeSet<>(before.keySet());
                touched.addAll(commit.tree().keySet());
                for (String agent : touched) {
                    byte[] now = commit.tree().get(agent);
                    if (!Arrays.equals(before.get(agent), now)) {
                        agents.computeIfAbsent(agent, id -> new Expected()).happen(now);
                    }
                }
            }
        }
    }

    private static final class Expected {
        private byte[] lastGood;
        private Kind gap;

        void happen(byte[] now) {
            if (now != null && StatusParser.parse(now) instanceof ParseResult.Parsed) {
                lastGood = now;
                gap = null;
            } else {
                gap = now == null ? Kind.LEFT : Kind.REJECTED;
            }
        }

        String told() {
            return lastGood == null
                    ? "nothing"
                    : new String(lastGood, UTF_8) + (gap == null ? List.of() : List.of(gap));
        }
    }
}
