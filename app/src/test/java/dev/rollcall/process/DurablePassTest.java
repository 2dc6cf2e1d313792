package dev.rollcall.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pass over the whole swarm asks of the disk before it says that it is done. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurablePassTest {
    private static final Path STRACE = Path.of("/usr/bin/strace");

    @TempDir
    private Path folder;

    /** Another process keeps the database open, so that closing it does not sync what the pass forgot to. */
    @Test
    void aPassSyncsItsLastTransactionBeforeItSpeaks() throws Exception {
        assumeThat(STRACE).as("strace is not installed").exists();
        Swarm swarm = new Swarm(folder);
        swarm.write("Agent-0", "{\"status\": \"IDLE\"}");
        assertThat(swarm.runHere("sync", "--all").exitCode()).isZero();
        for (int i = 1; i <= 350; i++) {
            swarm.write("Agent-" + i, "{\"status\": \"ACTIVE\", \"cycle_count\": " + i + "}");
        }
        Path trace = folder.resolve("trace");
        List<String> strace = List.of(
                STRACE.toString(),
                "-f",
                "-y",
                "-s",
                "40",
                "-e",
                "trace=pwrite64,fsync,fdatasync,write",
                "-o",
                trace.toString());

        int commits;
        try (var reader = new OpenReader(swarm.database())) {
            Process pass = swarm.command(strace, "sync", "--all")
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(pass.getInputStream().readAllBytes(), UTF_8)).contains("350 recorded");
            assertThat(pass.waitFor()).isZero();
            commits = reader.rows();
        }

        List<String> calls = Files.readAllLines(trace);
        int written = last(calls, "pwrite64(", "roll.db-wal>");
        int synced = Math.max(last(calls, "fsync(", "roll.db-wal>"), last(calls, "fdatasync(", "roll.db-wal>"));
        int spoke = last(calls, "write(1", "351 agents");
        assertThat(commits).isEqualTo(351);
        assertThat(written).isPositive().isLessThan(synced);
        assertThat(synced).isLessThan(spoke);
    }

    private static int last(List<String> calls, String call, String of) {
        return IntStream.range(0, calls.size())
                .filter(i -> calls.get(i).contains(call) && calls.get(i).contains(of))
                .max()
                .orElse(-1);
    }

    /** A connection that stays open. */
    private static final class OpenReader implements AutoCloseable {
        private final Connection connection;

        OpenReader(Path database) throws SQLException {
            connection = DriverManager.getConnection("jdbc:sqlite:" + database);
            rows();
        }

        int rows() throws SQLException {
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery("SELECT count(*) FROM agent_workspaces")) {
                return result.getInt(1);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
