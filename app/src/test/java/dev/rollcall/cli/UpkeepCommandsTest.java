package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.document.AgentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backup}, {@code restore}, {@code prune} and {@code forget} as a user sees them. */
class UpkeepCommandsTest {
    private static final String SECRET = "hunter2-the-secret-that-got-into-a-status-file";

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        write("Agent-8", "{\"status\":\"IDLE\"}");
    }

    private void write(String agent, String document) {
        shell.write(agent, document);
        assertThat(shell.run("sync", "--all").exitCode()).isIn(0, 1);
    }

    private void live(int cycles) {
        for (int cycle = 1; cycle <= cycles; cycle++) {
            write("Agent-7", "{\"status\":\"ACTIVE\",\"cycle_count\":" + cycle + "}");
        }
    }

    private void leave() throws IOException {
        Files.delete(shell.file("Agent-7"));
        shell.run("sync", "--all");
    }

    private List<String> filesWithTheSecret() throws IOException {
        try (Stream<Path> files = Files.list(shell.database().getParent())) {
            return files.filter(Files::isRegularFile)
                    .filter(UpkeepCommandsTest::holdsTheSecret)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static boolean holdsTheSecret(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @Test
    void aSecretOfAForgottenAgentIsInNoFileOfTheDatabase() throws IOException {
        write("Agent-7", "{\"status\":\"ACTIVE\",\"current_mission\":\"" + SECRET + "\"}");
        write("Agent-7", "{\"status\":\"ACTIVE\",\"password\":\"" + SECRET + "\", oops");
        write("Agent-7", "{\"status\":\"ACTIVE\",\"current_tasks\":[\"" + SECRET.repeat(400) + "\"]}");
        live(30);
        leave();
        assertThat(filesWithTheSecret()).isNotEmpty();

        Result result = shell.run("forget", "Agent-7", "--yes");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("Agent-7 is erased: 32 versions, ");
        assertThat(filesWithTheSecret()).isEmpty();
        assertThat(shell.run("get", "Agent-7").exitCode()).isEqualTo(1);
        assertThat(shell.run("events").out()).doesNotContain("Agent-7");
        assertThat(shell.run("verify", "--all", "--deep").exitCode()).isZero();
    }

    @Test
    void aSecretIsGoneWhileAnotherCommandHasTheDatabaseOpen() throws IOException {
        write("Agent-7", "{\"status\":\"ACTIVE\",\"current_mission\":\"" + SECRET + "\"}");
        leave();
        try (dev.rollcall.app.Rollcall other = dev.rollcall.app.Rollcall.open(shell.root)) {
            assertThat(other.roll().find(new AgentId("Agent-7"))).isPresent();

            assertThat(shell.run("forget", "Agent-7", "--yes").exitCode()).isZero();

            assertThat(filesWithTheSecret()).isEmpty();
            assertThat(other.roll().find(new AgentId("Agent-7"))).isEmpty();
        }
    }

    @Test
    void anAgentWhoseFileIsThereIsForgottenOnlyAnyway() {
        live(1);

        Result refused = shell.run("forget", "Agent-7", "--yes");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("the next sync would bring it back");
        assertThat(shell.run("get", "Agent-7").exitCode()).isZero();

        assertThat(shell.run("forget", "Agent-7", "--yes", "--anyway").exitCode())
                .isZero();
        assertThat(shell.run("get", "Agent-7").exitCode()).isEqualTo(1);
        assertThat(shell.run("sync", "--all").exitCode()).isZero();
        assertThat(shell.run("history", "Agent-7", "--json").out()).containsOnlyOnce("\"revision\":");
    }

    @Test
    void nothingIsForgottenUnconfirmedOrInADryRun() throws IOException {
        live(2);
        leave();

        assertThat(shell.run("forget", "Agent-7").exitCode()).isEqualTo(2);
        Result dry = shell.run("forget", "Agent-7", "--dry-run", "--json");

        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out())
                .isEqualTo("{\"schema\":1,\"agent_id\":\"Agent-7\",\"erased\":false,\"rows\":1,\"revisions\":2,"
                        + "\"passages\":0,\"rejected\":0,\"readings\":1,\"events\":3,\"gaps\":1,\"remains\":null,"
                        + "\"copies\":[]}\n");
        assertThat(shell.run("history", "Agent-7").exitCode()).isZero();
    }

    @Test
    void anAgentNobodyKnowsCanNotBeForgotten() {
        Result result = shell.run("forget", "Agent-9", "--yes");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Agent-8");
    }

    @Test
    void copiesThatHoldAForgottenAgentAreNamed() throws IOException {
        live(1);
        leave();
        shell.run("backup");

        assertThat(shell.run("forget", "Agent-7", "--yes").out())
                .contains("copies of the database from before hold it still:")
                .contains("roll.db.backup-");
    }

    @Test
    void aBackupIsRestoredAndTheFilesBringItUpToDate() {
        live(2);
        Path copy = folder.resolve("copy.db");
        Result backup = shell.run("backup", copy.toString(), "--json");
        assertThat(backup.exitCode()).as(backup.err()).isZero();
        assertThat(backup.out()).startsWith("{\"schema\":1,\"file\":\"" + copy + "\",\"bytes\":");
        live(3);

        Result restored = shell.run("restore", copy.toString());

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out())
                .contains("next: rollcall sync --all --root " + shell.root + ", rollcall verify --all --root "
                        + shell.root);
        assertThat(shell.run("verify", "--all").exitCode()).isEqualTo(1);
        assertThat(shell.run("sync", "--all").exitCode()).isZero();
        assertThat(shell.run("verify", "--all", "--deep").exitCode()).isZero();
        assertThat(shell.run("backup", copy.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void aPrunedRollIsVerifiedClean() {
        live(40);

        Result dry = shell.run("prune", "--keep", "0s", "--dry-run");
        assertThat(dry.out()).startsWith("would delete: 3");
        Result pruned = shell.run("prune", "--keep", "0s", "--compact", "--json");

        assertThat(pruned.exitCode()).as(pruned.err()).isZero();
        assertThat(pruned.out()).contains("\"dry_run\":false,\"versions\":3").contains("\"compacted\":true");
        assertThat(shell.run("verify", "--all", "--deep").exitCode()).isZero();
        live(3);
        assertThat(shell.run("verify", "--all", "--deep").exitCode()).isZero();
        assertThat(shell.run("prune", "--keep", "1w").out()).startsWith("deleted: 0 versions");
    }

    @Test
    void whatWasPrunedIsToldAlsoWhereTheRoomCanNotBeGivenBack() throws SQLException {
        live(40);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + shell.database());
                Statement reader = other.createStatement()) {
            reader.execute("BEGIN");
            reader.executeQuery("SELECT count(*) FROM status_history").close();

            Result result = shell.run("prune", "--keep", "0s", "--compact");

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
            assertThat(result.out()).startsWith("deleted: 3");
            assertThat(result.err()).startsWith("error: ");
        }
    }

    @Test
    void wrongDurationsAndAgentsAreNamed() {
        assertThat(shell.run("prune", "--keep", "a while").exitCode()).isEqualTo(2);
        assertThat(shell.run("prune").exitCode()).isEqualTo(2);
        assertThat(shell.run("prune", "--keep", "1d", "--agent", "Agent-9").exitCode())
                .isEqualTo(1);
    }

    @Test
    void whereThereIsNoRollNothingIsPrunedAndNoneIsMade() {
        Path missing = folder.resolve("missing.db");

        Result result = shell.run("prune", "--keep", "1d", "--db", missing.toString());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("missing.db: there is no roll to prune");
        assertThat(missing).doesNotExist();
    }

    @Test
    void aCopyIsVerifiedClean() {
        write("Agent-8", "{\"status\":\"IDLE\",\"log\":\"Calibrated the lamp room twice\"}");
        Path copy = folder.resolve("copy.db");

        assertThat(copy(copy).exitCode()).isZero();

        assertThat(shell.run("verify", "--all", "--db", copy.toString()).out()).contains("1 synced");
    }

    private Result copy(Path to, String... more) {
        return shell.run(Stream.concat(
                        Stream.of("copy", "--from", shell.database().toString(), "--to", to.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void aSwarmOfNobodyIsNotCopied() {
        Path copy = folder.resolve("copy.db");

        Result result = copy(copy, "--swarm", "other");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("nobody is in the swarm other", "It has default;");
        assertThat(copy).doesNotExist();
    }

    @Test
    void aRollIsNotCopiedOntoItself() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), shell.database());

        Result result = copy(link);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--from and --to name the same database");
    }
}
