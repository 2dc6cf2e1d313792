package dev.rollcall.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * From the write of a file to the frame in which a browser has painted what it says. Arguments: the address of a window, its
 * workspaces root, Chromium, how many changes, and how many a second. Run by benchmarks/pixel.py.
 */
public final class PixelBench {
    private static final int FIRST = 1_000_000;

    /** Of the rows that a screen shows first. */
    private static final int AGENTS = 8;

    /** Notes when a frame with a new cycle was handed to the screen: after the next frame's callbacks have run. */
    private static final String NOTE_FRAMES = """
            () => {
              window.painted = {};
              const note = cycle => requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => { window.painted[cycle] ??= performance.timeOrigin + performance.now(); };
                channel.port2.postMessage(0);
              });
              new MutationObserver(() => document.querySelectorAll('[data-cycle]').forEach(row => {
                if (row.dataset.cycle >= 1000000 && !(row.dataset.cycle in window.painted)) note(row.dataset.cycle);
              })).observe(document.getElementById('rows'), { childList: true, subtree: true, attributes: true });
            }
            """;

    private PixelBench() {}

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[1]);
        int changes = Integer.parseInt(args[3]);
        double perSecond = Double.parseDouble(args[4]);
        try (Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Path.of(args[2]))
                            .setArgs(List.of("--no-sandbox")));
            Page page = browser.newPage();
            page.navigate(args[0]);
            page.waitForSelector("#rows [data-cycle]");
            Object firstPaint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime");
            page.evaluate(NOTE_FRAMES);
            double[] written = new double[changes];
            for (int change = 0; change < changes; change++) {
                written[change] = write(root.resolve("Agent-" + change % AGENTS), FIRST + change);
                LockSupport.parkNanos((long) (1e9 / perSecond));
            }
            page.waitForFunction("n => Object.keys(window.painted).length >= n", changes);
            List<Double> waits = new ArrayList<>();
            for (int change = 0; change < changes; change++) {
                Object at = page.evaluate("n => window.painted[n]", String.valueOf(FIRST + change));
                waits.add(((Number) at).doubleValue() - written[change]);
            }
            Collections.sort(waits);
            System.out.printf(
                    Locale.ROOT,
                    "first contentful paint %.0f ms; write to painted frame: p50 %.0f ms, p99 %.0f ms, worst %.0f ms of %d%n",
                    ((Number) firstPaint).doubleValue(),
                    waits.get(changes / 2),
                    waits.get(changes * 99 / 100),
                    waits.getLast(),
                    changes);
        }
    }

    /** Tells when, in milliseconds of the wall clock. */
    private static double write(Path folder, int cycle) throws Exception {
        Path file = folder.resolve("status.json");
        Path draft = folder.resolve("status.json.new");
        Files.writeString(
                draft, Files.readString(file).replaceFirst("\"cycle_count\": \\d+", "\"cycle_count\": " + cycle));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        Instant now = Instant.now();
        return now.getEpochSecond() * 1e3 + now.getNano() / 1e6;
    }
}
