package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code events --follow} in a process of its own, while other processes record. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowEventsTest {
    private static final int CYCLES = Soak.times(60, 1000);

    /** Lines of more than 100 bytes each; a pipe takes 64 KB, and the reader 8 more. */
    private static final int MORE_THAN_A_PIPE_HOLDS = 1500;

    @TempDir
    private Path folder;

    private Swarm swarm;
    private Process follower;

    @BeforeEach
    void open() {
        swarm = new Swarm(folder);
    }

    @AfterEach
    void end() {
        if (follower != null) {
            follower.destroyForcibly();
        }
    }

    private BufferedReader follow(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("events", "--follow"));
        command.addAll(List.of(options));
        // A shell may have started the tests in the background, and then SIGINT is ignored from there on.
        follower = swarm.command(List.of("env", "--default-signal=INT"), command.toArray(String[]::new))
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        return follower.inputReader();
    }

    private void assertEndedQuietly() throws Exception {
        assertThat(follower.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(folder.resolve("stderr")).isEmptyFile();
        assertThat(follower.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void itTellsWhatAnotherProcessRecordsAndEndsWithZeroOnASignal(String signal) throws Exception {
        swarm.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        assertThat(swarm.runHere("sync", "--all").exitCode()).isZero();
        BufferedReader lines = follow();
        assertThat(lines.readLine()).contains("\"seq\":1,").contains("\"joined\"");

        assertThat(swarm.run("add-blocker", "no oil", "--agent", "Agent-7").exitCode())
                .isZero();

        assertThat(lines.readLine())
                .contains("\"seq\":2,")
                .contains("\"state_changed\"")
                .contains("\"blockers\":{\"before\":null,\"after\":[\"no oil\"]}");
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(follower.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(lines.readLine()).isNull();
        assertEndedQuietly();
        assertThat(swarm.runHere("verify", "--all", "--deep").exitCode()).isZero();
    }

    @Test
    void itWaitsForARollThatIsNotThereYet() throws Exception {
        BufferedReader lines = follow("--limit", "1");
        assertThat(Files.exists(swarm.database())).isFalse();
        swarm.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        assertThat(swarm.run("sync", "--all").exitCode()).isZero();

        assertThat(lines.readLine()).contains("\"seq\":1,");
        assertEndedQuietly();
    }

    @Test
    void itEndsQuietlyWithTheNextEventOnceNobodyReads() throws Exception {
        swarm.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        assertThat(swarm.runHere("sync", "--all").exitCode()).isZero();
        BufferedReader lines = follow();
        assertThat(lines.readLine()).contains("\"joined\"");
        lines.close();

        assertThat(swarm.runHere("start-cycle", "--agent", "Agent-7").exitCode())
                .isZero();

        assertEndedQuietly();
    }

    @Test
    void aReaderThatTakesNothingDoesNotKeepItFromEnding() throws Exception {
        for (int i = 0; i < MORE_THAN_A_PIPE_HOLDS; i++) {
            swarm.write("Agent-" + i, "{\"status\":\"ACTIVE\"}");
        }
        assertThat(swarm.runHere("sync", "--all").exitCode()).isZero();
        BufferedReader lines = follow();
        assertThat(lines.readLine()).contains("\"joined\"");

        follower.toHandle().destroy();

        assertThat(follower.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(folder.resolve("stderr")).isEmptyFile();
        assertThat(follower.exitValue()).as("that of SIGTERM").isEqualTo(128 + 15);
    }

    @Test
    void aReaderThatIsKilledAndGoesOnFromItsLastLineMissesNothing() throws Exception {
        long seed = Soak.seed();
        Random random = new Random(seed);
        swarm.write("Agent-7", "{\"status\":\"ACTIVE\",\"cycle_count\":0}");
        assertThat(swarm.runHere("sync", "--all").exitCode()).isZero();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                swarm.runHere("start-cycle", "--agent", "Agent-7");
            }
        });

        List<String> read = new ArrayList<>();
        while (read.size() < CYCLES + 1) {
            BufferedReader lines = follow("--after", Integer.toString(read.size()));
            int most = 1 + random.nextInt(Math.max(1, CYCLES / 2));
            for (int i = 0; i < most && read.size() < CYCLES + 1; i++) {
                read.add(lines.readLine());
            }
            follower.destroyForcibly().waitFor();
        }
        writer.join();

        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).as("seed %d, line %d", seed, i).contains("\"seq\":" + (i + 1) + ",");
        }
        assertThat(read.getLast())
                .contains("\"cycle_count\":{\"before\":" + (CYCLES - 1) + ",\"after\":" + CYCLES + "}");
        assertThat(swarm.runHere("events").out().lines()).containsExactlyElementsOf(read);
    }
}
