package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A roll of a thousand: what it weighs, and that nothing in it ever stutters. */
@Timeout(120)
@Tag("clock")
class ThousandAgentsTest {
    private static final int AGENTS = 1_000;
    private static final List<String> STATES = List.of("ACTIVE", "IDLE", "BLOCKED", "COMPLETE", "WAITING");

    /** Milliseconds. */
    private static final double LONGEST = 50;

    /** Where others use the processors, too, their caches are cold, and what is counted here is more. */
    private static final double MOST_OF_A_BUSY_MACHINE = 1.5;

    private static final int VISITS = 4;

    private static final String SCROLL = """
            async () => {
              for (let y = 0; y < document.documentElement.scrollHeight; y += 700) {
                scrollTo(0, y);
                await new Promise(requestAnimationFrame);
              }
              scrollTo(0, 0);
            }""";

    @TempDir
    private Path folder;

    @Test
    void scrollsFiltersAndSortsWithoutALongTask() throws Exception {
        try (Chrome chrome = Chrome.start();
                OpenPages open = crowd()) {
            open.get("/");
            long begin = System.nanoTime();
            open.bytes("/", "Accept-Encoding", "gzip");
            long server = (System.nanoTime() - begin) / 1_000_000;
            System.out.printf("1,000 agents: page made and sent in %d ms%n", server);
            // A page that stutters does so each time; other programs on the machine do not.
            List<Visit> visits = new ArrayList<>();
            do {
                visits.add(visit(chrome, open));
                System.out.println(visits.getLast());
                assertThat(visits.getLast().wire()).isLessThan(300 * 1024);
            } while (!visits.getLast().smooth() && visits.size() < VISITS);
            assertThat(visits).anyMatch(Visit::smooth);
        }
    }

    @Test
    void theirTimesAndPointsAreSmallOverTheWire() {
        try (Chrome chrome = Chrome.start();
                OpenPages open = crowd();
                Tab tab = new Tab(chrome, 1280, ColorScheme.LIGHT)) {
            tab.page.route("**/api/v1/overlaps", Route::abort);
            work(open, 3);
            tab.open(open, "/swarm");
            tab.until("document.querySelector('#chart canvas')");
            assertThat(tab.text("#lanes")).contains("850 agents that need less attention are left out");
            assertThat(tab.text("#leaderboard")).contains("Agent-999");
            System.out.println("1,000 agents on /swarm: " + tab.received() + " bytes");
            assertThat(tab.received()).isBetween(10L * 1024, 300L * 1024);
        }
    }

    private static Visit visit(Chrome chrome, OpenPages open) {
        try (Tab tab = new Tab(chrome, 1280, ColorScheme.LIGHT)) {
            // What a search costs is not what a page does with it.
            tab.page.route("**/api/v1/search*", Route::abort);
            tab.open(open, "/");
            tab.until("document.getElementById('shown').textContent === '1000'");
            long wire = tab.received();
            tab.longTasks();
            List<Double> scrolling = MainThread.tasks(chrome, tab.page, () -> tab.page.evaluate(SCROLL));
            List<Double> filtering = MainThread.tasks(chrome, tab.page, () -> filter(tab));
            List<Double> sorting = MainThread.tasks(chrome, tab.page, () -> sort(tab));
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                    / Runtime.getRuntime().availableProcessors();
            return new Visit(wire, first(scrolling), first(filtering), first(sorting), tab.longTasks(), load);
        }
    }

    private static List<Double> first(List<Double> tasks) {
        return tasks.subList(0, Math.min(3, tasks.size()));
    }

    private static void filter(Tab tab) {
        for (String state : List.of("active", "idle", "blocked")) {
            tab.page.click("[data-filter=state][data-value=" + state + "]");
            tab.until("document.getElementById('shown').textContent === '200 of 1000'");
        }
        tab.page.click("[data-filter=state][data-value=blocked]");
        tab.until("document.getElementById('shown').textContent === '1000'");
        tab.page.locator("#q").pressSequentially("task 77");
        tab.until("document.getElementById('shown').textContent === '19 of 1000'");
        tab.page.keyboard().press("Escape");
        tab.until("document.getElementById('shown').textContent === '1000'");
    }

    private static void sort(Tab tab) {
        tab.page.click("[data-sort=points]");
        tab.until("document.getElementById('rows').firstElementChild.dataset.points === '999'");
        tab.until("document.getElementById('rows').lastElementChild.dataset.points === '0'");
    }

    private OpenPages crowd() {
        OpenPages open = new OpenPages(folder);
        work(open, 1);
        return open;
    }

    private static void work(OpenPages open, int times) {
        for (int i = 0; i < AGENTS; i++) {
            open.shell.write(
                    "Agent-" + i,
                    "{\"status\":\"" + STATES.get(i % STATES.size()) + "\",\"current_mission\":\"Mission of number " + i
                            + "\",\"current_focus\":\"task " + i + " of many\",\"cycle_count\":" + i % 40 * times
                            + ",\"points_earned\":" + i * times + "}");
        }
        open.shell.run("sync", "--all");
    }

    /**
     * What one visit of the page showed: bytes over the wire, the longest tasks in milliseconds of processor time, those
     * over {@link #LONGEST} by the clock, and how busy each processor was.
     */
    private record Visit(
            long wire,
            List<Double> scrolling,
            List<Double> filtering,
            List<Double> sorting,
            List<Double> byTheClock,
            double load) {
        private boolean smooth() {
            double most = load > 1 ? LONGEST * MOST_OF_A_BUSY_MACHINE : LONGEST;
            return Stream.of(scrolling, filtering, sorting)
                            .allMatch(
                                    tasks -> !tasks.isEmpty() && tasks.stream().allMatch(task -> task <= most))
                    && (load > 1 || byTheClock.isEmpty());
        }
    }
}
