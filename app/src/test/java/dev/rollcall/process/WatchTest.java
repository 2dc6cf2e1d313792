package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code rollcall watch} as a process among others. */
@Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final boolean SOAK = Boolean.getBoolean(Soak.PROPERTY);

    @TempDir
    private Path folder;

    private Swarm swarm;
    private final long seed = new Random().nextLong();
    private final List<Process> watches = new ArrayList<>();

    @BeforeEach
    void layOut() {
        swarm = new Swarm(folder);
        for (int i = 0; i < 8; i++) {
            swarm.write("Agent-" + i, document(i, 0, 300));
        }
    }

    @AfterEach
    void end() {
        watches.forEach(Process::destroyForcibly);
    }

    @Test
    void writersOfEveryMannerAreFollowedAndASignalEndsTheWatchWell() throws Exception {
        Process watch = watch();
        eventually(SOON, () -> assertThat(last("Agent-7")).isEqualTo(0));
        Random random = new Random(seed);
        int versions = SOAK ? 2_000 : 60;
        for (int version = 1; version <= versions; version++) {
            int agent = random.nextInt(8);
            int size = 300 + random.nextInt(3) * 5_000;
            manner(agent).write(swarm.file("Agent-" + agent), document(agent, version, size));
        }
        for (int agent = 0; agent < 8; agent++) {
            String name = "Agent-" + agent;
            manner(agent).write(swarm.file(name), document(agent, versions + 1, 300));
            eventually(SOON, () -> assertThat(last(name)).as("seed " + seed).isEqualTo(versions + 1));
        }

        watch.destroy();

        assertThat(watch.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isZero();
        swarm.assertRollIsTrue("seed " + seed);
        swarm.assertHistoryHasNoRepeats("seed " + seed);
        for (int agent = 0; agent < 8; agent++) {
            if (manner(agent).isWhole()) {
                int id = agent;
                assertThat(swarm.history("Agent-" + agent))
                        .as("seed " + seed)
                        .allSatisfy(text -> assertThat(text).isEqualTo(document(id, cycle(text), text.length())));
            }
        }
    }

    @Test
    void aSecondWatchStandsByAndTakesOverWhenTheFirstIsKilled() throws Exception {
        Process first = watch();
        eventually(SOON, () -> assertThat(last("Agent-7")).isEqualTo(0));
        Path said = folder.resolve("second.txt");
        Process second =
                swarm.command(List.of(), "watch").redirectError(said.toFile()).start();
        watches.add(second);
        eventually(SOON, () -> assertThat(said).content().contains("standing by", "pid " + first.pid()));

        first.destroyForcibly().waitFor();
        Manner.REPLACE.write(swarm.file("Agent-3"), document(3, 5, 300));

        eventually(Duration.ofSeconds(5), () -> assertThat(last("Agent-3")).isEqualTo(5));
        assertThat(swarm.run("doctor").out()).contains("pid " + second.pid());
    }

    @Test
    void aBurstWhileTheWatchWasStoppedIsOnTheRollSoonAfterItWakes() throws Exception {
        Process watch = watch();
        eventually(SOON, () -> assertThat(last("Agent-7")).isEqualTo(0));
        signal(watch, "STOP");
        int writes = SOAK ? 20_000 : 3_000;
        Random random = new Random(seed);
        for (int version = 1; version <= writes; version++) {
            int agent = random.nextInt(8);
            Manner.REPLACE.write(swarm.file("Agent-" + agent), document(agent, version, 300));
        }

        signal(watch, "CONT");

        eventually(
                Duration.ofSeconds(5),
                () -> assertThat(swarm.runHere("verify", "--all").exitCode())
                        .as("seed " + seed)
                        .isZero());
    }

    @Test
    void killedAtAnyMomentNothingIsLostAndNothingIsTwice() throws Exception {
        Random random = new Random(seed);
        int kills = SOAK ? 500 : 5;
        for (int kill = 0; kill < kills; kill++) {
            Process watch = watch();
            for (int i = 0; i < 40; i++) {
                int agent = random.nextInt(8);
                Manner.REPLACE.write(swarm.file("Agent-" + agent), document(agent, kill * 40 + i + 1, 300));
            }
            watch.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
            watch.destroyForcibly().waitFor();
        }

        Shell.Result sync = swarm.run("sync", "--all");

        assertThat(sync.exitCode()).as("seed %d: %s", seed, sync).isZero();
        swarm.assertRollIsTrue("seed " + seed);
        swarm.assertHistoryHasNoRepeats("seed " + seed);
    }

    @Test
    void doctorTellsWhatTheWatchKnowsWhenTheDatabaseIsLocked() throws Exception {
        watch();
        eventually(SOON, () -> assertThat(last("Agent-7")).isEqualTo(0));
        eventually(SOON, () -> assertThat(swarm.runHere("doctor").out()).contains("watch", "8 folders watched"));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + swarm.database());
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            Manner.REPLACE.write(swarm.file("Agent-2"), document(2, 9, 300));

            eventually(
                    Duration.ofSeconds(5),
                    () -> assertThat(swarm.runHere("doctor").out().replaceAll("\\s+", " "))
                            .contains("the watch says", "locked"));
            lock.execute("ROLLBACK");
        }
        eventually(Duration.ofSeconds(5), () -> assertThat(last("Agent-2")).isEqualTo(9));
        eventually(
                Duration.ofSeconds(5),
                () -> assertThat(swarm.runHere("doctor").out()).doesNotContain("the watch says"));
    }

    @Test
    void aWatchReadsByTheRulesOfNowWhatEarlierOnesRecorded() throws Exception {
        swarm.write("Agent-0", "{\"status\": \"ON WATCH\"}");
        Process first = watch();
        eventually(SOON, () -> assertThat(swarm.runHere("get", "Agent-0").out()).contains("UNKNOWN"));
        first.destroy();
        assertThat(first.waitFor()).isZero();
        Files.writeString(folder.resolve("rollcall.toml"), "[states]\n\"ON WATCH\" = \"BLOCKED\"\n");

        watch();

        eventually(SOON, () -> assertThat(swarm.runHere("get", "Agent-0").out()).contains("BLOCKED"));
    }

    @Test
    void doctorDoesNotWaitForAWatchThatHangs() throws Exception {
        Process watch = watch();
        eventually(SOON, () -> assertThat(swarm.runHere("doctor").out()).contains("folders watched"));
        signal(watch, "STOP");

        Shell.Result doctor = swarm.runHere("doctor");

        assertThat(doctor.out().replaceAll("\\s+", " ")).contains("the watch says: it does not answer");
        signal(watch, "CONT");
    }

    private static Manner manner(int agent) {
        return List.of(Manner.TRUNCATE, Manner.APPEND, Manner.REPLACE, Manner.IN_PLACE)
                .get(agent % 4);
    }

    private Process watch() throws IOException {
        Process watch = swarm.start("watch");
        watches.add(watch);
        return watch;
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The number stands first and the letters depend on it: a mixture of two versions is neither. */
    private static String document(int agent, int version, int size) {
        String start = "{\"cycle_count\": " + version + ", \"agent_name\": \"" + agent + "\", \"current_phase\": \"";
        String end = "\"}\n";
        return start + Character.toString('a' + version % 26).repeat(size - start.length() - end.length()) + end;
    }

    private static int cycle(String document) {
        return Integer.parseInt(document.substring(document.indexOf(' ') + 1, document.indexOf(',')));
    }

    /** The cycle of the agent's row; -1 without one. */
    private int last(String agent) {
        if (!Files.exists(swarm.database())) {
            return -1;
        }
        try (var store = swarm.store()) {
            return store.find(new dev.rollcall.document.AgentId(agent))
                    .flatMap(entry -> entry.columns().cycleCount())
                    .map(Long::intValue)
                    .orElse(-1);
        }
    }
}
