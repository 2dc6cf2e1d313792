package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Amount;
import dev.rollcall.store.RollCopy.Copied;
import dev.rollcall.store.SqlStore;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "copy",
        header = "Copies the whole roll of a swarm into another database.",
        description = {
            "Versions byte for byte with their times, rows, rejected documents, gaps and events, between SQLite and"
                    + " PostgreSQL in either direction. Everything is compared at the end of each agent. A copy that was"
                    + " interrupted goes on where it ended; what is there already and the same is left alone, and"
                    + " anything else is refused. End the watches of both before. The search's vectors are made anew by"
                    + " rollcall index."
        },
        footer = {"", "Example: rollcall copy --from .rollcall/roll.db --to jdbc:postgresql://db.example/rollcall"})
final class CopyCommand extends Verb {
    @Option(names = "--from", required = true, paramLabel = "URL", description = "The database to copy; not changed.")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "URL", description = "Where to; made where there is none.")
    private String to = "";

    CopyCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        if (root().rollcall().upkeep().isWatched(to)) {
            root().terminal()
                    .warn("a watch over " + SqlStore.shown(to)
                            + " is running; what it records meanwhile may stand in the"
                            + " way of the copy, or be newer than it: end it before");
        }
        Copied copied = copied();
        root().println(root().isJson() ? json(copied) : text(copied));
        return attention(copied.lost().isEmpty());
    }

    private Copied copied() {
        return progressing("copy", progress -> root().rollcall().upkeep().copy(from, to, progress::at));
    }

    private static String json(Copied copied) {
        return JsonOutput.object(json -> json.number("agents", copied.agents())
                .number("already_there", copied.there())
                .number("compared", copied.things())
                .number("events", copied.events())
                .number("raised_by", copied.raisedBy())
                .texts("lost", copied.lost()));
    }

    private static String text(Copied copied) {
        List<String> lines = new ArrayList<>();
        lines.add(Shapes.agents(copied.agents())
                + (copied.there() == 0 ? "" : ", of them " + copied.there() + " already there") + ": "
                + Amount.of(copied.things(), "thing", "things") + " and "
                + Amount.of(copied.events(), "event", "events") + " are the same in both");
        if (copied.raisedBy() > 0) {
            lines.add("revisions were raised by " + copied.raisedBy() + ", because the database had given out numbers");
        }
        copied.lost().forEach(lost -> lines.add(Shapes.label("lost") + TerminalText.safe(lost)));
        lines.add("next: rollcall sync --all with --db naming the new database, then rollcall index");
        return String.join("\n", lines);
    }
}
