package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code top} on a real pseudo terminal. */
class TopTerminalTest {
    private static final String ALTERNATE_SCREEN = "\u001b[?1049h";
    private static final String NORMAL_SCREEN = "\u001b[?1049l";
    private static final String NO_CURSOR = "\u001b[?25l";
    private static final String CURSOR = "\u001b[?25h";

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void aSwarmOfThirty() {
        assumeThat(Path.of("/usr/bin/script")).as("script of util-linux").exists();
        shell = new Shell(folder);
        for (int number = 10; number < 40; number++) {
            shell.write("Agent-" + number, "{\"status\":\"ACTIVE\",\"current_mission\":\"\\u001b]0;owned\\u0007\"}");
        }
        shell.run("sync", "--all");
    }

    @Test
    void itDrawsScrollsResizesAndGivesTheTerminalBackWhenToldToQuit() throws Exception {
        try (PseudoTerminal terminal = top()) {
            terminal.awaitShown(ALTERNATE_SCREEN);
            terminal.awaitShown(NO_CURSOR);
            terminal.awaitShown("30 agents: 30 ACTIVE");
            terminal.awaitShown("\\u001b]0;owned\\u0007");
            terminal.awaitShown("1-8 of 30");
            terminal.type("\u001b[6~");
            terminal.awaitShown("9-16 of 30");
            terminal.type("\u001b[B\u001bOB\u001b[A");
            terminal.awaitShown("10-17 of 30");
            terminal.resize(24, 60);
            terminal.awaitShown("10-29 of 30");
            terminal.type("\u001b[F");
            terminal.awaitShown("11-30 of 30");
            terminal.type("\u001b[H");
            terminal.awaitShown("1-20 of 30");
            terminal.type("q");

            assertGivenBack(terminal, 0);
        }
    }

    @Test
    void itShowsWhatTheDatabaseSaysASecondLater() throws Exception {
        try (PseudoTerminal terminal = top()) {
            terminal.awaitShown("30 agents: 30 ACTIVE");
            shell.write("Agent-39", "{\"status\":\"BLOCKED\"}");
            shell.run("sync", "--all");
            terminal.awaitShown("30 agents: 29 ACTIVE, 1 BLOCKED");
            terminal.awaitShown("Agent-39");
            terminal.type("\u0003");

            assertGivenBack(terminal, 0);
        }
    }

    @Test
    void theTerminalIsGivenBackWhenTheProcessIsToldToEnd() throws Exception {
        try (PseudoTerminal terminal = top()) {
            terminal.awaitShown("1-8 of 30");
            assertThat(terminal.program().destroy()).isTrue();

            assertGivenBack(terminal, 128 + 15);
        }
    }

    private PseudoTerminal top() throws Exception {
        return new PseudoTerminal(folder, "--root", shell.root.toString(), "top");
    }

    private static void assertGivenBack(PseudoTerminal terminal, int exitCode) throws Exception {
        String last = terminal.end();
        assertThat(last).contains(NORMAL_SCREEN, CURSOR).doesNotContain("Exception", "error:");
        assertThat(last.substring(last.indexOf(NORMAL_SCREEN))).doesNotContain(ALTERNATE_SCREEN, NO_CURSOR, "Agent-");
        assertThat(terminal.exitCode()).isEqualTo(exitCode);
        assertThat(terminal.read("after").replaceFirst("rows \\d+; columns \\d+", ""))
                .isEqualTo(terminal.read("before").replaceFirst("rows \\d+; columns \\d+", ""));
    }
}
