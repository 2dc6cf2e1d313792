package dev.rollcall.app;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.files.LeaderLock;
import dev.rollcall.sync.FileChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a watch comes to its lead, and how it loses it. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchLeadTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Path HANDLES = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void layOut() {
        shell = new Shell(folder);
        shell.write("Agent-7", document(1));
        shell.run("sync", "--all");
    }

    @Test
    void aWatchThatCanNotTakeTheLeadKeepsNoConnectionOpen() throws Exception {
        assumeThat(HANDLES).as("where the system tells of handles").isDirectory();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + shell.database());
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            try (WatchBench watch = new WatchBench(shell.root)) {
                eventually(SOON, () -> assertThat(watch.said).anyMatch(line -> line.contains("locked")));
                int before = watch.ticks.get();

                // Two seconds go by between one attempt and the next.
                eventually(SOON, () -> assertThat(watch.ticks).hasValueGreaterThan(before + 8));

                assertThat(handlesOn("")).as("of the lock, and of an attempt").isLessThanOrEqualTo(2);
                lock.execute("ROLLBACK");
                eventually(SOON, () -> assertThat(watch.said).anyMatch(line -> line.startsWith("watching 1 agent")));
            }
        }
    }

    @Test
    void aDatabaseThatIsRestoredFromAnOlderCopyIsLedAnew() throws Exception {
        assumeThat(HANDLES).as("where the system tells of handles").isDirectory();
        Path copy = folder.resolve("copy.db");
        try (WatchBench first = new WatchBench(shell.root)) {
            eventually(SOON, () -> assertThat(fence()).isEqualTo(1));
            assertThat(first.said).noneMatch(line -> line.startsWith("warning"));
        }
        Files.copy(shell.database(), copy);
        try (WatchBench second = new WatchBench(shell.root)) {
            eventually(SOON, () -> assertThat(fence()).isEqualTo(2));

            Files.move(copy, shell.database(), StandardCopyOption.REPLACE_EXISTING);
            for (String side : new String[] {"-wal", "-shm"}) {
                Files.deleteIfExists(shell.database().resolveSibling("roll.db" + side));
            }
            shell.write("Agent-7", document(2));

            // Nobody else opens the restored one before the watch has let go of the other.
            eventually(SOON, () -> assertThat(handlesOn(" (deleted)")).isZero());
            eventually(SOON, () -> assertThat(cycle()).isEqualTo(2));
            assertThat(fence()).as("one more than the copy had").isEqualTo(2);
            assertThat(second.said).noneMatch(line -> line.contains("does not lead any more"));
        }
    }

    @Test
    void aCopyIntoADatabaseThatIsWatchedIsWarnedOf() throws Exception {
        Path source = folder.resolve("source.db");
        assertThat(shell.run("backup", source.toString()).exitCode()).isZero();
        String[] copy = {
            "copy", "--from", source.toString(), "--to", shell.database().toString()
        };
        assertThat(shell.run(copy).err()).isEmpty();
        try (WatchBench watch = new WatchBench(shell.root)) {
            eventually(SOON, () -> assertThat(watch.said).anyMatch(line -> line.startsWith("watching")));

            assertThat(shell.run(copy).err()).startsWith("warning: a watch over " + shell.database() + " is running");
        }
    }

    @Test
    void nothingIsRestoredWhileAWatchRuns() throws Exception {
        Path copy = folder.resolve("copy.db");
        assertThat(shell.run("backup", copy.toString()).exitCode()).isZero();
        try (WatchBench watch = new WatchBench(shell.root)) {
            eventually(SOON, () -> assertThat(watch.said).anyMatch(line -> line.startsWith("watching")));

            Shell.Result refused = shell.run("restore", copy.toString());

            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err()).contains("a watch over it is running");
        }
        assertThat(shell.run("restore", copy.toString()).exitCode()).isZero();
    }

    @Test
    void aWatchGoesOnWhileHistoryIsThinnedOutAndAnAgentIsForgotten() throws Exception {
        shell.write("Agent-8", document(1));
        try (WatchBench watch = new WatchBench(shell.root)) {
            eventually(SOON, () -> assertThat(watch.said).anyMatch(line -> line.startsWith("watching")));
            for (int cycle = 2; cycle < 40; cycle++) {
                int wanted = cycle;
                shell.write("Agent-7", document(cycle));
                eventually(SOON, () -> assertThat(cycle()).isEqualTo(wanted));
            }
            Files.delete(shell.file("Agent-8"));
            eventually(SOON, () -> assertThat(shell.run("list").out()).contains("LEFT"));

            assertThat(shell.run("prune", "--keep", "0s", "--compact").out()).startsWith("deleted: 37 versions");
            assertThat(shell.run("forget", "Agent-8", "--yes").exitCode()).isZero();

            shell.write("Agent-7", document(50));
            eventually(SOON, () -> assertThat(cycle()).isEqualTo(50));
            assertThat(shell.run("get", "Agent-8").exitCode()).isEqualTo(1);
            assertThat(shell.run("verify", "--all", "--deep").exitCode()).isZero();
        }
    }

    @Test
    void aBugOutsideOfAnyAgentsTurnEndsTheWatchAndGivesTheLeadBack() {
        WatchBench watch = new WatchBench(shell.root, anyFolder -> new BrokenChanges());

        assertThatThrownBy(watch::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no luck");

        WatchPlaces places = watch.rollcall.watchPlaces();
        assertThat(places.socket()).doesNotExist();
        LeaderLock.tryTake(places.lock()).orElseThrow().close();
        watch.rollcall.close();
    }

    /** Changes that a bug keeps from being told. */
    private static final class BrokenChanges implements FileChanges {
        @Override
        public void watch(Collection<AgentId> agents) {}

        @Override
        public Hints next(Duration patience) {
            throw new IllegalStateException("no luck");
        }

        @Override
        public Coverage coverage() {
            return new Coverage(0, 0, 0, null);
        }

        @Override
        public void close() {}
    }

    /** Open handles of the database's file, or of the one that was under its name before. */
    private long handlesOn(String suffix) throws IOException {
        String file = shell.database().getParent().toRealPath().resolve("roll.db") + suffix;
        try (Stream<Path> handles = Files.list(HANDLES)) {
            return handles.filter(handle -> target(handle).equals(file)).count();
        }
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private long fence() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + shell.database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(fence), 0) FROM watch_leases")) {
            return row.getLong(1);
        }
    }

    private int cycle() {
        String json = shell.run("get", "Agent-7", "--json").out();
        return Integer.parseInt(json.replaceAll("(?s).*?\"cycle_count\":(\\d+).*", "$1"));
    }

    private static String document(int cycle) {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + "}";
    }
}
