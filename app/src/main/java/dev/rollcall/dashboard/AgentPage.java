package dev.rollcall.dashboard;

import dev.rollcall.answers.KnownAgent;
import dev.rollcall.app.Hindsight;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.Rollcall;
import dev.rollcall.dashboard.Layout.Frame;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.StatusField;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Condition;
import dev.rollcall.report.Report;
import dev.rollcall.report.Stretch;
import dev.rollcall.report.VersionDocument;
import dev.rollcall.report.Window;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything about one agent. */
final class AgentPage {
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int VERSIONS = 25;

    private final Layout layout;
    private final OpenSwarm swarm;

    AgentPage(Layout layout, OpenSwarm swarm) {
        this.layout = layout;
        this.swarm = swarm;
    }

    /**
     * What somebody asks beside the page itself.
     *
     * @param from a version to compare with, as it was typed; null for the one before
     * @param to the version to compare; null where nothing is compared
     * @param blame a field; null for none
     */
    record Question(
            @Nullable String from,
            @Nullable String to,
            @Nullable String blame) {}

    Html draw(AgentId agent, Roster roster, Trust trust, Question question) {
        Member member = roster.find(agent);
        Html html = new Html();
        Lanes.patterns(html);
        swarm.rolls().ask(rollcall -> {
            Hindsight hindsight = KnownAgent.past(rollcall, agent);
            head(html, agent, member, roster.at());
            AgentPast past = new AgentPast(agent, rollcall, hindsight);
            past.asked(html, question);
            lane(html, agent, rollcall, roster.at());
            html.open("div", "class", "columns").open("div", "class", "main");
            rejected(html, rollcall, agent);
            document(html, hindsight, agent);
            html.close("div").open("div", "class", "aside");
            findings(html, member);
            past.forms(html, question);
            past.versions(html, VERSIONS);
            html.open(
                            "section",
                            "class",
                            "panel",
                            "id",
                            "similar",
                            "data-load",
                            "/api/v1" + Shown.path(agent) + "/similar",
                            "aria-labelledby",
                            "h-similar")
                    .leaf("h2", "Similar agents", "id", "h-similar")
                    .leaf("p", "Looking\u2026", "class", "soft", "role", "status")
                    .close("section");
            html.close("div").close("div");
            return true;
        });
        boolean isOld = roster.look().trouble() != null;
        return layout.page(
                new Frame(Html.cut(agent.value(), 60), "agent", List.of("roll.js"), isOld, roster.at()), trust, html);
    }

    private static void head(Html html, AgentId agent, @Nullable Member member, Instant now) {
        html.open(
                "section",
                "class",
                "head-of",
                "id",
                "agent",
                "data-agent",
                agent.value(),
                "data-live",
                "",
                "aria-labelledby",
                "h-agent");
        html.leaf("h1", Html.cut(agent.value(), 128), "id", "h-agent");
        if (member == null) {
            html.leaf("p", "Not on the roll any more; what follows is its past.", "class", "soft")
                    .close("section");
            return;
        }
        String role = member.text(StatusField.AGENT_NAME);
        if (!role.isEmpty() && !role.equals(agent.value())) {
            html.capped("p", role, 120, "soft role");
        }
        html.open("dl", "class", "facts").open("div").leaf("dt", "State").open("dd");
        Row.chip(html, member.state());
        html.close("dd").close("div");
        fact(html, "It says", member.text(StatusField.STATUS), "code");
        html.open("div").leaf("dt", "Fresh").open("dd");
        Row.fresh(html, member.observation(), now, null);
        html.close("dd").close("div");
        fact(html, "Mission", member.text(StatusField.CURRENT_MISSION), "span");
        fact(html, "Priority", member.text(StatusField.MISSION_PRIORITY), "span");
        fact(html, "Focus", member.text(StatusField.CURRENT_FOCUS), "span");
        fact(html, "Phase", member.text(StatusField.CURRENT_PHASE), "span");
        fact(html, "Cycle", Shown.number(member.columns().cycleCount().orElse(null)), "span");
        fact(html, "Points", Shown.number(member.columns().pointsEarned().orElse(null)), "span");
        fact(html, "Lag", Row.lag(member.observation().lag()), "span");
        Duration cadence = member.observation().cadence();
        fact(html, "Reports every", cadence == null ? "" : Shown.duration(cadence), "span");
        fact(html, "Revision", "r" + member.observation().entry().revision(), "span");
        html.close("dl");
        if (member.need().isAny()) {
            html.leaf("h2", "Needs you", "class", "sr").open("div", "class", "cards one");
            Card.draw(html, member, now);
            html.close("div");
        }
        html.close("section");
    }

    private static void fact(Html html, String name, String value, String tag) {
        if (!value.isEmpty()) {
            html.open("div").leaf("dt", name).open("dd");
            html.capped(tag, value, 300, "value").close("dd").close("div");
        }
    }

    private static void lane(Html html, AgentId agent, Rollcall rollcall, Instant now) {
        Instant from = now.minus(LONGEST);
        Report report = rollcall.report(agent, new Window(from, now), from, Map.of());
        html.open("section", "class", "panel", "id", "lane", "data-live", "", "aria-labelledby", "h-lane")
                .leaf("h2", "What it was at", "id", "h-lane");
        List<AgentFigures> figures = report.agents();
        Instant begin = figures.stream()
                .flatMap(each -> each.stretches().stream())
                .filter(stretch -> stretch.condition() != Condition.UNRECORDED)
                .map(Stretch::from)
                .findFirst()
                .orElse(now);
        if (figures.isEmpty() || !begin.isBefore(now)) {
            html.leaf("p", "Nothing is recorded of the last 30 days.", "class", "soft");
        } else {
            AgentFigures one = figures.getFirst();
            Lanes lanes = new Lanes(new Window(begin, now));
            lanes.lane(html, one, Lanes.words(agent, one.times()));
            lanes.axis(html);
            Lanes.legend(html, figures);
            times(html, one);
        }
        html.close("section");
    }

    private static void times(Html html, AgentFigures one) {
        html.open("p", "class", "soft");
        String separator = "";
        for (Map.Entry<Condition, Duration> time : one.times().entrySet()) {
            if (time.getKey() != Condition.UNRECORDED && !time.getValue().isZero()) {
                html.text(separator + time.getKey().label() + " " + Shown.duration(time.getValue()));
                separator = " \u00b7 ";
            }
        }
        html.close("p");
    }

    private static void rejected(Html html, Rollcall rollcall, AgentId agent) {
        RollItem.Rejection rejection = rollcall.rejection(agent).orElse(null);
        if (rejection != null) {
            RejectedDocument document = rejection.document();
            html.open("section", "class", "panel n-rejected", "id", "rejected", "data-live", "")
                    .leaf("h2", "The file as it is now, rejected");
            Excerpt.draw(html, rejection, document);
            html.close("section");
        }
    }

    private static void document(Html html, Hindsight hindsight, AgentId agent) {
        html.open("section", "class", "panel", "id", "document", "data-live", "", "aria-labelledby", "h-document")
                .leaf("h2", "Last good document", "id", "h-document");
        List<Revision> versions = hindsight.inForce(agent);
        if (versions.isEmpty()) {
            html.leaf("p", "No version of its file was ever good.", "class", "soft")
                    .close("section");
            return;
        }
        switch (hindsight.document(agent, versions.getLast())) {
            case VersionDocument.Illegible(String reason) ->
                html.leaf("p", "It can not be read: " + reason, "class", "bad");
            case VersionDocument.Legible(var readable) -> {
                html.open("pre", "class", "json", "tabindex", "0", "aria-label", "Last good document");
                boolean isCut = Pretty.draw(html, readable.root());
                html.close("pre");
                if (isCut) {
                    html.open("p", "class", "soft")
                            .text("It is longer than a page should be. ")
                            .leaf("a", "All of it", "href", "/api/v1" + Shown.path(agent) + "/status")
                            .close("p");
                }
            }
        }
        html.close("section");
    }

    private static void findings(Html html, @Nullable Member member) {
        if (member == null || member.observation().findings().isEmpty()) {
            return;
        }
        html.open("section", "class", "panel", "id", "findings", "data-live", "", "aria-labelledby", "h-findings")
                .leaf("h2", "Findings", "id", "h-findings")
                .open("ul", "class", "findings");
        for (Finding finding : member.observation().findings()) {
            html.open("li")
                    .leaf("code", finding.code(), "class", "code")
                    .text(finding.member().isEmpty() ? " " : " " + Html.cut(finding.member(), 80) + ": ")
                    .capped("span", finding.message(), 300, "finding")
                    .close("li");
        }
        html.close("ul").close("section");
    }
}
