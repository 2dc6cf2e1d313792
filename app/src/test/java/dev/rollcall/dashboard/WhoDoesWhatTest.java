package dev.rollcall.dashboard;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages say of agents together: who is like whom, who does the same, who waits for whom, and who was at work. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WhoDoesWhatTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private OpenPages open;

    @BeforeEach
    void open() {
        open = new OpenPages(folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    private void mission(String agent, String mission) {
        open.shell.write(agent, "{\"status\":\"ACTIVE\",\"current_mission\":\"" + mission + "\"}");
    }

    private void blocked(String agent, String blocker) {
        open.shell.write(agent, "{\"status\":\"BLOCKED\",\"blockers\":[\"" + blocker + "\"]}");
    }

    private String words(String path) throws Exception {
        return open.get(path).body().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    /** The text of a section, by the id of it. */
    private String section(String path, String id) throws Exception {
        String page = open.get(path).body();
        int begin = page.indexOf(" id=\"" + id + "\"");
        assertThat(begin).as(id + " on " + path).isPositive();
        return page.substring(begin, page.indexOf("</section>", begin))
                .replaceFirst("^[^>]*>", "")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void theLikestStandsFirstAmongSimilarAgentsAndBothOfThoseWhoDoTheSame() {
        mission("Agent-1", "Chart the tide tables for the harbour");
        mission("Agent-5", "Consolidate the configuration loaders");
        mission("Agent-6", "One configuration manager for every loader");
        mission("Agent-9", "Rebuild the lamp-room dashboard");
        open.shell.run("sync", "--all");
        try (Chrome chrome = Chrome.start();
                Tab agent = new Tab(chrome, 1280, ColorScheme.LIGHT).open(open, "/agents/Agent-5");
                Tab swarm = new Tab(chrome, 1280, ColorScheme.LIGHT).open(open, "/swarm")) {
            agent.until("document.querySelector('#similar .hits')");
            assertThat(agent.text("#similar li")).startsWith("Agent-6").contains("One configuration manager");
            assertThat(agent.page.getAttribute("#similar li a", "href")).isEqualTo("/agents/Agent-6");
            assertThat(agent.text("#similar")).doesNotContain("Agent-5");
            swarm.until("document.querySelector('#overlaps .hits')");
            assertThat(swarm.page.locator("#overlaps li").allTextContents())
                    .singleElement()
                    .asString()
                    .startsWith("Agent-5 and Agent-6")
                    .contains("Consolidate the configuration loaders", "One configuration manager");
            agent.assertNothingWentWrong();
            swarm.assertNothingWentWrong();
        }
    }

    @Test
    void whereNobodyDoesTheSameTheSwarmSaysSo() {
        mission("Agent-1", "Chart the tide tables for the harbour");
        mission("Agent-9", "Rebuild the lamp-room dashboard");
        open.shell.run("sync", "--all");
        try (Chrome chrome = Chrome.start();
                Tab swarm = new Tab(chrome, 1280, ColorScheme.LIGHT).open(open, "/swarm")) {
            swarm.until("document.querySelector('#overlaps [role=status]').textContent === 'Nobody.'");
            swarm.assertNothingWentWrong();
        }
    }

    @Test
    void whoWaitsStandsBesideWhomeverItWaitsForAndCirclesAreNamed() throws Exception {
        mission("Agent-1", "Chart tides");
        blocked("Agent-2", "waiting for Agent-1 to free the room");
        blocked("Agent-3", "needs Agent-4");
        blocked("Agent-4", "needs Agent-3");
        open.shell.run("sync", "--all");

        assertThat(section("/swarm", "waits"))
                .contains("Agent-2 \u2192 Agent-1 waiting for Agent-1 to free the room")
                .contains("\u21bb Circular wait: Agent-3", "Agent-3 \u21bb Agent-4 needs Agent-4")
                .contains("Agent-4 \u21bb Agent-3 needs Agent-3")
                .doesNotContain("Agent-1 \u2192");
        assertThat(section("/agents/Agent-2", "agent")).contains("waiting for Agent-1", "Agent-1 is active");
    }

    @Test
    void whereNobodyWaitsForAnotherTheSwarmSaysSo() throws Exception {
        blocked("Agent-1", "the ink is too faint");
        open.shell.run("sync", "--all");

        assertThat(section("/swarm", "waits")).contains("Nobody&#39;s blocker names another agent.");
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE,ACTIVE,100%", "IDLE,BLOCKED,0%", "ACTIVE,IDLE,50%"})
    void utilisationIsTheShareOfTheRecordedTimeThatWasWork(String one, String other, String share) throws Exception {
        open.shell.write("Agent-1", "{\"status\":\"" + one + "\"}");
        open.shell.write("Agent-2", "{\"status\":\"" + other + "\"}");
        open.shell.run("sync", "--all");

        // They are recorded one after the other: what lies between counts for less and less.
        eventually(
                SOON,
                () -> assertThat(words("/swarm")).contains("2 agents " + share + " of the recorded time at work"));
        eventually(SOON, () -> {
            assertThat(section("/agents/Agent-1", "lane")).containsPattern(one.toLowerCase(Locale.ROOT) + " \\d+ s");
            assertThat(section("/agents/Agent-2", "lane")).containsPattern(other.toLowerCase(Locale.ROOT) + " \\d+ s");
        });
    }
}
