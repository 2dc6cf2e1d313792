package dev.rollcall.dashboard;

import dev.rollcall.answers.BlameAnswer;
import dev.rollcall.answers.DiffAnswer;
import dev.rollcall.app.Hindsight;
import dev.rollcall.app.Rollcall;
import dev.rollcall.dashboard.AgentPage.Question;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonText;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.Blame;
import dev.rollcall.report.FieldReader;
import dev.rollcall.report.MemberChange;
import dev.rollcall.report.VersionDocument;
import dev.rollcall.roll.Revision;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An agent's versions: which there are, how two differ, and which one set a field. For one page. */
final class AgentPast {
    private static final int VALUE = 400;
    private static final int EARLIER = 10;
    private static final int MOST_CHANGES = 200;

    private final AgentId agent;
    private final Rollcall rollcall;
    private final Hindsight hindsight;

    AgentPast(AgentId agent, Rollcall rollcall, Hindsight hindsight) {
        this.agent = agent;
        this.rollcall = rollcall;
        this.hindsight = hindsight;
    }

    /**
     * The answer to what somebody asks, first of all.
     *
     * @throws ProblemException for a version, time or field that is none
     */
    void asked(Html html, Question question) {
        String to = question.to();
        String blame = question.blame();
        if (to != null || question.from() != null) {
            diff(html, DiffAnswer.of(rollcall, agent, question.from(), to == null ? "now" : to));
        }
        if (blame != null) {
            blame(html, BlameAnswer.of(rollcall, agent, blame, EARLIER));
        }
    }

    private void diff(Html html, DiffAnswer diff) {
        html.open("section", "class", "panel answer", "id", "diff", "aria-labelledby", "h-diff")
                .open("h2", "id", "h-diff")
                .text("From r" + diff.earlier().revision() + " ("
                        + Shown.time(diff.earlier().observedAt()) + ") to r"
                        + diff.later().revision() + " ("
                        + Shown.time(diff.later().observedAt()) + ")")
                .close("h2");
        if (diff.changes().isEmpty()) {
            html.leaf("p", "They say the same.", "class", "soft");
        }
        html.open("dl", "class", "changes");
        for (MemberChange change : diff.changes().stream().limit(MOST_CHANGES).toList()) {
            html.open("div", "class", "d-" + change.kind().label())
                    .open("dt")
                    .leaf("code", Html.cut(change.path(), 120))
                    .text(" " + change.kind().label().replace('_', ' '))
                    .close("dt");
            if (change.before() != null) {
                html.open("dd")
                        .leaf("span", "\u2212 ", "class", "sign")
                        .leaf("del", Pretty.brief(change.before(), VALUE))
                        .close("dd");
            }
            if (change.after() != null) {
                html.open("dd")
                        .leaf("span", "+ ", "class", "sign")
                        .leaf("ins", Pretty.brief(change.after(), VALUE))
                        .close("dd");
            }
            html.close("div");
        }
        html.close("dl");
        if (diff.changes().size() > MOST_CHANGES) {
            html.leaf("p", "and " + (diff.changes().size() - MOST_CHANGES) + " more", "class", "soft");
        }
        if (!diff.pruned().isEmpty()) {
            html.leaf("p", "Versions in between were pruned.", "class", "soft");
        }
        html.close("section");
    }

    private void blame(Html html, BlameAnswer answer) {
        html.open("section", "class", "panel answer", "id", "blame", "aria-labelledby", "h-blame")
                .open("h2", "id", "h-blame")
                .text("Who set ")
                .leaf("code", Html.cut(answer.field(), 120))
                .close("h2");
        if (answer.blame().runs().isEmpty()) {
            html.leaf("p", "No version can be read.", "class", "soft");
        }
        html.open("ol", "class", "runs");
        for (Blame.Run run : answer.blame().runs()) {
            html.open("li");
            version(html, run.first());
            html.text(" ")
                    .leaf("ins", Pretty.brief(run.value(), VALUE))
                    .leaf("span", " for " + Shown.counted(run.versions(), "version"), "class", "soft")
                    .close("li");
        }
        html.close("ol");
        if (answer.blame().earlier() != null) {
            html.leaf("p", "It said other things before.", "class", "soft");
        }
        html.close("section");
    }

    /** Where it came from, and what it changed. */
    private void version(Html html, Revision version) {
        html.leaf("a", "r" + version.revision(), "href", "?to=r" + version.revision() + "#diff")
                .leaf("span", " " + Shown.time(version.observedAt()), "class", "soft");
    }

    void forms(Html html, Question question) {
        html.open("section", "class", "panel", "aria-labelledby", "h-ask")
                .leaf("h2", "Compare and trace", "id", "h-ask");
        html.open("form", "method", "get", "class", "line", "action", Shown.path(agent));
        input(html, "from", "From", question.from(), "r12, 2h ago");
        input(html, "to", "to", question.to() == null ? "now" : question.to(), "now");
        html.leaf("button", "Compare", "type", "submit").close("form");
        html.open("form", "method", "get", "class", "line", "action", Shown.path(agent));
        input(html, "blame", "Who set", question.blame(), "current_mission");
        html.open("datalist", "id", "fields");
        fields().limit(200).forEach(field -> html.open("option", "value", field).close("option"));
        html.close("datalist")
                .leaf("button", "Trace", "type", "submit")
                .close("form")
                .close("section");
    }

    private Stream<String> fields() {
        List<Revision> versions = hindsight.inForce(agent);
        Stream<String> members = !versions.isEmpty()
                        && hindsight.document(agent, versions.getLast())
                                instanceof VersionDocument.Legible(var document)
                ? JsonText.members(document.root()).keySet().stream()
                : Stream.of();
        return Stream.concat(FieldReader.columns().map(StatusField::column), members)
                .filter(field -> field.length() <= 80)
                .distinct();
    }

    private static void input(Html html, String name, String label, @Nullable String value, String example) {
        html.leaf("label", label, "for", "i-" + name)
                .open(
                        "input",
                        "id",
                        "i-" + name,
                        "name",
                        name,
                        "value",
                        value == null ? "" : value,
                        "placeholder",
                        example,
                        "list",
                        name.equals("blame") ? "fields" : null,
                        "autocomplete",
                        "off",
                        "required",
                        name.equals("from") ? null : "");
    }

    /** The newest ones. */
    void versions(Html html, int most) {
        html.open("section", "class", "panel", "id", "versions", "data-live", "", "aria-labelledby", "h-versions")
                .leaf("h2", "Recent versions", "id", "h-versions")
                .open("div", "class", "wide", "tabindex", "0", "role", "group", "aria-labelledby", "h-versions")
                .open("table")
                .open("thead")
                .open("tr");
        for (String name : List.of("Version", "Seen", "State", "It says", "Cycle", "Points")) {
            html.leaf("th", name, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody");
        for (Revision version : rollcall.roll().latest(agent, most).reversed()) {
            StatusColumns columns = version.columns();
            html.open("tr")
                    .open("th", "scope", "row")
                    .leaf(
                            "a",
                            "r" + version.revision(),
                            "href",
                            "?to=r" + version.revision() + "#diff",
                            "title",
                            "What it changed")
                    .close("th")
                    .leaf("td", Shown.time(version.observedAt()).replace(" UTC", ""))
                    .open("td");
            Row.chip(html, columns.state());
            html.close("td")
                    .open("td")
                    .capped("code", columns.text(StatusField.STATUS).orElse(""), 40, "said")
                    .close("td")
                    .leaf("td", Shown.number(columns.cycleCount().orElse(null)), "class", "n")
                    .leaf("td", Shown.number(columns.pointsEarned().orElse(null)), "class", "n")
                    .close("tr");
        }
        html.close("tbody").close("table").close("div").close("section");
    }
}
