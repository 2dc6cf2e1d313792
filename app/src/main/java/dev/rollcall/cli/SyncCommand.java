package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.sync.SyncReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sync}. */
@Command(
        name = "sync",
        description = {
            "Bring the roll up to date with the files.",
            "Reads what may have changed, records new versions, names what can not",
            "be accepted. The last good version of a broken file stays in force."
        },
        footer = {"", "Example: rollcall sync --all"})
final class SyncCommand extends Verb {
    @picocli.CommandLine.ArgGroup(multiplicity = "1")
    private WhichAgents which = new WhichAgents();

    @Option(
            names = "--force",
            description = "Read everything and repair rows, search entries and history from the files.")
    private boolean force;

    @Option(names = "--take-over", description = "Agents that another source recorded become this root's.")
    private boolean takeOver;

    SyncCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Extent extent = force ? Extent.EVERYTHING : Extent.CHANGES;
        if (takeOver) {
            root().rollcall().sharing().takeOver(which.all ? null : which.agentId());
        }
        SyncReport report = which.all ? syncAll(extent) : root().rollcall().sync(which.agentId(), extent);
        root().print(root().isJson() ? json(report) : text(report));
        return attention(report.isClean());
    }

    private SyncReport syncAll(Extent extent) {
        return progressing("sync", progress -> root().rollcall().syncAll(extent, progress));
    }

    private String json(SyncReport report) {
        return JsonOutput.object(json -> json.text(
                                "swarm", root().rollcall().settings().swarm().value())
                        .number("agents", report.agents())
                        .number("recorded", report.recorded())
                        .number("unchanged", report.unchanged())
                        .number("left", report.left())
                        .objects("rejected", report.rejected(), JsonShapes::rejected)
                        .number("findings", report.findings())
                        .texts(
                                "elsewhere",
                                report.elsewhere().stream()
                                        .map(one -> one.agent().value())
                                        .toList())
                        .texts("ignored", report.ignored())
                        .number("elapsed_ms", report.elapsed().toMillis()))
                + "\n";
    }

    private String text(SyncReport report) {
        Paint paint = root().paint();
        StringBuilder text = new StringBuilder(String.format(
                java.util.Locale.ROOT,
                "%s: %,d recorded, %,d unchanged, %,d left, %,d rejected%n",
                Shapes.agents(report.agents()),
                report.recorded(),
                report.unchanged(),
                report.left(),
                report.rejected().size()));
        if (report.agents() == 0 && root().rollcall().isRootEmpty()) {
            text.append(nobodyThere());
        }
        list(text, report.rejected(), rejected -> paint.alarm(Shapes.label("rejected")) + Shapes.describe(rejected));
        list(
                text,
                report.elsewhere(),
                one -> paint.caution(Shapes.label("elsewhere"))
                        + TerminalText.cut(one.agent().value(), 69) + "\n"
                        + TerminalText.wrapped(one.reason(), Shapes.INDENT));
        list(
                text,
                report.ignored(),
                name -> paint.caution(Shapes.label("ignored")) + TerminalText.cut("folder " + name, 69) + "\n"
                        + TerminalText.wrapped("its name can not be an agent's id", Shapes.INDENT));
        return text.toString();
    }

    /** Who is meant: one agent or all. */
    static final class WhichAgents {
        @Option(names = "--agent", paramLabel = "ID", description = "Only this agent.")
        private String agent = "";

        @Option(names = "--all", description = "Every agent of the swarm.")
        private boolean all;

        AgentId agentId() {
            return new AgentId(agent);
        }

        boolean isAll() {
            return all;
        }
    }
}
