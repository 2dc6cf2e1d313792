package dev.rollcall.dashboard;

import dev.rollcall.document.AgentId;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Condition;
import dev.rollcall.report.Stretch;
import dev.rollcall.report.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What agents were at over time: a lane each, divided by state; a pattern tells apart what a colour may not. */
final class Lanes {
    private static final double WIDTH = 1_000;

    /** Of a narrower stretch nobody hits the tip. */
    private static final double TIP = 3;

    private final Window window;

    Lanes(Window window) {
        this.window = window;
    }

    private double x(Instant time) {
        double whole = Window.seconds(window.length());
        double part = Window.seconds(Duration.between(window.from(), time));
        return whole == 0 ? 0 : WIDTH * Math.clamp(part / whole, 0, 1);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** One lane, as wide as its place; the words for whoever does not see it. */
    void lane(Html html, AgentFigures agent, String words) {
        html.open(
                "svg",
                "class",
                "lane",
                "viewBox",
                "0 0 1000 16",
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                words);
        double drawnTo = 0;
        for (Stretch stretch : agent.stretches()) {
            double from = drawnTo;
            double end = x(stretch.until());
            // What ends within a pixel that is drawn is left to its neighbour.
            if (end - from >= 0.7) {
                rect(html, from, end, "l-" + stretch.condition().label());
                html.leaf("title", tip(stretch, end - from)).close("rect");
                overlay(html, stretch.condition(), from, end - from);
                drawnTo = end;
            }
        }
        for (Window stale : agent.silence().stale()) {
            rect(html, x(stale.from()), x(stale.until()), "l-hush");
            html.leaf("title", "silent for too long").close("rect");
        }
        html.close("svg");
    }

    private static void rect(Html html, double from, double until, String style) {
        html.open("rect", "class", style, "x", number(from), "width", number(until - from), "height", "16");
    }

    /** A mark over the colour, where mixing states up would matter. */
    private static void overlay(Html html, Condition condition, double x, double width) {
        String mark = switch (condition) {
            case BLOCKED, REJECTED -> "stripes";
            case ERROR -> "crosses";
            case WAITING -> "dots";
            case UNKNOWN, OFFLINE -> "bars";
            default -> null;
        };
        if (mark != null) {
            html.open(
                            "rect",
                            "class",
                            "over",
                            "fill",
                            "url(#p-" + mark + ")",
                            "x",
                            number(x),
                            "width",
                            number(width),
                            "height",
                            "16")
                    .close("rect");
        }
    }

    private static String tip(Stretch stretch, double width) {
        return width < TIP
                ? stretch.condition().label()
                : stretch.condition().label() + " for " + Shown.duration(stretch.length()) + ", from "
                        + Shown.time(stretch.from()) + " to " + Shown.time(stretch.until());
    }

    /** How long in each state, the longest first, in words. */
    static String words(AgentId agent, Map<Condition, Duration> times) {
        List<String> parts = times.entrySet().stream()
                .filter(time -> !time.getValue().isZero())
                .sorted(Map.Entry.<Condition, Duration>comparingByValue().reversed())
                .map(time -> time.getKey().label() + " " + Shown.duration(time.getValue()))
                .toList();
        return agent + ": " + (parts.isEmpty() ? "nothing recorded" : String.join(", ", parts));
    }

    /** Where time is, below the lanes. */
    void axis(Html html) {
        html.open("div", "class", "axis soft", "aria-hidden", "true");
        for (int quarter = 0; quarter <= 4; quarter++) {
            Instant time =
                    window.from().plus(window.length().multipliedBy(quarter).dividedBy(4));
            html.leaf("span", quarter == 4 ? "now" : tick(time));
        }
        html.close("div");
    }

    private String tick(Instant time) {
        String text = time.toString();
        if (window.length().compareTo(Duration.ofMinutes(10)) < 0) {
            return text.substring(11, 19);
        }
        return window.days() <= 1.01 ? text.substring(11, 16) : text.substring(5, 10) + " " + text.substring(11, 16);
    }

    /** The patterns that lanes are filled with; once on a page. */
    static void patterns(Html html) {
        html.open("svg", "class", "defs", "aria-hidden", "true", "width", "0", "height", "0")
                .open("defs");
        pattern(html, "stripes", "M-2 6L6 -2M2 10L10 2");
        pattern(html, "crosses", "M0 0L8 8M8 0L0 8");
        pattern(html, "bars", "M4 0V8");
        pattern(html, "dots", "M3 4h2");
        html.close("defs").close("svg");
    }

    private static void pattern(Html html, String name, String path) {
        html.open("pattern", "id", "p-" + name, "width", "8", "height", "8", "patternUnits", "userSpaceOnUse")
                .open("path", "class", "mark", "d", path)
                .close("path")
                .close("pattern");
    }

    /** What of all conditions occurs. */
    static void legend(Html html, List<AgentFigures> agents) {
        Set<Condition> occurring = EnumSet.noneOf(Condition.class);
        agents.forEach(agent -> agent.stretches().forEach(stretch -> occurring.add(stretch.condition())));
        occurring.remove(Condition.UNRECORDED);
        html.open("ul", "class", "legend soft", "aria-label", "Colours of the lanes");
        for (Condition condition : occurring) {
            html.open("li")
                    .open("svg", "viewBox", "0 0 22 16", "aria-hidden", "true")
                    .open("rect", "class", "l-" + condition.label(), "width", "22", "height", "16")
                    .close("rect");
            overlay(html, condition, 0, 22);
            html.close("svg").text(condition.label()).close("li");
        }
        html.close("ul");
    }
}
