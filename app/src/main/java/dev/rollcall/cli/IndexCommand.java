package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Amount;
import dev.rollcall.app.SearchSession;
import picocli.CommandLine.Command;

/** {@code index}. */
@Command(
        name = "index",
        description = {
            "Brings the search index up to date, whatever it lacks.",
            "Looks at every entry, and gives words and a vector to those that lack them.",
            "What a hand has edited is for sync --force. Ends with 1 without a model."
        },
        footer = {"", "Example: rollcall index"})
final class IndexCommand extends Verb {
    IndexCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        try (SearchSession session = root().rollcall().searching().session()) {
            session.examine();
            Done done = drain(session);
            root().print(root().isJson() ? json(done, session) : text(done));
            session.notices().forEach(root().terminal()::warn);
            return attention(session.notices().isEmpty());
        }
    }

    private record Done(long agents, long texts) {}

    private Done drain(SearchSession session) {
        return progressing("index", progress -> {
            long[] agents = {0};
            long texts = session.drain(
                    (done, total, embedded) -> {
                        agents[0] = done;
                        progress.at(Math.toIntExact(done), Math.toIntExact(total));
                    },
                    () -> false);
            return new Done(agents[0], texts);
        });
    }

    private static String json(Done done, SearchSession session) {
        return JsonOutput.object(json -> json.number("agents", done.agents())
                        .number("embedded", done.texts())
                        .texts("notices", session.notices()))
                + "\n";
    }

    private static String text(Done done) {
        return Shapes.agents(Math.toIntExact(done.agents())) + " brought up to date, "
                + Amount.of(done.texts(), "text", "texts") + " embedded\n";
    }
}
