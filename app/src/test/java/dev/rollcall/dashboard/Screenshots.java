package dev.rollcall.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;

/**
 * The pictures of the README. Arguments: the address of a window, and the folder to put them into. Run by
 * scripts/screenshots.py.
 */
public final class Screenshots {
    private Screenshots() {}

    public static void main(String[] args) {
        try (Chrome chrome = Chrome.start()) {
            picture(chrome, args[0], ColorScheme.LIGHT, Path.of(args[1], "roll.png"));
            picture(chrome, args[0] + "swarm", ColorScheme.DARK, Path.of(args[1], "swarm.png"));
        }
    }

    private static void picture(Chrome chrome, String address, ColorScheme scheme, Path file) {
        try (BrowserContext context = chrome.browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1280, 860).setColorScheme(scheme))) {
            Page page = context.newPage();
            page.navigate(address);
            page.waitForSelector("main .lane, main canvas, #rows [data-cycle]");
            page.screenshot(new Page.ScreenshotOptions().setPath(file));
        }
    }
}
