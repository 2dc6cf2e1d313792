package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A tab of a browser that notes whatever goes wrong in it. For one thread. */
final class Tab implements AutoCloseable {
    private static final String NOTE_VIOLATIONS = """
            window.violations = [];
            addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));
            window.tasks = [];
            new PerformanceObserver(list => list.getEntries().forEach(e => tasks.push(e.duration))).observe({type: 'longtask'});
            """;

    private static final String FIND_BARRIERS = """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160) + ' | ' + n.failureSummary))""";

    private final BrowserContext context;
    private final List<String> errors = new ArrayList<>();
    final Page page;
    private long received;

    Tab(Chrome chrome, int width, ColorScheme scheme) {
        context = chrome.browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
        page = context.newPage();
        page.addInitScript(NOTE_VIOLATIONS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        page.onDialog(dialog -> {
            errors.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        CDPSession network = context.newCDPSession(page);
        network.send("Network.enable");
        network.on("Network.loadingFinished", data -> received += length(data));
    }

    /** Of head and body, as they were sent. */
    private static long length(JsonObject data) {
        return data.get("encodedDataLength").getAsLong();
    }

    Tab open(OpenPages pages, String path) {
        page.navigate(pages.uri(path).toString());
        return this;
    }

    /** What came over the wire so far, but for streams. */
    long received() {
        return received;
    }

    String text(String selector) {
        return String.valueOf(page.textContent(selector));
    }

    /** Waits until the expression is true in the page; asked in each frame. Our policy lets no page evaluate text. */
    void until(String expression) {
        Object isSo =
                page.evaluate("() => new Promise(done => { const until = performance.now() + 15000; const ask = () => {"
                        + " if (" + expression + ") done(true); else if (performance.now() > until) done(false);"
                        + " else requestAnimationFrame(ask); }; ask(); })");
        assertThat(isSo).as(expression + " on " + page.url()).isEqualTo(true);
    }

    /** Tasks over 50 ms since the last time somebody asked. */
    List<Double> longTasks() {
        return ((List<?>) page.evaluate("() => { const t = tasks; tasks = []; return t; }"))
                .stream().map(task -> ((Number) task).doubleValue()).toList();
    }

    void assertNothingWentWrong() {
        assertThat(errors).as("errors on " + page.url()).isEmpty();
        assertThat((List<?>) page.evaluate("violations"))
                .as("violations of the policy on " + page.url())
                .isEmpty();
    }

    /** With axe-core: what keeps somebody out who does not see, or has no mouse. */
    void assertNoBarriers() {
        page.evaluate(axe());
        assertThat((List<?>) page.evaluate(FIND_BARRIERS))
                .as("barriers on " + page.url())
                .isEmpty();
    }

    private static String axe() {
        try (InputStream in = Objects.requireNonNull(Tab.class.getResourceAsStream("/axe.min.js"), "axe-core")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
