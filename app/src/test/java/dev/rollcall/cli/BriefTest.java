package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.AgentStatus;
import dev.rollcall.app.Rollcall;
import dev.rollcall.lifecycle.AgentLifecycle;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs docs/from-the-brief.md. */
class BriefTest {
    private static final Path PAGE = Path.of("..", "docs", "from-the-brief.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/rollcall/cli/BriefTest.java");

    @TempDir
    Path folder;

    @Test
    void thePageSaysWhatHappens() throws IOException {
        Shell shell = new Shell(folder);
        writeAsTheGuideDoes(shell.root);
        for (String block : blocks("console")) {
            for (String step : block.split("(?m)^\\$ rollcall ")) {
                if (step.isEmpty()) {
                    continue;
                }
                String command = step.lines().findFirst().orElseThrow();
                String expected = step.substring(command.length() + 1);
                String printed = shell.run(command.split(" ")).out();
                assertThat(printed.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "<time>"))
                        .as(command)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void theRollSaysWhatTheFileSays() {
        Shell shell = new Shell(folder);
        writeAsTheGuideDoes(shell.root);
        try (Rollcall rollcall = Rollcall.open(shell.root)) {
            // region
            AgentStatus status = rollcall.getAgentStatus("Agent-7");
            System.out.println(status); // matches status.json
            // endregion
            assertThat(status.agentId()).isEqualTo("Agent-7");
            assertThat(status.status()).isEqualTo("ACTIVE");
            assertThat(status.currentMission()).isEqualTo("Database integration");
            assertThat(status.currentFocus()).isEqualTo("Mission started");
            assertThat(status.cycleCount()).isEqualTo(1);
            assertThat(status.pointsEarned()).isEqualByComparingTo("50");
            assertThat(shell.read("Agent-7")).contains("\"last_updated\": \"" + status.lastUpdated() + "\"");
        }
    }

    private static void writeAsTheGuideDoes(Path workspaces) {
        // region
        try (Rollcall rollcall = Rollcall.open(workspaces)) {
            AgentLifecycle lifecycle = rollcall.lifecycle("Agent-7");

            // Every method syncs to the database.
            lifecycle.startCycle();
            lifecycle.startMission("Database integration", Priority.HIGH);
            lifecycle.completeTask("Write the migration", 50);
            lifecycle.endCycle();
        }
        // endregion
    }

    @Test
    void theSamplesAreRegionsOfThisTest() throws IOException {
        String source = squeezed(Files.readString(SOURCE));
        List<String> samples = blocks("java");

        assertThat(samples).isNotEmpty().allSatisfy(sample -> assertThat(source).contains(squeezed(sample)));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    private static List<String> blocks(String language) throws IOException {
        return new ArrayList<>(Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList());
    }
}
