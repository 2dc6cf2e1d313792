package dev.rollcall.report.page;

import dev.rollcall.document.AgentId;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Condition;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import dev.rollcall.report.SafeText;
import dev.rollcall.report.Words;
import dev.rollcall.roll.Attention;
import java.util.EnumSet;
import java.util.Set;

/**
 * A report as one HTML file that needs nothing else: no script, no network, drawings inline. Every text that an agent
 * wrote is escaped, and its policy forbids everything but its own style.
 */
public final class Page {
    private final Report report;
    private final StringBuilder html = new StringBuilder(1 << 16);

    private Page(Report report) {
        this.report = report;
    }

    public static String of(Report report) {
        Page page = new Page(report);
        page.head();
        page.cards();
        new Sections(report, page.html).attention();
        page.timeline();
        new Sections(report, page.html).changes();
        page.plots();
        new Sections(report, page.html).work();
        page.foot();
        return page.html.toString();
    }

    private void head() {
        AgentId only = report.only();
        String whose = only == null ? "Swarm " + report.swarm() : only.value();
        String when = Words.time(report.window().from()) + " to "
                + Words.time(report.window().until());
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
                .append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
                .append(SafeText.html(whose))
                .append(", ")
                .append(when)
                .append("</title>\n<style>\n")
                .append(Style.CSS)
                .append(Style.fills())
                .append("</style>\n</head>\n<body>\n")
                .append(Style.patterns())
                .append("<main>\n<header>\n<h1>")
                .append(SafeText.html(whose))
                .append("</h1>\n<p class=\"soft\">")
                .append(when)
                .append(", ")
                .append(Numbers.shown(report.window().length()))
                .append("</p>\n</header>\n");
    }

    private void cards() {
        html.append("<ul class=\"cards\">\n");
        card(Numbers.shown(report.present().size()), "agents", "");
        String atWork = Words.atWork(report);
        int share = atWork.indexOf('%') + 1;
        card(
                share == 0 ? "-" : atWork.substring(0, share),
                atWork.substring(share).strip(),
                "");
        card(Numbers.shown(report.points()), "points gained", "");
        card(Numbers.shown(report.tasks()), "tasks completed", "");
        card(Numbers.shown(report.cycles()), "cycles", "");
        long stuck = count(Attention.STUCK) + count(Attention.REJECTED);
        card(Numbers.shown(stuck), "stuck or rejected now", stuck > 0 ? " class=\"alarm\"" : "");
        long stale = count(Attention.STALE);
        card(Numbers.shown(stale), "silent now", stale > 0 ? " class=\"alarm\"" : "");
        html.append("</ul>\n");
    }

    private long count(Attention attention) {
        return report.agents().stream()
                .filter(agent -> agent.attention() == attention)
                .count();
    }

    private void card(String value, String label, String style) {
        html.append("<li")
                .append(style)
                .append("><b>")
                .append(value)
                .append("</b><span>")
                .append(label)
                .append("</span></li>\n");
    }

    private void timeline() {
        html.append("<section class=\"long\" aria-labelledby=\"h-timeline\">\n<h2 id=\"h-timeline\">Timeline</h2>\n")
                .append(
                        "<p class=\"soft\">Who needs attention stands first. Pale, with a red line below: silent for too long.</p>\n")
                .append(Timeline.of(report));
        legend();
        int left = report.agents().size() - Timeline.MOST;
        if (left > 0) {
            html.append("<p class=\"soft\">")
                    .append(Words.counted(left, "agent"))
                    .append(" that need less attention are left out here.</p>\n");
        }
        html.append("<details><summary>Time in each state, as a table</summary>\n");
        new Sections(report, html).times();
        html.append("</details>\n</section>\n");
    }

    /** Only what occurs. */
    private void legend() {
        Set<Condition> occurring = EnumSet.noneOf(Condition.class);
        report.agents().stream()
                .limit(Timeline.MOST)
                .map(AgentFigures::times)
                .forEach(times -> occurring.addAll(times.keySet()));
        html.append("<ul class=\"legend\">");
        for (Condition condition : occurring) {
            html.append("<li><svg viewBox=\"0 0 22 12\" aria-hidden=\"true\"><rect class=\"c-")
                    .append(condition.label())
                    .append("\" width=\"22\" height=\"12\"/></svg>")
                    .append(condition)
                    .append(condition.isTold() ? "" : " (state not known)")
                    .append("</li>");
        }
        html.append("</ul>\n");
    }

    private void plots() {
        plot("points", "Points over time", PointsPlot.of(report));
        plot("shares", "Where the time went, by day", Shares.of(report));
        html.append("<p class=\"soft\">A state counts until the next version, also while its agent is silent.</p>\n");
        new Sections(report, html).days();
        html.append("</section>\n");
        plot("cadence", "Who reported when", HeatMap.of(report));
        int left = report.agents().size() - HeatMap.MOST;
        if (left > 0) {
            html.append("<p class=\"soft\">")
                    .append(Words.counted(left, "agent"))
                    .append(" with fewer versions are left out here.</p>\n");
        }
        html.append("</section>\n");
    }

    /** A section that is still open after its drawing, but for the first. */
    private void plot(String id, String heading, String drawing) {
        html.append("<section aria-labelledby=\"h-")
                .append(id)
                .append("\">\n<h2 id=\"h-")
                .append(id)
                .append("\">")
                .append(heading)
                .append("</h2>\n")
                .append(drawing);
        if (id.equals("points")) {
            html.append("</section>\n");
        }
    }

    private void foot() {
        String caveat = Words.caveat(report);
        html.append("<footer>\n");
        if (!caveat.isEmpty()) {
            html.append("<p class=\"note\">").append(SafeText.html(caveat)).append("</p>\n");
        }
        html.append("<p>").append(Words.POINTS).append("</p>\n");
        html.append("<p>All times are UTC. What each figure means: docs/analytics.md. Made by rollcall report.</p>\n")
                .append("</footer>\n</main>\n</body>\n</html>\n");
    }
}
