package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands tell people beside their results. */
class NotesTest extends LookingBackSetup {
    @ParameterizedTest
    @ValueSource(strings = {"list", "get Agent-7", "top", "metrics", "list --json"})
    void aRootThatIsNotThereIsTold(String command) throws IOException {
        shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        shell.run("sync", "--all");
        assertThat(shell.run(command.split(" ")).err()).isEmpty();
        Files.move(shell.root, folder.resolve("elsewhere"));

        Result result = shell.run(command.split(" "));

        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .isEqualTo("warning: workspaces root " + shell.root
                        + " does not exist; shown is what was last recorded\n");
    }

    @Test
    void theFirstVerbOfAnAgentSaysThatItIsNewAndWhoMayHaveBeenMeant() {
        assertThat(startCycle("Agent-3").err()).isEqualTo("note: Agent-3 is new\n");
        assertThat(startCycle("Agent-3").err()).isEmpty();
        assertThat(startCycle("Agent-4").err()).isEqualTo("note: Agent-4 is new\n");
        assertThat(startCycle("agent-3").err()).isEqualTo("note: agent-3 is new; did you mean Agent-3?\n");
        assertThat(startCycle("Agnet-3").out()).contains("\"created\":true");
        assertThat(startCycle("Agnet-3").out()).contains("\"created\":false");
    }

    @Test
    void anAgentThatHadLeftIsNotNew() throws IOException {
        startCycle("Agent-3");
        Files.delete(shell.file("Agent-3"));
        shell.run("sync", "--all");

        Result back = startCycle("Agent-3");

        assertThat(back.err()).isEmpty();
        assertThat(back.out()).contains("\"created\":true");
    }

    private Result startCycle(String agent) {
        Result result = shell.run("start-cycle", "--agent", agent, "--json");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return result;
    }

    @Test
    void historyFitsATerminalAlsoWithCommits() {
        twoLives();

        assertThat(shell.run("history", "Agent-7").out())
                .contains("  git:0123abc  -\n")
                .doesNotContain("git:0123abc0")
                .satisfies(out -> assertThat(out.lines()).allMatch(line -> line.length() <= 80));
        assertThat(shell.run("history", "Agent-7", "--field", "status").exitCode())
                .isZero();
        assertThat(shell.run("history", "Agent-7", "--json").out()).contains("git:" + COMMIT);
    }

    @Test
    void withoutAnyCommandTheHelpIsPrinted() {
        Result nothing = shell.runBare();

        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.out()).isEqualTo(shell.runBare("--help").out());
        assertThat(shell.runBare("help")).isEqualTo(shell.runBare("--help"));
        assertThat(shell.runBare("help", "list")).isEqualTo(shell.runBare("list", "--help"));
        assertThat(shell.runBare("help", "lsit").exitCode()).isEqualTo(2);
        assertThat(shell.runBare("help", "lsit").err()).contains("lsit").contains("Did you mean list");
    }

    @Test
    void timesForPeopleHaveNoFractions() {
        twoLives();

        assertThat(shell.run("list", "--at", "1h ago").out()).doesNotContainPattern("\\d\\.\\d+Z");
        assertThat(shell.run("get", "Agent-7", "--at", "1h ago").out()).doesNotContainPattern("\\d\\.\\d+Z");
        assertThat(shell.run("get", "Agent-7", "--at", "9999d ago").err())
                .contains("was not known yet at ")
                .doesNotContainPattern("\\d\\.\\d+Z");
    }

    @Test
    void oneIsNotMany() {
        twoLives();

        assertThat(shell.run("forget", "Agent-8", "--dry-run").out()).contains("1 version, ");
        assertThat(shell.run("prune", "--keep", "1d", "--dry-run").out()).contains("1 version from before ");
        assertThat(new LineCounts(1, 1, 1, 1, 0).text()).isEqualTo("1 version, 1 agent, 1 rejected document, 1 gap");
        assertThat(new LineCounts(2, 0, 2, 1200, 0).text())
                .isEqualTo("2 versions, 0 agents, 2 rejected documents, 1,200 gaps");
    }

    @Test
    void whoLeftAndWhoIsStaleStandsApartUnderTheList() throws IOException {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\",\"last_updated\":\"2025-10-15T12:00:00Z\"}");
        shell.write("Agent-2", "{\"status\":\"IDLE\"}");
        shell.write("Agent-3", "{\"status\":\"IDLE\"}");
        shell.run("sync", "--all");
        Files.delete(shell.file("Agent-3"));
        shell.run("sync", "--all");

        assertThat(shell.run("list").out()).endsWith("\n2 agents: 1 ACTIVE, 1 IDLE; 1 left; 1 stale\n");
        assertThat(shell.run("list", "--freshness", "LEFT").out()).endsWith("\n0 agents; 1 left\n");
    }

    @Test
    void theDemoNamesItsLauncher() {
        assertThat(DemoCommand.launcher()).isEqualTo("rollcall");
        System.setProperty("rollcall.launcher", "/opt/roll/rollcall");
        try {
            assertThat(DemoCommand.launcher()).isEqualTo("/opt/roll/rollcall");
        } finally {
            System.clearProperty("rollcall.launcher");
        }
    }

    @Test
    void aBackupIntoNoFolderAndARestoreOfNoBackupSaySo() throws IOException {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.run("sync", "--all");
        Result backup = shell.run("backup", folder.resolve("none/roll.db").toString());
        assertThat(backup.exitCode()).isEqualTo(4);
        assertThat(backup.err()).contains("the folder " + folder.resolve("none") + " does not exist");

        Result restore = shell.run(
                "restore",
                Files.writeString(folder.resolve("notes"), "buy bread").toString());
        assertThat(restore.exitCode()).isEqualTo(4);
        assertThat(restore.err()).contains("notes is not a backup of a roll");
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete-task x --points abc", "history Agent-7 --limit abc", "lst", "list lst"})
    void wrongUsageIsToldWithoutNamesOfClasses(String command) {
        Result result = shell.run(command.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).doesNotContain("Exception", "BigDecimal", " int", "java", "dev.rollcall", "class");
        assertThat(result.err()).contains(command.contains("abc") ? "\"abc\" is no number" : "lst");
    }
}
