package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code forget} asks a person on a real pseudo terminal before it erases. */
class ForgetTerminalTest {
    private static final String QUESTION = "Type the agent's id to erase it: ";

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void anAgentThatLeft() throws Exception {
        assumeThat(Path.of("/usr/bin/script")).as("script of util-linux").exists();
        shell = new Shell(folder);
        shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        shell.write("Agent-8", "{\"status\":\"IDLE\"}");
        shell.run("sync", "--all");
        Files.delete(shell.file("Agent-7"));
        shell.run("sync", "--all");
    }

    @Test
    void whoTypesTheIdHasTheAgentErased() throws Exception {
        try (PseudoTerminal terminal = forget()) {
            terminal.awaitShown("Agent-7 would be erased: 1 version, ");
            terminal.awaitShown(QUESTION);
            assertThat(isKnown()).isTrue();
            terminal.type("Agent-7\n");

            assertThat(terminal.end()).contains("Agent-7 is erased: 1 version, ");
            assertThat(terminal.exitCode()).isZero();
        }
        assertThat(isKnown()).isFalse();
    }

    @Test
    void anythingElseErasesNothing() throws Exception {
        for (String typed : new String[] {"yes\n", "\n", "agent-7\n", "\u0004"}) {
            try (PseudoTerminal terminal = forget()) {
                terminal.awaitShown(QUESTION);
                terminal.type(typed);

                assertThat(terminal.end()).as(typed).contains("that is not Agent-7; nothing was erased");
                assertThat(terminal.exitCode()).as(typed).isPositive();
            }
            assertThat(isKnown()).as(typed).isTrue();
        }
    }

    private PseudoTerminal forget() throws Exception {
        return new PseudoTerminal(folder, "--root", shell.root.toString(), "forget", "Agent-7");
    }

    private boolean isKnown() {
        return shell.run("history", "Agent-7").exitCode() == 0;
    }
}
