package dev.rollcall.dashboard;

import dev.rollcall.dashboard.Layout.Frame;
import dev.rollcall.dashboard.Tables.Part;
import dev.rollcall.document.AgentId;
import dev.rollcall.report.Activity;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import dev.rollcall.report.Waits;
import dev.rollcall.report.WaitsFor;
import dev.rollcall.report.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** What the swarm did over time. */
final class SwarmPage {
    private static final int LANES = 150;
    private static final int MOST = 40;

    private final Layout layout;

    SwarmPage(Layout layout) {
        this.layout = layout;
    }

    /** @param since where it begins, as it was asked for */
    Html draw(Report report, Roster roster, Trust trust, String since) {
        Html html = new Html();
        Lanes.patterns(html);
        html.leaf("h1", "Swarm", "class", "sr");
        windows(html, report, since);
        figures(html, report);
        lanes(html, report);
        Tables.open(html, "points", "Points over time", Part.STILL);
        html.open("div", "id", "chart", "class", "chart", "data-chart", "/swarm/data?since=" + Shown.encoded(since))
                .leaf("p", "Drawn by script; the leaderboard tells the same in numbers.", "class", "soft")
                .close("div")
                .close("section");
        html.open("div", "class", "columns even").open("div");
        leaderboard(html, report);
        html.close("div").open("div");
        waits(html, report.waits());
        html.open(
                        "section",
                        "class",
                        "panel",
                        "id",
                        "overlaps",
                        "data-load",
                        "/api/v1/overlaps",
                        "aria-labelledby",
                        "h-overlaps")
                .leaf("h2", "Who may do the same", "id", "h-overlaps")
                .leaf("p", "Looking\u2026", "class", "soft", "role", "status")
                .close("section");
        html.close("div").close("div");
        String caveat = Words.caveat(report);
        html.leaf("p", caveat.isEmpty() ? "All times are UTC." : "All times are UTC. " + caveat, "class", "foot soft");
        return layout.page(
                new Frame(
                        "Swarm",
                        "/swarm",
                        List.of("uplot.css", "uplot.js", "charts.js", "roll.js"),
                        roster.look().trouble() != null,
                        roster.at()),
                trust,
                html);
    }

    private static void windows(Html html, Report report, String since) {
        html.open("div", "class", "windows");
        html.open("nav", "aria-label", "Since when");
        for (String window : List.of("3h", "24h", "7d")) {
            html.leaf(
                    "a",
                    "last " + window.replace("h", " h").replace("d", " d"),
                    "href",
                    "?since=" + window,
                    "class",
                    "pick",
                    "aria-current",
                    window.equals(since) ? "true" : null);
        }
        html.close("nav")
                .leaf(
                        "p",
                        Words.time(report.window().from()) + " to now, "
                                + Shown.duration(report.window().length()),
                        "class",
                        "soft")
                .close("div");
    }

    private static void figures(Html html, Report report) {
        html.open("dl", "class", "figures may-be-old");
        figure(html, Numbers.shown(report.present().size()), "agents");
        figure(html, report.utilisation().map(Numbers::percent).orElse(Shown.NOTHING), "of the recorded time at work");
        figure(html, Numbers.shown(report.points()), "points gained");
        figure(html, Numbers.shown(report.tasks()), "tasks completed");
        figure(html, Numbers.shown(report.cycles()), "cycles");
        html.close("dl");
    }

    private static void figure(Html html, String value, String label) {
        html.open("div").leaf("dd", value).leaf("dt", label).close("div");
    }

    private static void lanes(Html html, Report report) {
        Tables.open(html, "lanes", "What everyone was at", Part.LIVE);
        if (report.agents().isEmpty()) {
            html.leaf("p", "Nobody was there in this time.", "class", "soft").close("section");
            return;
        }
        Lanes lanes = new Lanes(report.window());
        html.open("ul", "class", "lanes");
        for (AgentFigures agent : report.agents().stream().limit(LANES).toList()) {
            html.open("li");
            TrustPage.link(html, agent.agent());
            lanes.lane(html, agent, Lanes.words(agent.agent(), agent.times()));
            html.leaf(
                            "span",
                            agent.reason().toLowerCase(Locale.ROOT),
                            "class",
                            agent.needsAttention() ? "now alarm" : "now soft")
                    .close("li");
        }
        html.close("ul");
        lanes.axis(html);
        Lanes.legend(html, report.agents());
        if (report.agents().size() > LANES) {
            html.leaf(
                    "p",
                    Words.counted(report.agents().size() - LANES, "agent") + " that need less attention are left out.",
                    "class",
                    "soft");
        }
        html.close("section");
    }

    private static void leaderboard(Html html, Report report) {
        Tables.open(html, "leaderboard", "Leaderboard", Part.STILL);
        List<AgentFigures> leaders = report.leaderboard();
        if (leaders.isEmpty()) {
            html.leaf("p", "Nobody gained points or completed tasks in this time.", "class", "soft")
                    .close("section");
            return;
        }
        double most = Math.max(1, leaders.getFirst().activity().pointsGained().doubleValue());
        Tables.head(html, "Leaderboard", "Agent", "#Points", "Share", "#Tasks", "#Cycles");
        for (AgentFigures agent : leaders.stream().limit(MOST).toList()) {
            Activity activity = agent.activity();
            html.open("tr").open("th", "scope", "row");
            TrustPage.link(html, agent.agent());
            html.close("th")
                    .leaf("td", Numbers.shown(activity.pointsGained()), "class", "n")
                    .open("td")
                    .open(
                            "svg",
                            "class",
                            "bar f-live",
                            "viewBox",
                            "0 0 100 4",
                            "preserveAspectRatio",
                            "none",
                            "aria-hidden",
                            "true")
                    .open("rect", "class", "track", "width", "100", "height", "4")
                    .close("rect")
                    .open(
                            "rect",
                            "class",
                            "left",
                            "height",
                            "4",
                            "width",
                            Long.toString(
                                    Math.round(100 * activity.pointsGained().doubleValue() / most)))
                    .close("rect")
                    .close("svg")
                    .close("td")
                    .leaf("td", Numbers.shown(activity.tasks().size()), "class", "n")
                    .leaf("td", Numbers.shown(activity.cyclesGained()), "class", "n")
                    .close("tr");
        }
        Tables.end(html);
        html.close("section");
    }

    private static void waits(Html html, Waits waits) {
        Tables.open(html, "waits", "Who waits for whom", Part.STILL);
        if (waits.waits().isEmpty()) {
            html.leaf("p", "Nobody's blocker names another agent.", "class", "soft")
                    .close("section");
            return;
        }
        for (List<AgentId> circle : waits.circles()) {
            html.open("p", "class", "bad")
                    .text("\u21bb Circular wait: " + Html.cut(Words.circle(circle), 300))
                    .close("p");
        }
        Tables.head(html, "Waits", "Agent", "Waits for", "Because");
        for (WaitsFor wait : waits.waits().stream().limit(MOST).toList()) {
            boolean isCircular = waits.circles().stream()
                    .anyMatch(circle -> new HashSet<>(circle).containsAll(List.of(wait.waiting(), wait.awaited())));
            html.open("tr").open("th", "scope", "row");
            TrustPage.link(html, wait.waiting());
            html.close("th").open("td");
            html.text(isCircular ? "\u21bb " : "\u2192 ");
            TrustPage.link(html, wait.awaited());
            html.close("td").capped("td", wait.blocker(), 160, "t").close("tr");
        }
        Tables.end(html);
        html.close("section");
    }
}
