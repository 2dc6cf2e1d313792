package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that find agents, with the model that is delivered. One swarm for all tests; none of them changes it. */
class FindingCommandsTest {
    @TempDir
    private static Path folder;

    private static Shell shell;
    private static Shell.Result indexed;

    @BeforeAll
    static void aSwarm() {
        shell = new Shell(folder);
        shell.write(
                "Ada",
                "{\"status\":\"ACTIVE\",\"last_updated\":\"2024-10-15T12:00:00Z\",\"role\":\"Backend developer\",\"current_mission\":\"Make signing in reliable\","
                        + "\"current_tasks\":[\"Repair the broken login of the web shop\"]}");
        shell.write(
                "Bo",
                "{\"status\":\"IDLE\",\"role\":\"Database administrator\",\"current_tasks\":[],"
                        + "\"completed_tasks\":[\"Moved all customer tables to PostgreSQL\"]}");
        shell.write(
                "Cleo",
                "{\"status\":\"ACTIVE\",\"role\":\"Web developer\","
                        + "\"current_tasks\":[\"Fix the broken login page of the web shop\"]}");
        shell.write("Dan", "{\"status\":\"OFFLINE\",\"role\":\"Gardener\",\"current_tasks\":[\"Water the tomatoes\"]}");
        shell.run("sync", "--all");
        indexed = shell.run("index", "--json");
    }

    @Test
    void indexTellsHowManyTextsTheModelReadAndASecondOneReadsNone() {
        assertThat(indexed.exitCode()).as(indexed.toString()).isZero();
        assertThat(indexed.out())
                .startsWith("{\"schema\":1,\"agents\":4,\"embedded\":")
                .endsWith("\"notices\":[]}\n");
        Shell.Result again = shell.run("index");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).isEqualTo("0 agents brought up to date, 0 texts embedded\n");
        assertThat(shell.run("verify", "--all").exitCode()).isZero();
        assertThat(shell.run("verify", "--all", "--json").out())
                .contains("\"search_pending\":0")
                .doesNotContain("\"search_pending\":1");
    }

    @Test
    void oneTextIsNoTexts(@TempDir Path elsewhere) {
        Shell other = new Shell(elsewhere);
        other.write("Ada", "{\"status\":\"ACTIVE\"}");
        other.run("sync", "--all");
        other.run("index");
        other.write("Ada", "{\"status\":\"ACTIVE\",\"achievements\":[\"Painted the gate\"]}");
        other.run("sync", "--all");
        assertThat(other.run("index").out()).isEqualTo("1 agent brought up to date, 1 text embedded\n");
    }

    @Test
    void searchFindsByMeaningWhatSharesNoWord() {
        Shell.Result found = shell.run("search", "who migrates databases");

        assertThat(found.exitCode()).as(found.toString()).isZero();
        assertThat(found.out()).startsWith("Bo ").contains(" strong  ", " IDLE LIVE\n");
        assertThat(found.err()).isEmpty();
        assertThat(shell.run("search", "who migrates databases", "--json").out())
                .startsWith(
                        "{\"schema\":1,\"query\":\"who migrates databases\",\"hits\":[{\"agent_id\":\"Bo\",\"score\":")
                .doesNotContain("\"similarity\":0.000");
    }

    @Test
    void aQuestionThatNobodyFitsHasWeakHitsAndEndsWithOne() {
        Shell.Result found = shell.run("search", "quantum chromodynamics lattice simulation");
        assertThat(found.exitCode()).as(found.toString()).isEqualTo(1);
        assertThat(found.out())
                .startsWith("Nobody clearly fits. The nearest, all weak:\n")
                .doesNotContain("strong");
    }

    @Test
    void similarLeavesOutTheAgentItself() {
        Shell.Result like = shell.run("similar", "Ada");
        assertThat(like.exitCode()).as(like.toString()).isZero();
        assertThat(like.out()).startsWith("Cleo ").doesNotContain("Ada ");
        assertThat(shell.run("similar", "Ada", "--json", "-k", "2").out())
                .startsWith("{\"schema\":1,\"query\":\"Ada\",\"hits\":[{\"agent_id\":\"Cleo\",\"score\":")
                .containsPattern("\"strength\":\"strong\",\"text\":\"[^\"]+\",\"field\":\"[^\"]+\",\"revision\":\\d+,"
                        + "\"state\":\"ACTIVE\",\"freshness\":\"LIVE\"");
    }

    @Test
    void recommendNamesTheOneWhoCanAndIsFree() {
        Shell.Result recommended = shell.run("recommend", "move the customer tables to another database");
        assertThat(recommended.exitCode()).as(recommended.toString()).isZero();
        assertThat(recommended.out()).startsWith("Bo ");
    }

    @Test
    void overlapsNamesThePairAtTheSameWorkAndBothTexts() {
        Shell.Result pairs = shell.run("overlaps");
        assertThat(pairs.exitCode()).isZero();
        assertThat(pairs.out())
                .containsPattern(
                        "^0\\.\\d\\d  Ada STALE and Cleo LIVE\n {4}Ada: Repair the broken login of the web shop\n {4}Cleo: Fix")
                .hasLineCount(3);
        assertThat(shell.run("overlaps", "--json").out())
                .startsWith("{\"schema\":1,\"pairs\":[{\"agents\":[\"Ada\",\"Cleo\"],\"score\":0.")
                .contains(
                        "\"texts\":[\"Repair the broken login of the web shop\",\"Fix the broken login page of the web shop\"]")
                .contains("\"freshness\":[\"STALE\",\"LIVE\"]}");
    }
}
