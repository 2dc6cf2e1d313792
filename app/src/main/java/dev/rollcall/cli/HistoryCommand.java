package dev.rollcall.cli;

import dev.rollcall.cli.Table.Cell;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Revision;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code history}. */
@Command(
        name = "history",
        description = "Every recorded version of one agent, newest last.",
        footer = {"", "Example: rollcall history Agent-7"})
final class HistoryCommand extends Verb {
    @Parameters(paramLabel = "ID", description = "The agent's id: the name of its folder.")
    private String agent = "";

    HistoryCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        AgentId id = new AgentId(agent);
        List<Revision> revisions = root().rollcall().roll().history(id);
        if (revisions.isEmpty() && root().rollcall().roll().find(id).isEmpty()) {
            throw root().rollcall().unknown(id);
        }
        root().print(root().isJson() ? json(id, revisions) : text(revisions));
        return FINE;
    }

    private static String json(AgentId id, List<Revision> revisions) {
        return JsonOutput.object(
                        json -> json.text("agent_id", id.value()).objects("revisions", revisions, Shapes::revision))
                + "\n";
    }

    private static String text(List<Revision> revisions) {
        Table table = new Table("REVISION", "OBSERVED", "STATE", "CYCLE", "POINTS", "ORIGIN", "MISSION");
        for (Revision revision : revisions) {
            table.row(
                    Cell.number(Long.toString(revision.revision())),
                    Cell.of(revision.observedAt()
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString()),
                    Cell.of(revision.columns().state().name()),
                    Cell.number(
                            revision.columns().cycleCount().map(String::valueOf).orElse("-")),
                    Cell.number(revision.columns()
                            .pointsEarned()
                            .map(p -> p.toPlainString())
                            .orElse("-")),
                    Cell.of(revision.origin()),
                    Cell.of(revision.columns().text(StatusField.CURRENT_MISSION).orElse("-")));
        }
        return table.render();
    }
}
