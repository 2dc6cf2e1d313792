package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What commands say is to be done next, and that it is true where it is said. */
class NextStepsTest extends LookingBackSetup {
    private static final String MISSION = "Chart every buoy of the northern reef before the winter storms move them";

    @Test
    void aCopyOfWhatIsNoDatabaseNamesTheOptionsOfCopy() throws IOException {
        Path page = Files.writeString(folder.resolve("report.html"), "<!doctype html>\n".repeat(100));

        Result from = shell.run("copy", "--from", page.toString(), "--to", "new.db");

        assertThat(from.exitCode()).isEqualTo(3);
        assertThat(from.err()).contains("hint: Check --from").doesNotContain("--db");
        twoLives();
        Result to = shell.run("copy", "--from", shell.database().toString(), "--to", page.toString());
        assertThat(to.exitCode()).isEqualTo(3);
        assertThat(to.err()).contains("hint: Check --to").doesNotContain("--db");
    }

    @Test
    void diffNamesItsOptionsAsTheyAreTyped() {
        twoLives();

        assertThat(shell.run("diff", "Agent-8").err()).contains("no version before revision 4", "compare with: --from");
        assertThat(shell.run("diff", "Agent-7", "--from", "whenever").err())
                .contains("--from: \"whenever\" is no time");
        assertThat(shell.run("diff", "Agent-7", "--to", "whenever").err()).contains("--to: \"whenever\" is no time");
    }

    @Test
    void whatComesAfterAnImportNamesTheDatabaseThatWasNamed() {
        twoLives();
        Path export = folder.resolve("all.jsonl");
        assertThat(shell.run("export", "--output", export.toString()).exitCode())
                .isZero();

        Result imported = shell.run(
                "import",
                "jsonl",
                export.toString(),
                "--db",
                folder.resolve("a b.db").toString());

        assertThat(imported.exitCode()).as(imported.toString()).isZero();
        assertThat(imported.out())
                .endsWith("next: rollcall sync --all --root " + shell.root + " --db '" + folder.resolve("a b.db")
                        + "'\n");
    }

    @Test
    void aSecretInTheUrlOfADatabaseIsNotSaidAgain() {
        RollcallCommand root = new RollcallCommand(Terminal.ofProcess());
        root.database = "jdbc:postgresql://db.example.org/roll?user=roll&password=hunter2";

        assertThat(root.again("sync --all"))
                .startsWith("rollcall sync --all --db ")
                .doesNotContain("hunter2");
    }

    @Test
    void aCycleAfterACompleteMissionSaysWhatHappenedAndThatNothingIsToBeDone() {
        shell.write("Agent-7", "{\"status\":\"COMPLETE\",\"fsm_state\":\"complete\"}");

        assertThat(shell.run("start-cycle", "--agent", "Agent-7").err())
                .isEqualTo("note: fsm_state went from complete to active, where end is usual; it is written all the"
                        + " same, and nothing needs to be done unless it was a slip\n");
    }

    @Test
    void aTaskThatIsNotAmongTheCurrentOnesIsTold() {
        shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"current_tasks\":[\"Trim the wick\"]}");

        Result result = shell.run("complete-task", "nope", "--agent", "Agent-7");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEqualTo("note: \"nope\" was not among current_tasks; it counts as completed\n");
        assertThat(shell.read("Agent-7")).contains("\"completed_tasks\":[\"nope\"]");
        assertThat(shell.run("complete-task", "Trim the wick", "--agent", "Agent-7")
                        .err())
                .isEmpty();
    }

    @Test
    void anAgentThatCouldNeverBeReadHasNoLastGoodVersion() {
        shell.write("Agent-7", "{\"status\":");
        shell.run("sync", "--all");

        assertThat(shell.run("list").out())
                .endsWith("\n! 1 whose file was never acceptable, so nothing is shown: rollcall doctor\n");
        assertThat(shell.run("get", "Agent-7").out())
                .contains("there never was")
                .doesNotContain("last good");

        shell.write("Agent-8", "{\"status\":\"IDLE\"}");
        shell.run("sync", "--all");
        shell.write("Agent-8", "{\"status\":");
        shell.run("sync", "--all");
        assertThat(shell.run("list").out())
                .contains("\n! 1 with a rejected file, shown as last good: rollcall doctor\n")
                .contains("\n! 1 whose file was never acceptable");
    }

    @Test
    void anEmptyRootIsSaidByListAndBySyncWithWhereFilesAreExpected() {
        String words = "No agent is in " + shell.root + ": each has a folder there with its status.json";

        Result list = shell.run("list");
        Result sync = shell.run("sync", "--all");

        assertThat(list.exitCode()).isZero();
        assertThat(list.out().replaceAll("\\s+", " "))
                .contains(words, "rollcall demo")
                .doesNotContain("sync");
        assertThat(sync.exitCode()).isZero();
        assertThat(sync.out().replaceAll("\\s+", " ")).startsWith("0 agents: ").contains(words, "rollcall demo");
        shell.write("Agent-7", "{\"status\":\"IDLE\"}");
        assertThat(shell.run("list").out()).isEqualTo("Nobody is on the roll yet. Next: rollcall sync --all\n");
    }

    @Test
    void aRootThatIsNotThereIsToBeMadeOrNamed() throws IOException {
        Files.delete(shell.root);

        assertThat(shell.run("list").out().replaceAll("\\s+", " "))
                .startsWith("No agent is in " + shell.root
                        + ": there is no such folder. Next: make it, or name with --root")
                .doesNotContain("start-cycle", "sync");
    }

    @Test
    void whatIsPipedIsNotCut() {
        shell.write(
                "Agent-7",
                "{\"status\":\"BLOCKED\",\"current_mission\":\"" + MISSION + "\",\"blockers\":[\"" + MISSION + "\"]}");
        shell.run("sync", "--all");

        assertThat(shell.run("get", "Agent-7").out())
                .contains("  mission     " + MISSION + "\n", "  blocked by  " + MISSION + "\n");
        assertThat(shell.runAtTerminal("get", "Agent-7").out())
                .contains("\u2026\n")
                .doesNotContain(MISSION);
    }

    @Test
    void exitCodesAreExplainedAsTheyAre() {
        assertThat(shell.runBare("--help").out().replaceAll("\\s+", " ")).contains("4 workspace or file unreadable");
        Result restored = shell.run("restore", folder.resolve("missing.db").toString());
        assertThat(restored.exitCode()).isEqualTo(4);
        Result written = shell.run(
                "report", "--output", folder.resolve("none/report.txt").toString());
        assertThat(written.exitCode()).isEqualTo(4);
    }
}
