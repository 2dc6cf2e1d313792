package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code top} prints where there is no terminal to take over. */
class TopCommandTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void whoNeedsAttentionStandsFirst() {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\",\"cycle_count\":41,\"current_mission\":\"Chart the reef\"}");
        shell.write("Agent-2", "{\"status\":\"BLOCKED\"}");
        shell.write("Agent-3", "{\"status\":\"ACTIVE\",}");
        shell.run("sync", "--all");

        Result once = shell.run("top", "--once");

        assertThat(once.exitCode()).isZero();
        List<String> lines = once.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("3 agents: 1 ACTIVE, 1 BLOCKED, 1 UNKNOWN");
        assertThat(lines.get(1)).startsWith("1 rejected, 1 blocked or in error, 0 stale; looked at 20");
        assertThat(lines.get(2))
                .isEqualTo(shell.run("list").out().lines().findFirst().orElseThrow());
        assertThat(lines.subList(3, lines.size()))
                .extracting(line -> line.split(" ")[0])
                .containsExactly("Agent-3", "Agent-2", "Agent-1");
        assertThat(lines.getLast()).contains("ACTIVE", "LIVE", "41", "Chart the reef");
        assertThat(shell.run("top").out().lines().skip(2)).isEqualTo(lines.subList(2, lines.size()));
    }

    @Test
    void jsonNamesTheAttentionThatEachAgentNeeds() {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.write("Agent-2", "{\"status\":\"ERROR\"}");
        shell.run("sync", "--all");

        Result result = shell.run("top", "--json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith("{\"schema\":1,\"looked_at\":\"20")
                .matches("(?s).*Agent-2.*\"attention\":\"stuck\".*Agent-1.*\"attention\":\"none\".*");
    }

    @Test
    void anEmptyRollSaysWhatToDoAndCreatesNoDatabase() {
        assertThat(shell.run("top", "--once").out())
                .startsWith("Nobody is on the roll yet. Next: rollcall sync --all\n");
        assertThat(shell.database()).doesNotExist();
    }

    @Test
    void aDatabaseThatCanNotBeReadEndsTheCommand() throws Exception {
        Files.writeString(folder.resolve("no.db"), "this is no database, however long it is\n".repeat(200));

        Result result = shell.run("top", "--db", folder.resolve("no.db").toString());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).startsWith("error: ");
    }
}
