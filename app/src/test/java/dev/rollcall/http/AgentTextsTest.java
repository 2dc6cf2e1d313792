package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.app.Observation;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Setting;
import dev.rollcall.cli.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of agents against what is written of them each time. */
class AgentTextsTest {
    @TempDir
    private Path folder;

    private final AgentTexts texts = new AgentTexts();
    private List<Observation> agents;

    @BeforeEach
    void look() {
        Shell shell = new Shell(folder);
        shell.write("Agent-1", "{\"status\": \"ACTIVE\", \"cycle_count\": 3, \"points_earned\": 1e3}");
        shell.write("Agent-2", "{\"status\": \"\\u202e,\\\"age_seconds\\\":1\\u0007\", \"blockers\": [\"rain\"]}");
        shell.write("Agent-3", "{");
        shell.run("sync", "--all");
        try (Rollcall rollcall = Rollcall.open(Options.NONE.with(Setting.ROOT, shell.root.toString()))) {
            agents = rollcall.observations().all(Detail.EVIDENCE);
        }
        assertThat(agents).hasSize(3);
    }

    private void assertSame() {
        assertThat(JsonOutput.line(json -> json.json("agents", texts.of(agents).json())))
                .isEqualTo(JsonOutput.line(json -> json.objects("agents", agents, JsonShapes::observation)));
    }

    @Test
    void theyAreTheSameAlsoWhenOnlyTheAgeIsAnotherOne() {
        assertSame();
        List<String> hashes = agents.stream().map(texts::hash).toList();

        agents = agents.stream().map(agent -> aged(agent, Duration.ofDays(3))).toList();

        assertSame();
        assertThat(agents.stream().map(texts::hash)).isEqualTo(hashes).doesNotHaveDuplicates();
    }

    @Test
    void nobodyIsAnEmptyList() {
        agents = List.of();
        assertSame();
    }

    private static Observation aged(Observation agent, Duration age) {
        return new Observation(
                agent.entry(),
                agent.freshness(),
                age,
                agent.cadence(),
                agent.thresholds(),
                agent.lag(),
                agent.findings());
    }
}
