package dev.rollcall.dashboard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frame of every page: head, navigation, trust line, and what says how to go on without a mouse. */
final class Layout {
    private static final List<Tab> TABS =
            List.of(new Tab("/", "Roll"), new Tab("/swarm", "Swarm"), new Tab("/trust", "Health"));

    private final Assets assets;

    Layout(Assets assets) {
        this.assets = assets;
    }

    private record Tab(String path, String name) {}

    /**
     * What a page is.
     *
     * @param title of the window
     * @param tab the path of the tab it belongs to; empty for none
     * @param script whether the script runs on it, and which: empty for none
     * @param old whether the database can not be read, so that all of it may be old
     * @param now what ages are reckoned to
     */
    record Frame(String title, String tab, List<String> script, boolean old, Instant now) {}

    Html page(Frame frame, @Nullable Trust trust, Html content) {
        Html html = new Html();
        html.add(doctype())
                .open(
                        "html",
                        "lang",
                        "en",
                        "data-now",
                        Long.toString(frame.now().toEpochMilli()))
                .open("head")
                .open("meta", "charset", "utf-8")
                .open("meta", "name", "viewport", "content", "width=device-width,initial-scale=1")
                .leaf("title", frame.title() + " \u00b7 Rollcall")
                .open("link", "rel", "icon", "href", assets.path("mark.svg"), "type", "image/svg+xml")
                .open("link", "rel", "stylesheet", "href", assets.path("roll.css"));
        for (String script : frame.script()) {
            if (script.endsWith(".css")) {
                html.open("link", "rel", "stylesheet", "href", assets.path(script));
            } else {
                html.open("script", "src", assets.path(script), "defer", "").close("script");
            }
        }
        html.close("head")
                .open("body", "class", frame.old() ? "old" : null, "data-page", frame.tab())
                .leaf("a", "Skip to the content", "class", "skip", "href", "#main")
                .open("header", "class", "top")
                .leaf("a", "Rollcall", "class", "brand", "href", "/");
        tabs(html, frame.tab());
        if (trust != null) {
            trust.draw(html, frame.now());
        }
        html.close("header")
                .open("main", "id", "main", "tabindex", "-1")
                .add(content)
                .close("main")
                .leaf("p", "", "id", "said", "class", "sr", "role", "status", "aria-live", "polite")
                .close("body")
                .close("html");
        return html;
    }

    private static Html doctype() {
        return new Html().open("!doctype html");
    }

    private static void tabs(Html html, String chosen) {
        html.open("nav", "aria-label", "Pages");
        for (Tab tab : TABS) {
            html.leaf(
                    "a",
                    tab.name(),
                    "href",
                    tab.path(),
                    "aria-current",
                    tab.path().equals(chosen) ? "page" : null);
        }
        html.close("nav");
    }
}
