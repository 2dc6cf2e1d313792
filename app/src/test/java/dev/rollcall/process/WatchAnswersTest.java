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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} and {@code metrics} learn from a running watch. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("clock")
class WatchAnswersTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Swarm swarm;
    private Process watch;

    @BeforeEach
    void start() throws Exception {
        swarm = new Swarm(folder);
        swarm.write("Agent-1", document(1));
        swarm.write("Agent-2", document(1));
        watch = swarm.start("watch");
        eventually(SOON, () -> assertThat(swarm.runHere("doctor").out()).contains("2 folders watched"));
        eventually(
                SOON,
                () -> assertThat(swarm.runHere("verify", "--all").exitCode()).isZero());
    }

    @AfterEach
    void end() {
        watch.destroyForcibly();
    }

    @Test
    void aWatchThatIsWellIsAMemberAndNoLine() {
        Shell.Result all = swarm.runHere("verify", "--all", "--json");

        assertThat(all.out())
                .contains("\"watch\":{\"running\":true,\"leading\":true,\"pid\":" + watch.pid() + ",\"trouble\":[],");
        assertThat(swarm.runHere("verify", "--agent", "Agent-1", "--json").out())
                .contains("\"watch\":{\"running\":true");
        assertThat(swarm.runHere("verify", "--all").out()).doesNotContain("watch");
    }

    @Test
    void verifyTellsWhatKeepsTheWatchFromRecordingAndKeepsItsOwnExitCode() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + swarm.database());
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            Manner.REPLACE.write(swarm.file("Agent-2"), document(4));

            eventually(SOON, () -> {
                Shell.Result one = swarm.runHere("verify", "--agent", "Agent-1");
                assertThat(one.exitCode()).isZero();
                assertThat(one.out().replaceAll("\\s+", " "))
                        .contains("SYNCED (0 seconds lag, 0 cycles) watch: can not record since 20")
                        .contains("locked");
            });
            eventually(
                    SOON,
                    () -> assertThat(swarm.runHere("verify", "--all").out())
                            .contains("\nwatch: 1 agents wait to be recorded, the first for "));
            assertThat(swarm.runHere("verify", "--all", "--json").out())
                    .contains("\"trouble\":[{\"kind\":\"database\",\"message\":\"")
                    .doesNotContain("\"oldest_unrecorded_seconds\":null");
            assertThat(swarm.runHere("metrics").out())
                    .contains("rollcall_watch_trouble{kind=\"database\",swarm=\"default\"} 1.0\n")
                    .contains("rollcall_watch_backlog_agents{swarm=\"default\"} 1.0\n")
                    .contains("rollcall_lag_max_cycles{swarm=\"default\"} 3.0\n");
            assertThat(swarm.runHere("list", "--json").out()).contains("\"code\":\"lagging\"");
            lock.execute("ROLLBACK");
        }
        eventually(
                SOON,
                () -> assertThat(swarm.runHere("verify", "--all", "--json").out())
                        .contains("\"trouble\":[],")
                        .contains("\"oldest_unrecorded_seconds\":null"));
        assertThat(swarm.runHere("list", "--json").out()).doesNotContain("lagging");
    }

    @Test
    void aDatabaseThatCanNotBeReadIsExplainedByTheWatch() throws Exception {
        Files.move(swarm.database(), folder.resolve("kept.db"));
        for (String more : new String[] {"-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(swarm.database() + more));
        }
        Files.writeString(swarm.database(), "this is no database, however long it is\n".repeat(200));

        eventually(SOON, () -> {
            Shell.Result verify = swarm.runHere("verify", "--all");
            assertThat(verify.exitCode()).isEqualTo(3);
            assertThat(verify.err()).startsWith("error: ").contains("The watch says: can not record since 20");
        });
        assertThat(swarm.runHere("verify", "--agent", "Agent-1", "--json").out())
                .startsWith("{\"schema\":1,\"error\":{\"code\":\"database_unavailable\"")
                .contains("The watch says: ");
        Shell.Result metrics = swarm.runHere("metrics");
        assertThat(metrics.exitCode()).isEqualTo(3);
        assertThat(metrics.out())
                .contains("rollcall_database_up{swarm=\"default\"} 0.0\n")
                .contains("rollcall_watch_up{swarm=\"default\"} 1.0\n");
    }

    @Test
    void metricsTellWhatTheWatchHasMeasured() throws Exception {
        // Its second scan is one of a watch that has started: the first is while it still loads what it needs.
        eventually(
                SOON,
                () -> assertThat(swarm.runHere("metrics").out())
                        .containsPattern("rollcall_watch_scan_seconds_count\\{swarm=\"default\"} [2-9]"));
        Manner.REPLACE.write(swarm.file("Agent-2"), document(2));

        eventually(
                SOON,
                () -> assertThat(swarm.runHere("metrics").out())
                        .contains("# TYPE rollcall_watch_write_to_roll_seconds summary\n")
                        .containsPattern(
                                "rollcall_watch_write_to_roll_seconds\\{swarm=\"default\",quantile=\"0.5\"} 0\\.0")
                        .containsPattern(
                                "rollcall_watch_write_to_roll_seconds\\{swarm=\"default\",quantile=\"0.99\"} 0\\.0")
                        .containsPattern("rollcall_watch_write_to_roll_seconds_count\\{swarm=\"default\"} [1-9]")
                        .containsPattern("rollcall_watch_write_to_roll_seconds_sum\\{swarm=\"default\"} 0\\.0")
                        .containsPattern("rollcall_watch_scan_seconds_count\\{swarm=\"default\"} [1-9]")
                        .containsPattern("rollcall_watch_last_look_age_seconds\\{swarm=\"default\"} [0-9]")
                        .contains("rollcall_watch_backlog_agents{swarm=\"default\"} 0.0\n")
                        .contains("rollcall_watch_lost_events_total{swarm=\"default\"} 0.0\n")
                        .contains("rollcall_watch_leading{swarm=\"default\"} 1.0\n")
                        .contains("rollcall_watch_trouble{kind=\"files\",swarm=\"default\"} 0.0\n"));
    }

    @Test
    void aWatchThatIsGoneOrHangsIsNotWaitedForLong() throws Exception {
        signal("STOP");
        long began = System.nanoTime();
        Shell.Result hanging = swarm.runHere("verify", "--all");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        assertThat(hanging.exitCode()).isZero();
        assertThat(hanging.out()).contains("\nwatch: it does not answer: it hangs, or was stopped\n");
        assertThat(swarm.runHere("metrics").out())
                .contains("rollcall_watch_trouble{kind=\"silent\",swarm=\"default\"} 1.0\n")
                .contains("rollcall_watch_leading{swarm=\"default\"} 0.0\n");
        signal("CONT");

        watch.destroyForcibly().waitFor();

        Shell.Result gone = swarm.runHere("verify", "--all", "--json");
        assertThat(gone.exitCode()).isZero();
        assertThat(gone.out()).contains("\"watch\":{\"running\":false,\"leading\":false,\"pid\":null,\"trouble\":[],");
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(watch.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String document(int cycle) {
        return "{\"status\":\"ACTIVE\",\"cycle_count\":" + cycle + "}";
    }
}
