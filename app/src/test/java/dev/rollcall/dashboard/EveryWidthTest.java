package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each page in windows from a small telephone's to a large screen's, and the pages that nobody wants to see. */
@Timeout(120)
@Tag("clock")
class EveryWidthTest {
    private static final String LONG = "Reconfigure_every_lighthouse_without_a_single_blank_".repeat(4);
    private static final List<String> PAGES =
            List.of("/", "/agents/Agent-2?to=now&from=now&blame=status", "/swarm", "/trust");

    /** Where somebody has to sign in, or something is amiss. */
    private static final List<String> UNWANTED = List.of(
            "/sign-in",
            "/nothing",
            "/agents/Nobody-" + "x".repeat(90),
            "/agents/Agent-2?to=someday",
            "/swarm?since=" + "x".repeat(200));

    private static Chrome chrome;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        chrome = Chrome.start();
    }

    @AfterAll
    static void stop() {
        if (chrome != null) {
            chrome.close();
        }
    }

    private OpenPages swarm() {
        OpenPages open = new OpenPages(folder);
        open.shell.write("Agent-1", "{\"status\":\"ACTIVE\",\"current_mission\":\"Chart tides\",\"points_earned\":40}");
        open.shell.write(
                "Agent-2",
                "{\"status\":\"BLOCKED\",\"current_mission\":\"" + LONG + "\",\"agent_name\":\"" + LONG
                        + "\",\"blockers\":[\"waiting for Agent-1 " + LONG + "\"]}");
        open.shell.write("Agent-3", "{\"status\":\"ACTIVE\",\n \"" + LONG + "\": 1,}");
        open.shell.write("Agent-" + "4".repeat(100), "{\"status\":\"IDLE\",\"cycle_count\":123456789}");
        open.shell.run("sync", "--all");
        return open;
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 1280, 1920})
    void noPageIsWiderThanItsWindow(int width) {
        try (OpenPages open = swarm()) {
            for (String path : PAGES) {
                try (Tab tab = new Tab(chrome, width, ColorScheme.LIGHT).open(open, path)) {
                    tab.until("document.querySelectorAll('main *').length > 10");
                    tab.until("[...document.querySelectorAll('[data-load], [data-chart]')]"
                            + ".every(part => !/Looking|Drawn by/.test(part.textContent))");
                    assertFits(tab);
                    tab.assertNothingWentWrong();
                }
            }
            for (String path : UNWANTED) {
                try (Tab tab = new Tab(chrome, width, ColorScheme.LIGHT).open(open, path)) {
                    assertFits(tab);
                }
            }
        }
    }

    /** With everything drawn that is looked up or drawn once the page is there, and with what is folded away. */
    @ParameterizedTest
    @CsvSource({"360, LIGHT", "360, DARK", "1600, LIGHT", "1600, DARK"})
    void everyPageIsWithoutBarriers(int width, ColorScheme scheme) {
        try (OpenPages open = swarm().watch()) {
            for (String path : Stream.of(PAGES, List.of("/agents/Agent-3", "/?state=blocked"), UNWANTED)
                    .flatMap(List::stream)
                    .toList()) {
                try (Tab tab = new Tab(chrome, width, scheme).open(open, path)) {
                    tab.until("[...document.querySelectorAll('[data-load], [data-chart]')]"
                            + ".every(part => !/Looking|Drawn by/.test(part.textContent))");
                    tab.page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
                    tab.assertNoBarriers();
                    assertFits(tab);
                }
            }
        }
    }

    private static void assertFits(Tab tab) {
        assertThat(tab.page.evaluate("[document.documentElement.scrollWidth, innerWidth].join(' of ')"))
                .as("width of " + tab.page.url())
                .asString()
                .satisfies(said -> {
                    String[] both = said.split(" of ");
                    assertThat(Integer.parseInt(both[0])).isLessThanOrEqualTo(Integer.parseInt(both[1]));
                });
    }

    @Test
    void signInAndMistakesAreWithoutBarriersInLightAndDark() {
        try (OpenPages open = swarm()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (String path : UNWANTED) {
                    try (Tab tab = new Tab(chrome, 390, scheme).open(open, path)) {
                        assertThat(tab.text("h1")).isNotBlank();
                        tab.assertNoBarriers();
                    }
                }
            }
        }
    }
}
