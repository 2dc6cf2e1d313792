package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see: safe, narrow, helpful; and how they configure it. */
class OutputTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void agentTextCanNotControlTheTerminal() {
        String attack = "\\u001b]0;owned\\u0007\\u001b[2J\\u202eevil\\u200b\\n\\rline";
        shell.write(
                "Agent-7",
                "{\"status\":\"" + attack + "\",\"current_mission\":\"" + attack + "\",\"blockers\":[\"" + attack
                        + "\"],\"" + attack + "\":1,\"" + attack + "\":2,\"last_updated\":\"" + attack + "\"}");
        shell.write("Agent-8", "{\"a\":1,}\u001b[2J");
        shell.run("sync", "--all");

        for (String command : List.of(
                "sync --all",
                "sync --all --json",
                "list",
                "list --json",
                "get Agent-7",
                "get Agent-7 --json",
                "history Agent-7",
                "history Agent-7 --json",
                "events",
                "events --json",
                "verify --all -v",
                "verify --all --json",
                "doctor -v",
                "doctor --json")) {
            Result result = shell.run(command.split(" "));
            String printed = (result.out() + result.err()).replace("\n", "");
            assertThat(printed.codePoints().filter(OutputTest::isUnsafe).boxed().toList())
                    .as(command)
                    .isEmpty();
        }
    }

    @Test
    void noLineOfTextOutputIsWiderThanATerminal() {
        shell.write(
                "Agent-with-a-rather-long-name-for-a-folder",
                "{\"status\":\"" + "LONG ".repeat(60) + "\",\"current_mission\":\"" + "\ud83d\ude80 ".repeat(80)
                        + "\"}");
        shell.run("sync", "--all");

        for (String command : List.of("list", "get Agent-with-a-rather-long-name-for-a-folder", "verify --all -v")) {
            assertThat(shell.runAtTerminal(command.split(" "))
                            .out()
                            .replaceAll("\u001b\\[\\d*m", "")
                            .lines())
                    .as(command)
                    .allSatisfy(line -> assertThat(TerminalText.width(line)).isLessThanOrEqualTo(80));
        }
    }

    @Test
    void aWordThatIsLongerThanALineIsBrokenAndNotCut() {
        String path = "/" + "deep/".repeat(40) + "\ud83d\ude80".repeat(50) + "/status.json";
        String wrapped = TerminalText.wrapped("can not look at " + path + ": no such file", 4);

        assertThat(wrapped.lines()).allSatisfy(line -> {
            assertThat(TerminalText.width(line)).isLessThanOrEqualTo(80);
            assertThat(line).startsWith("    ");
        });
        assertThat(wrapped.replace("\n    ", "")).contains(path).endsWith("no such file");
    }

    @Test
    void aFindingIsToldInFull() {
        shell.write("Agent-7", "{\"agent_id\":\"" + "on the way ".repeat(12) + "\",\"status\":\"ACTIVE\"}");
        shell.run("sync", "--all");

        String out = shell.run("get", "Agent-7").out();

        assertThat(out.lines())
                .allSatisfy(line -> assertThat(TerminalText.width(line)).isLessThanOrEqualTo(80));
        assertThat(out.replaceAll("\\s+", " ")).contains("\" in the folder of Agent-7 finding");
    }

    @Test
    void everyCommandHasHelpThatFitsOneScreenAndShowsAnExample() {
        for (String command : Commands.visible()) {
            Result help = shell.runBare(command, "--help");
            assertThat(help.exitCode()).as(command).isZero();
            assertThat(help.out()).as(command).contains("Example: rollcall " + command);
            assertThat(help.out().lines()).as(command).hasSizeLessThanOrEqualTo(24);
            assertThat(help.out().lines()).as(command).allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void allConfigurationProblemsAreReportedTogether() throws IOException {
        Files.writeString(folder.resolve("rollcall.toml"), """
                swarn = "night"
                time_zone = "Atlantis"
                [freshness]
                live_for = "soon"
                [states]
                "AT SEA" = "ACTIV"
                """);

        Result result = shell.run("list");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("unknown key swarn")
                .contains("Did you mean swarm?")
                .contains("Atlantis")
                .contains("\"soon\" is no duration")
                .contains("Did you mean ACTIVE?");
    }

    @Test
    void usersMapTheirOwnStatuses() throws IOException {
        shell.write("Agent-7", "{\"status\":\"AT SEA\"}");
        shell.run("sync", "--all");
        Files.writeString(folder.resolve("rollcall.toml"), "[states]\n\"at sea\" = \"waiting\"\n");

        shell.run("sync", "--all");

        assertThat(shell.run("get", "Agent-7", "--json").out()).contains("\"state\":\"WAITING\"");
        assertThat(shell.run("verify", "--all").exitCode()).isZero();
    }

    private static boolean isUnsafe(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }
}
