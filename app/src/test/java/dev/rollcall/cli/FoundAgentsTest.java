package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the agents that were found, where there is no model. */
class FoundAgentsTest {
    private static final String MODELS = "rollcall.models";
    private static final String LONG_NAME = "Agent-with-a-name-that-is-longer-than-most-names-of-agents-are-1";

    @TempDir
    private Path folder;

    private Shell shell;
    private @Nullable String before;

    @BeforeEach
    void layOut() {
        before = System.setProperty(MODELS, folder.resolve("nothing").toString());
        shell = new Shell(folder);
    }

    @AfterEach
    void asItWas() {
        if (before == null) {
            System.clearProperty(MODELS);
        } else {
            System.setProperty(MODELS, before);
        }
    }

    private void sevenBlocked() {
        for (int i = 1; i <= 7; i++) {
            shell.write("Agent-" + i, "{\"status\":\"BLOCKED\",\"blockers\":[\"no flour\"]}");
        }
        shell.run("sync", "--all");
    }

    @Test
    void ofManyInAStateItIsToldHowManyMoreThereAreAndHowToSeeThem() {
        sevenBlocked();
        assertThat(shell.run("search", "is anyone blocked").out())
                .hasLineCount(5 * 2 + 1)
                .endsWith("... and 2 more, all with -k 7\n");
        assertThat(shell.run("search", "is anyone blocked", "-k", "7").out())
                .hasLineCount(7 * 2)
                .doesNotContain("more");
    }

    @Test
    void jsonTellsHowManyMoreAreInAStateAndThatNobodyKnowsThatOfTexts() {
        sevenBlocked();
        assertThat(shell.run("search", "is anyone blocked", "--json").out())
                .endsWith("\"answered_from\":\"columns\",\"more\":2}\n");
        assertThat(shell.run("search", "who is offline", "--json").out())
                .endsWith("\"answered_from\":\"columns\",\"more\":0}\n");
        assertThat(shell.run("search", "flour", "--json").out())
                .endsWith("\"answered_from\":\"texts\",\"more\":null}\n");
    }

    @Test
    void oneIsNotMany() {
        shell.write("Ada", "{\"status\":\"ACTIVE\",\"current_mission\":\"Gates\"}");
        shell.run("sync", "--all");
        assertThat(shell.run("verify", "--agent", "Ada").out()).contains("current (1 passage pending)\n");
    }

    @Test
    void noLineIsWiderThanATerminal() {
        shell.write(
                LONG_NAME,
                "{\"status\":\"ACTIVE\",\"current_tasks\":[\"mending the north gate " + "and the wall ".repeat(9)
                        + "\"],\"notes\":{\"some_member_with_a_long_name\":\"mending the north gate "
                        + "of the town ".repeat(9) + "\"}}");
        shell.run("sync", "--all");
        for (String[] command : new String[][] {
            {"search", "mending north gate"},
            {"search", "who is blocked", "--state", "IDLE"},
            {"search", "who is active"},
            {"recommend", "mending north gate"},
            {"similar", LONG_NAME}
        }) {
            Shell.Result told = shell.run(command);
            assertThat(told.out().lines())
                    .as("%s", told)
                    .isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(TerminalText.width(line)).as(line).isLessThanOrEqualTo(80));
        }
    }

    @Test
    void whoHasBeenSilentForAYearIsHardlyAvailable() {
        shell.write(
                "Ada",
                "{\"status\":\"IDLE\",\"last_updated\":\"2020-10-15T12:00:00Z\",\"achievements\":[\"mended the gate\"]}");
        shell.run("sync", "--all");
        assertThat(shell.run("recommend", "mend the gate").out()).contains(" expertise x 0.05 free x 1.00 load\n");
    }

    @Test
    void whoIsAtTheSameWorkStandsInTheJsonOfAMissionsStart() {
        shell.write("Ada", "{\"status\":\"ACTIVE\",\"current_mission\":\"Dig a well\"}");
        shell.run("sync", "--all");
        Shell.Result same = shell.run("start-mission", "--agent", "Bo", "dig a Well!", "--json");
        assertThat(same.out())
                .contains("\"created\":true,\"same_work\":[{\"agent_id\":\"Ada\",\"state\":\"ACTIVE\","
                        + "\"freshness\":\"LIVE\",\"field\":\"mission\",\"text\":\"Dig a well\"}]}");
        assertThat(same.err()).contains("warning: Ada is ACTIVE at the same work: Dig a well;");
        assertThat(shell.run("start-mission", "--agent", "Bo", "Paint", "--json")
                        .out())
                .contains("\"same_work\":[]}");
    }
}
