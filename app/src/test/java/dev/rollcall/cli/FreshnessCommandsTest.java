package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.HandEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which thresholds decide how fresh an agent is. */
class FreshnessCommandsTest {
    private static final Duration FORTY_MINUTES = Duration.ofMinutes(40);
    private static final Duration FOUR_HOURS = Duration.ofHours(4);

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "40,    11, LIVE,  3600,  7200",
        "40,    61, QUIET, 3600,  7200",
        "40,   121, STALE, 3600,  7200",
        "240,   61, LIVE,  21600, 43200",
        "240,  361, QUIET, 21600, 43200",
        "240,  721, STALE, 21600, 43200",
        "1440, 1441, QUIET, 86400, 172800",
        "5,     11, QUIET, 600,   3600"
    })
    void anAgentIsAsFreshAsItsOwnRhythmSays(
            int minutesApart, int minutesAgo, String freshness, long liveFor, long quietFor) {
        reports("Agent-7", Duration.ofMinutes(minutesApart), Duration.ofMinutes(minutesAgo));

        String members = "\"cadence_seconds\":" + minutesApart * 60 + ",\"live_for_seconds\":" + liveFor
                + ",\"quiet_for_seconds\":" + quietFor;
        assertThat(shell.run("get", "Agent-7", "--json").out())
                .contains("\"freshness\":\"" + freshness + "\"")
                .contains(members);
        assertThat(shell.run("list", "--json").out())
                .contains("\"freshness\":\"" + freshness + "\"")
                .contains(members);
        assertThat(shell.run("get", "Agent-7").out()).contains(freshness);
        assertThat(shell.run("list").out()).contains(freshness);
        assertThat(shell.run("list", "--freshness", freshness).out()).contains("Agent-7");
    }

    @Test
    void withoutARhythmTheDefaultsCountAndTheCadenceIsNull() {
        shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        shell.write("Agent-8", "{");
        shell.run("sync", "--all");

        String members = "\"cadence_seconds\":null,\"live_for_seconds\":600,\"quiet_for_seconds\":3600";
        assertThat(shell.run("get", "Agent-7", "--json").out()).contains(members);
        assertThat(shell.run("get", "Agent-8", "--json").out()).contains(members);
    }

    @Test
    void whatIsSetForTheSwarmSwitchesTheRhythmOffForThatThreshold() throws IOException {
        configure("[freshness]\nlive_for = \"5m\"\n");
        reports("Agent-7", FORTY_MINUTES, Duration.ofMinutes(6));

        assertThat(shell.run("get", "Agent-7", "--json").out())
                .contains("\"freshness\":\"QUIET\"")
                .contains("\"cadence_seconds\":2400,\"live_for_seconds\":300,\"quiet_for_seconds\":7200");
    }

    @Test
    void whatIsSetForAnAgentCountsForThatAgentAlone() throws IOException {
        configure("""
                [freshness]
                quiet_for = "9h"
                [agents."Agent-7"]
                live_for = "15m"
                quiet_for = "2h"
                """);
        reports("Agent-7", FOUR_HOURS, Duration.ofMinutes(121));
        reports("Agent-8", FOUR_HOURS, Duration.ofMinutes(121));

        assertThat(shell.run("get", "Agent-7", "--json").out())
                .contains("\"freshness\":\"STALE\"")
                .contains("\"live_for_seconds\":900,\"quiet_for_seconds\":7200");
        assertThat(shell.run("get", "Agent-8", "--json").out())
                .contains("\"freshness\":\"LIVE\"")
                .contains("\"live_for_seconds\":21600,\"quiet_for_seconds\":32400");
    }

    @Test
    void allProblemsOfAgentsTablesAreReportedTogether() throws IOException {
        configure("""
                agents.lonely = "5m"
                [freshness]
                live_for = "soon"
                [agents."Agent-7"]
                life_for = "15m"
                quiet_for = 7
                [agents."Agent-8"]
                live_for = "later"
                color = "red"
                [agents."../etc"]
                live_for = "15m"
                [agents."bad\\u202eid"]
                live_for = "15m"
                """);

        Shell.Result result = shell.run("list");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("agents.\"lonely\" must be a table")
                .contains("\"soon\" is no duration")
                .contains("unknown key agents.\"Agent-7\".life_for. Did you mean live_for?")
                .contains("agents.\"Agent-7\".quiet_for must be a text")
                .contains("agents.\"Agent-8\".live_for: \"later\" is no duration")
                .contains("unknown key agents.\"Agent-8\".color. Known keys are live_for, quiet_for.")
                .contains("agent id \"../etc\" contains a path separator")
                .contains("\\u202e")
                .doesNotContain("\u202e");
    }

    private void configure(String toml) throws IOException {
        Files.writeString(folder.resolve("rollcall.toml"), toml);
    }

    /** Five versions, so far apart, the newest so long ago: recorded now, and then put back in time. */
    private void reports(String agent, Duration apart, Duration ago) {
        for (int version = 1; version <= 5; version++) {
            shell.write(agent, "{\"status\":\"ACTIVE\",\"cycle_count\":" + version + "}");
            shell.run("sync", "--agent", agent);
        }
        String back = "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-' || (" + ago.toSeconds() + " + (5 - cycle_count) * "
                + apart.toSeconds() + ") || ' seconds')";
        for (String column : new String[] {"status_history SET observed_at", "agent_workspaces SET last_activity_at"}) {
            HandEdit.apply(
                    shell.database().toString(),
                    "UPDATE " + column + " = " + back + " WHERE agent_id = '" + agent + "'");
        }
    }
}
