package dev.rollcall.dashboard;

import dev.rollcall.dashboard.Layout.Frame;
import dev.rollcall.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Who needs somebody, then everyone. */
final class RollPage {
    private static final List<Column> COLUMNS = List.of(
            new Column("agent", "Agent", "c-who"),
            new Column("state", "State", "c-state"),
            new Column("mission", "Mission and focus", "c-work"),
            new Column("fresh", "Fresh", "c-fresh"),
            new Column("cycle", "Cycle", "n c-cycle"),
            new Column("lag", "Lag", "n c-lag"),
            new Column("points", "Points", "n c-points"),
            new Column("blockers", "Blockers", "c-blockers"));

    private final Layout layout;
    private final Pieces cards = new Pieces();
    private final Pieces rows = new Pieces();

    RollPage(Layout layout) {
        this.layout = layout;
    }

    private record Column(String key, String name, String style) {
        /** Numbers; the others begin with the least. */
        boolean isMostFirst() {
            return style.startsWith("n ") || key.equals("blockers");
        }
    }

    /** @param version what the live stream goes on from */
    Html draw(Roster roster, Trust trust, View view, String version) {
        Instant now = roster.at();
        Problem trouble = roster.look().trouble();
        Html html = new Html();
        html.leaf("h1", "Roll", "class", "sr");
        html.open("div", "id", "roll", "data-version", version);
        Counts.draw(html, roster, view);
        if (roster.members().isEmpty() && trouble == null) {
            empty(html);
        }
        search(html, view);
        needs(html, roster);
        everyone(html, roster, view);
        html.close("div");
        html.leaf(
                "p",
                "What an agent says, the state that follows of it, and how fresh that is are three things; none overwrites"
                        + " another. Keys: / to search, j and k to move, Enter to open, Esc to clear.",
                "class",
                "foot soft");
        return layout.page(
                new Frame(
                        "Roll, " + Shown.counted(roster.present(), "agent"),
                        "/",
                        List.of("roll.js"),
                        trouble != null,
                        now),
                trust,
                html);
    }

    private static void empty(Html html) {
        html.open("section", "class", "empty", "aria-labelledby", "h-empty")
                .leaf("h2", "Nobody is on the roll yet", "id", "h-empty")
                .open("p")
                .text("Each agent writes a ")
                .leaf("code", "status.json")
                .text(" into a folder of its own below the workspaces root. As soon as the first one is there, it"
                        + " appears here.")
                .close("p")
                .open("p")
                .text("To see what a swarm looks like: ")
                .leaf("code", "rollcall up --demo")
                .close("p")
                .open("p")
                .text("To begin one by hand: ")
                .leaf("code", "rollcall start-cycle --agent Agent-1")
                .close("p")
                .close("section");
    }

    private static void search(Html html, View view) {
        html.open("form", "class", "ask", "role", "search", "method", "get", "action", "/")
                .leaf("label", "Find agents by name, words or meaning", "class", "sr", "for", "q")
                .open(
                        "input",
                        "id",
                        "q",
                        "name",
                        "q",
                        "type",
                        "search",
                        "autocomplete",
                        "off",
                        "spellcheck",
                        "false",
                        "placeholder",
                        "Who knows the payment webhooks?   Who is free for a dashboard task?",
                        "value",
                        view.text(),
                        "aria-describedby",
                        "found")
                .leaf("kbd", "/", "aria-hidden", "true")
                .leaf("p", "", "id", "found", "class", "found soft", "role", "status")
                .close("form");
    }

    private void needs(Html html, Roster roster) {
        List<Member> needy = roster.needy();
        html.open(
                        "section",
                        "id",
                        "needs",
                        "class",
                        needy.isEmpty() ? "needs none" : "needs",
                        "aria-labelledby",
                        "h-needs")
                .leaf("h2", "Needs you", "id", "h-needs")
                .leaf("p", "Nobody is rejected, blocked, stale or contradicts itself.", "class", "calm soft")
                .open("div", "id", "cards", "class", "cards");
        cards.draw(
                html,
                needy,
                member -> Card.age(member, roster.at()),
                (card, member) -> Card.draw(card, member, roster.at()));
        html.close("div")
                .leaf("button", "Show all", "id", "more", "type", "button", "class", "more", "hidden", "")
                .close("section");
    }

    private void everyone(Html html, Roster roster, View view) {
        html.open("section", "class", "everyone", "aria-labelledby", "h-all")
                .open("h2", "id", "h-all")
                .text("Everyone ")
                .leaf("span", "", "id", "shown", "class", "count")
                .close("h2")
                .open("div", "id", "table", "class", "table", "role", "table", "aria-labelledby", "h-all")
                .open("div", "class", "heads", "role", "rowgroup")
                .open("div", "class", "head", "role", "row");
        for (Column column : COLUMNS) {
            head(html, column, view);
        }
        html.close("div").close("div").open("div", "id", "rows", "role", "rowgroup");
        Function<Member, String> style = member -> view.has(member) ? "" : "off";
        rows.draw(
                html,
                view.sorted(roster.members()),
                member -> style.apply(member) + Row.ages(member, roster.at()),
                (row, member) -> Row.draw(row, member, roster.at(), style.apply(member)));
        html.close("div").close("div").close("section");
    }

    private static void head(Html html, Column column, View view) {
        boolean isChosen = view.sort().equals(column.key())
                || view.sort().isEmpty() && column.key().equals("agent");
        boolean isReversed = view.sort().equals("-" + column.key());
        html.open(
                        "div",
                        "role",
                        "columnheader",
                        "class",
                        column.style(),
                        "aria-sort",
                        isChosen || isReversed ? column.isMostFirst() == isChosen ? "descending" : "ascending" : null)
                .leaf(
                        "a",
                        column.name(),
                        "href",
                        view.with("sort", isChosen ? "-" + column.key() : column.key()),
                        "data-sort",
                        column.key())
                .close("div");
    }
}
