package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.FreshnessThresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    private Path folder;

    @Test
    void aVariableSetToNothingCountsAsNotSet() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(folder.resolve("rollcall.toml"), "swarm = \"outer\"\n");
        Files.writeString(project.resolve("rollcall.toml"), "swarm = \"inner\"\n");

        Settings settings =
                SettingsReader.read(Options.NONE, Map.of("ROLLCALL_ROOT", "", "ROLLCALL_CONFIG", ""), project);

        assertThat(settings.swarm().value()).isEqualTo("inner");
        assertThat(settings.root()).isEqualTo(project.resolve("agent_workspaces"));
    }

    @Test
    void aThresholdThatTheEnvironmentNamesSwitchesTheCadenceOff() {
        Settings settings =
                SettingsReader.read(Options.NONE, Map.of("ROLLCALL_LIVE_FOR", "20m"), folder.resolve("anywhere"));

        assertThat(thresholds(settings, "Agent-7")).isEqualTo(minutes(20, 720));
    }

    @Test
    void whatIsSetForAnAgentBeatsOptionEnvironmentAndFile() throws IOException {
        Files.writeString(folder.resolve("rollcall.toml"), """
                [freshness]
                live_for = "5m"
                quiet_for = "3h"
                [agents."Agent-7"]
                live_for = "15m"
                [agents.Agent-8]
                quiet_for = "2h"
                [agents."Agent.9"]
                live_for = "1h"
                quiet_for = "1h"
                """);

        Settings settings = SettingsReader.read(
                Options.NONE.with(Setting.QUIET_FOR, "4h"), Map.of("ROLLCALL_LIVE_FOR", "6m"), folder);

        assertThat(thresholds(settings, "Agent-7")).isEqualTo(minutes(15, 240));
        assertThat(thresholds(settings, "Agent-8")).isEqualTo(minutes(6, 120));
        assertThat(thresholds(settings, "Agent.9")).isEqualTo(minutes(60, 60));
        assertThat(thresholds(settings, "Agent-1")).isEqualTo(minutes(6, 240));
    }

    @Test
    void theOtherThresholdOfAnAgentStillFollowsItsCadence() throws IOException {
        Files.writeString(folder.resolve("rollcall.toml"), "[agents.\"Agent-7\"]\nlive_for = \"15m\"\n");

        assertThat(thresholds(SettingsReader.read(Options.NONE, Map.of(), folder), "Agent-7"))
                .isEqualTo(minutes(15, 720));
    }

    @Test
    void thresholdsThatCrossAreProblemsWhoeverNamesThem() throws IOException {
        Files.writeString(folder.resolve("rollcall.toml"), """
                [freshness]
                live_for = "3h"
                quiet_for = "2h"
                [agents."Agent-7"]
                quiet_for = "1h"
                [agents."Agent-8"]
                live_for = "2h"
                quiet_for = "119m"
                """);

        assertThatThrownBy(() -> SettingsReader.read(Options.NONE, Map.of(), folder))
                .hasMessageContaining("freshness.quiet_for must not be shorter than freshness.live_for")
                .hasMessageContaining("agents.\"Agent-7\": quiet_for must not be shorter than live_for")
                .hasMessageContaining("agents.\"Agent-8\": quiet_for must not be shorter than live_for");
    }

    /** Of an agent that reports every four hours. */
    @Test
    void howMuchOfTheLogIsKeptIsSaidInTheFileOrTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("rollcall.toml"), "[events]\nkeep_for = \"90d\"\nkeep = 5000\n");

        assertThat(SettingsReader.read(Options.NONE, Map.of(), folder).events())
                .isEqualTo(new EventLimits(Duration.ofDays(90), 5000));
        assertThat(SettingsReader.read(Options.NONE, Map.of("ROLLCALL_KEEP_EVENTS", "7"), folder)
                        .events())
                .isEqualTo(new EventLimits(Duration.ofDays(90), 7));
        assertThatThrownBy(() -> SettingsReader.read(
                        Options.NONE, Map.of("ROLLCALL_KEEP_EVENTS", "0", "ROLLCALL_KEEP_EVENTS_FOR", "0s"), folder))
                .hasMessageContaining("ROLLCALL_KEEP_EVENTS: at least 1 event must be kept")
                .hasMessageContaining("ROLLCALL_KEEP_EVENTS_FOR: events must be kept for 1s at least");
    }

    private static FreshnessThresholds thresholds(Settings settings, String agent) {
        return settings.freshness().thresholds(new AgentId(agent), Duration.ofHours(4));
    }

    private static FreshnessThresholds minutes(long liveFor, long quietFor) {
        return new FreshnessThresholds(Duration.ofMinutes(liveFor), Duration.ofMinutes(quietFor));
    }
}
