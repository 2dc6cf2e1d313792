package dev.rollcall.cli;

import dev.rollcall.answers.OverlapsAnswer;
import dev.rollcall.app.Amount;
import dev.rollcall.app.SwarmSearch;
import dev.rollcall.app.SwarmSearch.Overlapped;
import dev.rollcall.app.SwarmSearch.Overlapping;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Overlaps;
import dev.rollcall.search.RollPassages.FoundPassage;
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
    /** Two of them, and how fresh they are, fit a terminal. */
    private static final int WIDEST_NAME = 28;

    OverlapsCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Overlapped found = here(SwarmSearch::overlaps);
        root().print(root().isJson() ? OverlapsAnswer.json(found) + "\n" : text(found.pairs()));
        if (found.more() > 0) {
            root().terminal()
                    .warn(Amount.of(found.more(), "more pair", "more pairs") + ", none liker than the " + Overlaps.MOST
                            + " that are told; much of what agents write is much the same");
        }
        return FINE;
    }

    private String text(List<Overlapping> pairs) {
        if (pairs.isEmpty()) {
            return "Nobody does what somebody else does.\n";
        }
        StringBuilder text = new StringBuilder();
        list(
                text,
                pairs,
                both -> figure(both.pair().score()) + "  " + who(both.pair().first(), both.first()) + " and "
                        + who(both.pair().second(), both.second()) + "\n"
                        + line(both.pair().first()) + "\n"
                        + line(both.pair().second()));
        return text.toString();
    }

    private static String who(FoundPassage passage, Freshness freshness) {
        return TerminalText.cut(passage.agent().value(), WIDEST_NAME) + " " + freshness;
    }

    private static String line(FoundPassage passage) {
        return TerminalText.cut("    " + passage.agent() + ": " + passage.text(), Table.WIDTH);
    }
}
