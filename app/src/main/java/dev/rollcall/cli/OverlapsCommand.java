package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.SwarmSearch;
import dev.rollcall.search.Overlaps;
import dev.rollcall.search.Overlaps.Found;
import dev.rollcall.search.Overlaps.Pair;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code overlaps}. */
@Command(
        name = "overlaps",
        description = {
            "Agents that do the same work now, by their missions and current tasks.",
            "Exit code 0, whether there are any or not."
        },
        footer = {"", "Example: rollcall overlaps --json"})
final class OverlapsCommand extends FindingVerb {
    OverlapsCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Found found = here(SwarmSearch::overlaps);
        root().print(root().isJson() ? json(found) : text(found.pairs()));
        if (found.more() > 0) {
            root().terminal()
                    .warn("there are " + found.more() + " more pairs, none liker than the " + Overlaps.MOST
                            + " that are told; much of what agents write is much the same");
        }
        return FINE;
    }

    private static String json(Found found) {
        return JsonOutput.object(json -> json.objects(
                                "pairs",
                                found.pairs(),
                                (member, pair) -> member.texts(
                                                "agents",
                                                List.of(
                                                        pair.first().agent().value(),
                                                        pair.second().agent().value()))
                                        .decimal("score", rounded(pair.score()))
                                        .texts(
                                                "texts",
                                                List.of(
                                                        pair.first().text(),
                                                        pair.second().text()))
                                        .texts(
                                                "fields",
                                                List.of(
                                                        pair.first().field(),
                                                        pair.second().field())))
                        .number("more", found.more()))
                + "\n";
    }

    private String text(List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return "Nobody does what somebody else does.\n";
        }
        StringBuilder text = new StringBuilder();
        list(
                text,
                pairs,
                pair -> figure(pair.score()) + "  "
                        + TerminalText.cut(
                                pair.first().agent() + " and " + pair.second().agent(), 70) + "\n"
                        + line(pair.first().agent().value(), pair.first().text()) + "\n"
                        + line(pair.second().agent().value(), pair.second().text()));
        return text.toString();
    }

    private static String line(String agent, String text) {
        return TerminalText.cut("    " + agent + ": " + text, Table.WIDTH);
    }
}
