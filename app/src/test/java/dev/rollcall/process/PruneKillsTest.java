package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.files.ChildJvm;
import dev.rollcall.report.RecordedLives;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.store.SqlStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code prune} dies by SIGKILL at any moment: what it keeps is there, what is gone is marked, and it can go on. */
@Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PruneKillsTest {
    /** How often a kill must come before the end. */
    private static final int KILLS = Soak.times(4, 200);

    private static final List<String> AGENTS = List.of("Agent-1", "Agent-2", "Agent-3", "Agent-4");
    private static final int DAYS = 3;
    private static final int VERSIONS_OF_A_DAY = 200;
    private static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");

    @TempDir
    private Path folder;

    private final long seed = Soak.seed();
    private final Random random = new Random(seed);
    private final Map<String, TreeMap<Long, String>> recorded = new HashMap<>();
    private final Map<String, Set<Long>> kept = new HashMap<>();
    private Swarm swarm;

    /** Nanoseconds from a pruner's first word within which it is killed. */
    private long longest;

    @Test
    void noVersionThatStaysIsLostAndAnotherPruneEndsTheWork() throws Exception {
        swarm = new Swarm(folder);
        live();
        Path before = Files.copy(swarm.database(), folder.resolve("before.db"));
        longest = timeOfAPrune();
        int kills = 0;

        for (int round = 1; kills < KILLS; round++) {
            String context = "seed " + seed + ", round " + round;
            assertThat(round).as(context).isLessThan(10 * KILLS);
            restore(before);
            pruneAndKill(round % 4 == 0 ? "--compact" : "");
            kills += isTrue(context) ? 0 : 1;

            assertThat(swarm.runHere("prune", "--keep", "0s").exitCode())
                    .as(context)
                    .isZero();
            assertThat(isTrue(context)).as(context).isTrue();
        }
    }

    /** Versions of several days, the last of which are what the files say. */
    private void live() throws IOException {
        Files.createDirectories(swarm.database().getParent());
        try (RecordedLives lives = new RecordedLives(swarm.database())) {
            for (String agent : AGENTS) {
                recorded.put(agent, new TreeMap<>());
                kept.put(agent, new TreeSet<>());
                for (int day = 0; day < DAYS; day++) {
                    for (int version = 0; version < VERSIONS_OF_A_DAY; version++) {
                        Instant at = NOON.plus(Duration.ofDays(day)).plusSeconds(version);
                        String text = document(agent, day, version);
                        long revision = lives.version(agent, at, text);
                        recorded.get(agent).put(revision, text);
                        if ((day == 0 && version == 0) || version == VERSIONS_OF_A_DAY - 1) {
                            kept.get(agent).add(revision);
                        }
                    }
                }
                swarm.write(agent, recorded.get(agent).lastEntry().getValue());
            }
        }
        assertThat(swarm.runHere("sync", "--all").exitCode()).isZero();
        swarm.assertRollIsTrue("before");
    }

    private static String document(String agent, int day, int version) {
        return "{\"agent_id\": \"%s\", \"status\": \"ACTIVE\", \"cycle_count\": %d, \"current_tasks\": [\"%s\"]}\n"
                .formatted(agent, day * VERSIONS_OF_A_DAY + version, "trim the wick, ".repeat(version % 40));
    }

    private void restore(Path before) throws IOException {
        for (String side : List.of("-wal", "-shm")) {
            Files.deleteIfExists(Path.of(swarm.database() + side));
        }
        Files.copy(before, swarm.database(), StandardCopyOption.REPLACE_EXISTING);
    }

    private long timeOfAPrune() throws IOException, InterruptedException {
        Process pruner = pruner("");
        long began = System.nanoTime();
        assertThat(pruner.waitFor()).isZero();
        return System.nanoTime() - began;
    }

    private void pruneAndKill(String option) throws IOException, InterruptedException {
        Process pruner = pruner(option);
        long began = System.nanoTime();
        if (pruner.waitFor(random.nextLong(longest), TimeUnit.NANOSECONDS)) {
            longest = Math.min(longest, System.nanoTime() - began);
            assertThat(pruner.exitValue()).isZero();
        } else {
            pruner.destroyForcibly();
        }
        pruner.waitFor();
    }

    /** A process that is about to prune. */
    private Process pruner(String option) throws IOException {
        Process pruner = ChildJvm.start(Pruner.class, folder.toString(), option);
        assertThat(pruner.inputReader().readLine()).isEqualTo("ready");
        return pruner;
    }

    /**
     * Whatever is there comes back as it was recorded, what stays is there, what is gone is marked, and nothing drifts.
     *
     * @return whether all is gone that is to go
     */
    private boolean isTrue(String context) {
        boolean isDone = true;
        try (SqlStore store = swarm.store()) {
            for (String name : AGENTS) {
                AgentId agent = new AgentId(name);
                Map<Long, String> found = new TreeMap<>();
                for (HistoryRow row : store.storedHistory(agent)) {
                    found.put(row.revision(), text(store.document(agent, row.revision())));
                }
                TreeMap<Long, String> gone = new TreeMap<>(recorded.get(name));
                gone.keySet().removeAll(found.keySet());
                assertThat(recorded.get(name)).as(context).containsAllEntriesOf(found);
                assertThat(found).as(context).containsKeys(kept.get(name).toArray(Long[]::new));
                assertThat(marked(store, agent)).as(context).isEqualTo(gone.size());
                isDone &= found.size() == kept.get(name).size();
            }
        }
        swarm.assertRollIsTrue(context);
        Shell.Result verified = swarm.runHere("verify", "--all", "--deep");
        assertThat(verified.exitCode()).as(context + ": " + verified).isZero();
        return isDone;
    }

    private static String text(StoredDocument document) {
        return switch (document) {
            case StoredDocument.Intact(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case StoredDocument.Damaged(String reason) -> "damaged: " + reason;
        };
    }

    private static long marked(SqlStore store, AgentId agent) {
        List<Gap> gaps = new ArrayList<>(store.past().gaps(agent));
        gaps.removeIf(gap -> gap.kind() != Gap.Kind.PRUNED);
        return gaps.stream().mapToLong(gap -> Long.parseLong(gap.detail())).sum();
    }

    /** Prunes once, and fails where the command does. */
    static final class Pruner {
        private Pruner() {}

        public static void main(String[] arguments) {
            Shell shell = new Shell(Path.of(arguments[0]));
            List<String> command = new ArrayList<>(List.of("prune", "--keep", "0s"));
            if (!arguments[1].isEmpty()) {
                command.add(arguments[1]);
            }
            // What takes long in a young process is done before anybody waits.
            shell.run("prune", "--keep", "9999d");
            System.out.println("ready");
            System.out.flush();
            Shell.Result result = shell.run(command.toArray(String[]::new));
            if (result.exitCode() != 0) {
                throw new AssertionError(result.toString());
            }
        }
    }
}
