package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.rollcall.cli.Shell;
import dev.rollcall.report.RecordedLives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report as one file: opened from a disk, in light and dark, and on paper. */
@Timeout(120)
class ReportInBrowserTest {
    private static final String LONG = "Reconfigure_every_lighthouse_without_a_single_blank_".repeat(4);
    private static final List<String> STATES =
            List.of("ACTIVE", "IDLE", "WAITING", "BLOCKED", "COMPLETE", "ERROR", "OFFLINE", "no such state");

    private static final int WIDE = 1280;

    /** CSS pixels between the margins of a sheet of A4. */
    private static final int PAPER = 718;

    private static final String OPEN_TABLES = "document.querySelectorAll('details').forEach(each => each.open = true)";

    private static final String CONTROLS = """
            [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
              .filter(each => each.checkVisibility()).map(each => each.outerHTML)""";

    private static final String CUT_OFF = """
            [...document.querySelectorAll('main, main *:not(svg *)')]
              .filter(each => getComputedStyle(each).overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1)
              .map(each => each.outerHTML.slice(0, 200))
              .concat([...document.querySelectorAll('main svg text')].filter(text => {
                const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal;
                return box.x < -1 || box.y < -1 || box.x + box.width > view.width + 1 || box.y + box.height > view.height + 1;
              }).map(text => text.outerHTML))""";

    private static final String COLOURS_WITHOUT_WORDS = """
            [...document.querySelectorAll('.plot rect[class^=c-]')].map(each => each.getAttribute('class').slice(2))
              .filter(state => ![...document.querySelectorAll('.legend li')].some(
                each => each.querySelector('.c-' + state) && each.textContent.trim().toLowerCase().startsWith(state)))""";

    private static Chrome chrome;

    @TempDir
    private Path folder;

    private Path page;

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

    /** Agents in every state and gap, with texts that do not break, who wait for each other. */
    @BeforeEach
    void report() throws IOException {
        Shell shell = new Shell(folder);
        Files.createDirectories(shell.database().getParent());
        Instant begin = Instant.now().minus(Duration.ofDays(3));
        try (RecordedLives lives = new RecordedLives(shell.database())) {
            for (int i = 0; i < STATES.size(); i++) {
                String agent = i == 0 ? "Agent-" + "0".repeat(90) : "Agent-" + i;
                lives.version(agent, begin.plusSeconds(i), "{\"status\":\"IDLE\",\"points_earned\":1}");
                lives.version(
                        agent,
                        begin.plus(Duration.ofHours(20 + i)),
                        "{\"status\":\"" + STATES.get(i) + "\",\"points_earned\":" + 12_345 * (i + 1)
                                + ",\"current_mission\":\"" + LONG + "\",\"completed_tasks\":[\"" + LONG
                                + "\"],\"blockers\":[\"waiting for Agent-" + (i + 1) + " " + LONG + "\"]}");
            }
            lives.rejected("Agent-2", begin.plus(Duration.ofHours(50)));
            lives.left("Agent-5", begin.plus(Duration.ofHours(60)));
        }
        page = folder.resolve("report.html");
        assertThat(shell.run("report", "--format", "html", "--output", page.toString())
                        .exitCode())
                .isZero();
    }

    private Tab open(int width, ColorScheme scheme) {
        Tab tab = new Tab(chrome, width, scheme);
        tab.page.navigate(page.toUri().toString());
        return tab;
    }

    private static List<?> found(Tab tab, String expression) {
        return (List<?>) tab.page.evaluate(expression);
    }

    @Test
    void isWithoutBarriersInLightAndDarkAndAsWideAsItsWindow() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Tab tab = open(scheme == ColorScheme.DARK ? 320 : WIDE, scheme)) {
                tab.page.evaluate(OPEN_TABLES);

                tab.assertNoBarriers();
                tab.assertNothingWentWrong();
                tab.until("document.documentElement.scrollWidth <= innerWidth");
            }
        }
    }

    @Test
    void loadsNothingFromAnywhere() {
        List<String> asked = new ArrayList<>();
        try (Tab tab = new Tab(chrome, WIDE, ColorScheme.LIGHT)) {
            tab.page.onRequest(request -> asked.add(request.url()));
            tab.page.navigate(page.toUri().toString());
            tab.page.evaluate(OPEN_TABLES);
            tab.until("document.readyState === 'complete'");

            tab.assertNothingWentWrong();
        }
        assertThat(asked).containsExactly(page.toUri().toString());
    }

    @Test
    void onPaperNoControlIsSeenAndNoTextIsCutOff() {
        try (Tab tab = open(PAPER, ColorScheme.LIGHT)) {
            tab.page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));

            assertThat(found(tab, CONTROLS)).isEmpty();
            assertThat(found(tab, CUT_OFF)).isEmpty();
            assertThat(tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            assertThat(tab.page.locator("details table").first().isVisible())
                    .as("nobody can open it on paper")
                    .isTrue();
        }
    }

    @Test
    void everyColourOfAStateHasItsWord() {
        try (Tab tab = open(WIDE, ColorScheme.LIGHT)) {
            assertThat(
                            found(
                                    tab,
                                    "[...new Set([...document.querySelectorAll('.plot rect[class^=c-]')].map(r => r.getAttribute('class')))]"))
                    .hasSizeGreaterThanOrEqualTo(10);
            assertThat(found(tab, COLOURS_WITHOUT_WORDS)).isEmpty();
        }
    }
}
