package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Amount;
import dev.rollcall.app.Upkeep;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Erasure;
import dev.rollcall.roll.Holdings;
import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forget}. */
@Command(
        name = "forget",
        description = {
            "Erase an agent and all its history from the roll, for good.",
            "Its file is not touched; while it is there, the next sync brings the agent",
            "back. Copies of the database that were made before hold it still."
        },
        footer = {"", "Example: rollcall forget Agent-7 --dry-run"})
final class ForgetCommand extends Verb {
    @Parameters(paramLabel = "ID", description = "The agent's id.")
    private String agent = "";

    @Option(names = "--dry-run", description = "Only tell what would be erased.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--anyway", description = "Also while its status.json is there.")
    private boolean anyway;

    ForgetCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        AgentId id = new AgentId(agent);
        Holdings holdings =
                root().rollcall().upkeep().roll(Upkeep.Mode.COUNTING).holdings(id);
        if (holdings.isNothing()) {
            throw root().rollcall().unknown(id);
        }
        if (dryRun) {
            root().print(root().isJson() ? json(id, holdings, null) : wouldErase(id, holdings));
            return FINE;
        }
        if (!anyway && root().rollcall().upkeep().hasFile(id)) {
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    id + ": its status.json is there, so that the next sync would bring it back",
                    "Move the file away or take out what is to be forgotten, or say --anyway.");
        }
        if (!yes) {
            confirm(id, holdings);
        }
        Erasure erasure = root().rollcall().upkeep().forget(id);
        root().print(root().isJson() ? json(id, erasure.erased(), erasure) : erased(id, erasure));
        return attention(erasure.remains() == null);
    }

    // JDK 25 gives null again where nobody sits (JDK-8351435).
    @SuppressWarnings("SystemConsoleNull")
    private void confirm(AgentId id, Holdings holdings) {
        Console console = System.console();
        if (root().isJson() || console == null || !console.isTerminal()) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "forget: nobody is there to confirm that " + id + " is to be erased",
                    "See what would be erased with --dry-run; say --yes to do it.");
        }
        root().terminal().err().print(wouldErase(id, holdings) + "Type the agent's id to erase it: ");
        root().terminal().err().flush();
        String typed = console.readLine();
        if (typed == null || !typed.strip().equals(id.value())) {
            throw new ProblemException(ProblemCode.REFUSED, "that is not " + id + "; nothing was erased", "");
        }
    }

    private static String counts(Holdings holdings) {
        return String.join(
                ", ",
                Amount.of(holdings.revisions(), "version", "versions"),
                Amount.of(holdings.passages(), "search entry", "search entries"),
                Amount.of(holdings.events(), "event", "events"),
                Amount.of(holdings.gaps(), "gap", "gaps"),
                Amount.of(holdings.rejected(), "rejected document", "rejected documents"));
    }

    private static String wouldErase(AgentId id, Holdings holdings) {
        return id + " would be erased: " + counts(holdings) + "\n";
    }

    private String erased(AgentId id, Erasure erasure) {
        StringBuilder text = new StringBuilder(id + " is erased: " + counts(erasure.erased()) + "\n");
        if (erasure.remains() != null) {
            root().terminal()
                    .warn("bytes of it may still be found in the database's files: " + erasure.remains()
                            + ". Run rollcall prune with --compact when nobody uses the database.");
        }
        List<Path> copies = root().rollcall().upkeep().copies();
        if (!copies.isEmpty()) {
            text.append("copies of the database from before hold it still:\n");
            copies.forEach(copy ->
                    text.append("  ").append(TerminalText.safe(copy.toString())).append('\n'));
        }
        return text.toString();
    }

    private String json(AgentId id, Holdings holdings, @Nullable Erasure erasure) {
        return JsonOutput.object(json -> json.text("agent_id", id.value())
                        .flag("erased", () -> erasure != null)
                        .number("rows", holdings.rows())
                        .number("revisions", holdings.revisions())
                        .number("passages", holdings.passages())
                        .number("rejected", holdings.rejected())
                        .number("readings", holdings.readings())
                        .number("events", holdings.events())
                        .number("gaps", holdings.gaps())
                        .text("remains", erasure == null ? null : erasure.remains())
                        .texts(
                                "copies",
                                root().rollcall().upkeep().copies().stream()
                                        .map(Path::toString)
                                        .toList()))
                + "\n";
    }
}
