package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.files.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program with a database it can not have: the exit code, what it says, and what is left of its work. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseTroubleTest {
    private static final int DATABASE_UNAVAILABLE = 3;
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    @TempDir
    private Path folder;

    private Swarm swarm;

    @BeforeEach
    void syncOne() {
        swarm = new Swarm(folder);
        swarm.write("Agent-1", "{\"agent_id\": \"Agent-1\", \"status\": \"IDLE\", \"cycle_count\": 1}");
        assertThat(swarm.runHere("sync", "--all").exitCode()).isZero();
    }

    @Test
    void aLockThatIsGivenBackInTimeIsWaitedFor() throws Exception {
        swarm.write("Agent-1", "{\"agent_id\": \"Agent-1\", \"status\": \"ACTIVE\", \"cycle_count\": 2}");
        Process holder = lockFor(Duration.ofMillis(1500));

        Shell.Result sync = swarm.run("sync", "--all");
        Shell.Result verb = swarm.run("start-cycle", "--agent", "Agent-1", "--json");

        assertThat(sync.exitCode()).as(sync.toString()).isZero();
        assertThat(verb.out()).contains("\"synced\":true").contains("\"cycle_count\":3");
        assertThat(holder.waitFor()).isZero();
        assertThat(swarm.history("Agent-1")).hasSize(3);
    }

    @Test
    @EnabledIfSystemProperty(named = Soak.PROPERTY, matches = "true", disabledReason = "waits 10 s: ./check --soak")
    void aLockThatIsKeptEndsASyncAfterTenSeconds() throws Exception {
        swarm.write("Agent-1", "{\"agent_id\": \"Agent-1\", \"status\": \"ACTIVE\", \"cycle_count\": 2}");
        Process holder = lockFor(Duration.ofSeconds(30));

        long began = System.nanoTime();
        Shell.Result sync = swarm.run("sync", "--all");
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        holder.destroyForcibly().waitFor();

        assertThat(sync.exitCode()).as(sync.toString()).isEqualTo(DATABASE_UNAVAILABLE);
        assertThat(sync.err()).contains("error: ").contains("locked").contains("hint: ");
        assertThat(took).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(13));
    }

    @Test
    @EnabledIfSystemProperty(named = Soak.PROPERTY, matches = "true", disabledReason = "waits 5 s: ./check --soak")
    void aLockThatIsKeptLetsAVerbWriteAndSaySoAfterFiveSeconds() throws Exception {
        Process holder = lockFor(Duration.ofSeconds(30));

        long began = System.nanoTime();
        Shell.Result verb = swarm.run("start-cycle", "--agent", "Agent-1", "--json");
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        holder.destroyForcibly().waitFor();

        assertWrittenButNotSynced(verb);
        assertThat(took).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
        assertOnePassMends();
    }

    @Test
    void whereTheDatabaseCanNotBeWrittenSyncSaysSoAndVerbsWriteTheFile() throws Exception {
        assumeThat(SETPRIV).as("setpriv, without which root writes to anything").isExecutable();
        Path state = swarm.database().getParent();
        List<String> humbly =
                List.of(SETPRIV.toString(), "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", "--");
        assumeThat(swarm.run(ChildJvm.command(humbly, Touch.class, folder.toString()))
                        .exitCode())
                .as("setpriv may give up capabilities")
                .isZero();
        swarm.write("Agent-1", "{\"agent_id\": \"Agent-1\", \"status\": \"ACTIVE\", \"cycle_count\": 2}");
        Files.setPosixFilePermissions(swarm.database(), PosixFilePermissions.fromString("r--r--r--"));

        assertRefusedForLackOfWriting(swarm.run(swarm.command(humbly, "sync", "--all")));
        assertWrittenButNotSynced(swarm.run(swarm.command(humbly, "start-cycle", "--agent", "Agent-1", "--json")));
        Shell.Result list = swarm.run(swarm.command(humbly, "list"));
        assertThat(list.exitCode()).as(list.toString()).isZero();

        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertRefusedForLackOfWriting(swarm.run(swarm.command(humbly, "sync", "--all")));

        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(swarm.database(), PosixFilePermissions.fromString("rw-------"));
        assertOnePassMends();
    }

    @Test
    void aFullDiskEndsASyncAndLetsAVerbWriteAndOnePassMendsBoth() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(system("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()))
                .as("may mount a small disk")
                .isZero();
        try {
            String database = disk.resolve("roll.db").toString();
            assertThat(swarm.run("sync", "--all", "--db", database).exitCode()).isZero();
            Path filling = Files.write(disk.resolve("filling"), new byte[0]);
            fill(filling);
            for (int agent = 2; agent < 60; agent++) {
                swarm.write("Agent-" + agent, "{\"status\": \"IDLE\", \"agent_id\": \"Agent-" + agent + "\"}");
            }

            Shell.Result sync = swarm.run("sync", "--all", "--db", database);
            Shell.Result verb = swarm.run("start-cycle", "--agent", "Agent-1", "--json", "--db", database);
            assertThat(sync.exitCode()).as(sync.toString()).isEqualTo(DATABASE_UNAVAILABLE);
            assertThat(sync.err()).contains("error: ").contains("full").contains("hint: ");
            assertWrittenButNotSynced(verb);

            Files.delete(filling);
            assertThat(swarm.run("sync", "--all", "--db", database).exitCode()).isZero();
            assertThat(swarm.run("verify", "--all", "--deep", "--db", database).exitCode())
                    .isZero();
        } finally {
            assertThat(system("umount", disk.toString())).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync --all", "list", "get Agent-1", "verify --all", "history Agent-1"})
    void aNewerSchemaIsRefusedWithAHint(String command) throws Exception {
        run(swarm.database(), "PRAGMA user_version = 99");

        Shell.Result result = swarm.run(command.split(" "));

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(DATABASE_UNAVAILABLE);
        assertThat(result.err()).contains("error: ").contains("schema 99").contains("hint: ");
    }

    @Test
    void aNewerSchemaStillLetsAVerbWrite() throws Exception {
        run(swarm.database(), "PRAGMA user_version = 99");

        assertWrittenButNotSynced(swarm.run("start-cycle", "--agent", "Agent-1", "--json"));
    }

    private void assertWrittenButNotSynced(Shell.Result verb) {
        assertThat(verb.exitCode()).as(verb.toString()).isZero();
        assertThat(verb.out()).contains("\"written\":true").contains("\"synced\":false");
        assertThat(verb.err()).contains("warning: ");
        assertThat(swarm.read("Agent-1")).contains("\"ACTIVE\"");
    }

    private static void assertRefusedForLackOfWriting(Shell.Result sync) {
        assertThat(sync.exitCode()).as(sync.toString()).isEqualTo(DATABASE_UNAVAILABLE);
        assertThat(sync.err()).contains("error: ").contains("hint: ");
    }

    private void assertOnePassMends() throws Exception {
        assertThat(swarm.run("sync", "--all").exitCode()).isZero();
        swarm.assertRollIsTrue("after the trouble");
        swarm.assertFilesAreWhole("after the trouble");
    }

    private Process lockFor(Duration time) throws IOException {
        Process holder = ChildJvm.start(LockHolder.class, swarm.database().toString(), "" + time.toMillis());
        assertThat(holder.inputReader().readLine()).isEqualTo("locked");
        return holder;
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try {
            while (true) {
                Files.write(file, block, java.nio.file.StandardOpenOption.APPEND);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int system(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void run(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Succeeds where a file without write permission can not be written. */
    static final class Touch {
        private Touch() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Files.createTempFile(Path.of(arguments[0]), "read-only", "");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
            System.exit(Files.isWritable(file) ? 1 : 0);
        }
    }

    /** Holds the database's write lock for some milliseconds. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] arguments) throws SQLException, InterruptedException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                    Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                System.out.println("locked");
                Thread.sleep(Long.parseLong(arguments[1]));
                statement.execute("COMMIT");
            }
        }
    }
}
