package dev.rollcall.cli;

import dev.rollcall.answers.AgentAnswer;
import dev.rollcall.answers.KnownAgent;
import dev.rollcall.app.Hindsight;
import dev.rollcall.app.Observation;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.PastAgent;
import dev.rollcall.document.AgentId;
import dev.rollcall.report.VersionDocument;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Revision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get}. */
@Command(
        name = "get",
        description = "One agent as the roll knows it, or as it was.",
        footer = {"", "Example: rollcall get Agent-7 --at \"2h ago\""})
final class GetCommand extends Verb {
    @Parameters(paramLabel = "ID", description = "The agent's id: the name of its folder.")
    private String agent = "";

    @Option(names = "--at", paramLabel = "T", description = "As it was then: " + LookingBack.FORMS)
    private @Nullable String at;

    GetCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        AgentId id = new AgentId(agent);
        if (at != null) {
            return asItWas(id, at);
        }
        warnOfMissingRoot();
        Observation observation = root().rollcall()
                .observations()
                .find(id, Detail.EVIDENCE)
                .orElseThrow(() -> root().rollcall().unknown(id));
        root().print(root().isJson() ? json(observation) : text(observation));
        return FINE;
    }

    private Integer asItWas(AgentId id, String then) {
        Hindsight hindsight = KnownAgent.past(root().rollcall(), id);
        PastAgent past = hindsight.find(id, hindsight.moments().read(id, then));
        root().print(root().isJson() ? AgentAnswer.json(past) + "\n" : text(past));
        return attention(!(past.document() instanceof VersionDocument.Illegible));
    }

    private String json(Observation observation) {
        return AgentAnswer.json(
                        observation,
                        root().rollcall()
                                .roll()
                                .currentDocument(observation.entry().agent())
                                .orElse("null"))
                + "\n";
    }

    private String text(Observation observation) {
        String lag = AgentSheet.label("lag") + lag(observation.lag()) + "\n";
        return new AgentSheet(root().paint(), root().rollcall().clock().instant(), width()).render(observation, lag);
    }

    private int width() {
        return root().terminal().outIsTerminal() ? AgentSheet.NARROW : AgentSheet.ENDLESS;
    }

    private String text(PastAgent past) {
        StringBuilder more = new StringBuilder();
        Revision version = past.version();
        if (version != null) {
            more.append(AgentSheet.line("observed", LookingBack.time(version)))
                    .append(AgentSheet.line("origin", version.origin()));
        }
        if (past.document() instanceof VersionDocument.Illegible(String reason)) {
            more.append(AgentSheet.label("document"))
                    .append(root().paint()
                            .alarm(TerminalText.cut("damaged, these are history's columns: " + reason, width())))
                    .append('\n');
        }
        return "As it was at " + LookingBack.time(past.at()) + ":\n"
                + new AgentSheet(root().paint(), past.at(), width()).render(past.observation(), more.toString());
    }

    private String lag(Lag lag) {
        return switch (lag) {
            case Lag.InStep inStep -> "none";
            case Lag.Unknown(String why) -> "unknown: " + why;
            case Lag.Behind(Long seconds, Long cycles) ->
                root().paint()
                        .caution(seconds + " seconds" + (cycles == null ? "" : ", " + cycles + " cycles")
                                + ": the file holds another version than the roll");
        };
    }
}
