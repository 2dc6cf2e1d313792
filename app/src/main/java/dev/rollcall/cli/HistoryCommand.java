package dev.rollcall.cli;

import dev.rollcall.app.Hindsight;
import dev.rollcall.cli.Table.Cell;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.FieldHistory;
import dev.rollcall.report.FieldReader;
import dev.rollcall.report.Moment;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history}. */
@Command(
        name = "history",
        description = "The recorded versions of one agent, newest last.",
        footer = {"", "Example: rollcall history Agent-7 --field status --since 7d"})
final class HistoryCommand extends Verb {
    @Parameters(paramLabel = "ID", description = "The agent's id: the name of its folder.")
    private String agent = "";

    @Option(
            names = "--field",
            paramLabel = "F",
            description = "Only versions in which this changed, a column or a member, with its values.")
    private @Nullable String field;

    @Option(names = "--since", paramLabel = "T", description = "Only since then: " + LookingBack.FORMS)
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "T", description = "Only until then, T included.")
    private @Nullable String until;

    @Option(names = "--limit", paramLabel = "N", description = "Only the newest so many.")
    private int limit = Integer.MAX_VALUE;

    HistoryCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "rollcall history: --limit must not be negative",
                    "See rollcall history --help.");
        }
        AgentId id = new AgentId(agent);
        Hindsight hindsight = LookingBack.at(root().rollcall(), id);
        Optional<Moment> begin =
                Optional.ofNullable(since).map(text -> hindsight.moments().read(id, text));
        Optional<Moment> end =
                Optional.ofNullable(until).map(text -> hindsight.moments().read(id, text));
        Predicate<Revision> isSince =
                version -> begin.map(moment -> moment.isNotAfter(version)).orElse(true);
        List<Revision> all = field == null ? hindsight.versions(id) : hindsight.inForce(id);
        List<Revision> versions = all.stream()
                .filter(version ->
                        end.map(moment -> moment.isNotBefore(version)).orElse(true))
                .toList();
        if (field == null) {
            List<Revision> wanted = newest(versions.stream().filter(isSince).toList());
            root().print(root().isJson() ? json(id, wanted) : text(wanted));
        } else {
            print(id, changes(hindsight, field, versions), isSince);
        }
        return FINE;
    }

    private FieldHistory changes(Hindsight hindsight, String of, List<Revision> versions) {
        AgentId id = new AgentId(agent);
        FieldReader reader = hindsight.field(id, of);
        FieldHistory history = FieldHistory.of(versions, reader);
        if (history.changes().isEmpty() && until == null && !reader.isColumn()) {
            throw LookingBack.unknownField(hindsight, id, of);
        }
        return history;
    }

    private void print(AgentId id, FieldHistory history, Predicate<Revision> isSince) {
        List<FieldHistory.Change> wanted = newest(history.changes().stream()
                .filter(change -> isSince.test(change.version()))
                .toList());
        root().print(
                        root().isJson()
                                ? json(id, wanted, history.unreadable())
                                : changes(wanted) + LookingBack.unreadable(history.unreadable()));
    }

    private <T> List<T> newest(List<T> all) {
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    private static String json(AgentId id, List<Revision> revisions) {
        return JsonOutput.object(
                        json -> json.text("agent_id", id.value()).objects("revisions", revisions, Shapes::revision))
                + "\n";
    }

    private String json(AgentId id, List<FieldHistory.Change> changes, List<Long> unreadable) {
        return JsonOutput.object(json -> json.text("agent_id", id.value())
                        .text("field", field)
                        .objects("revisions", changes, (each, change) -> {
                            Shapes.revision(each, change.version());
                            each.json("value", LookingBack.json(change.value()));
                        })
                        .json("unreadable", unreadable.toString()))
                + "\n";
    }

    private static String changes(List<FieldHistory.Change> changes) {
        Table table = new Table("REVISION", "OBSERVED", "ORIGIN", "VALUE");
        changes.forEach(change -> table.row(
                Cell.number(Long.toString(change.version().revision())),
                Cell.of(LookingBack.time(change.version())),
                Cell.of(Origin.brief(change.version().origin())),
                Cell.of(LookingBack.shown(change.value()))));
        return table.render();
    }

    private static String text(List<Revision> revisions) {
        Table table = new Table("REVISION", "OBSERVED", "STATE", "CYCLE", "POINTS", "ORIGIN", "MISSION");
        for (Revision revision : revisions) {
            table.row(
                    Cell.number(Long.toString(revision.revision())),
                    Cell.of(LookingBack.time(revision)),
                    Cell.of(revision.columns().state().name()),
                    Cell.number(
                            revision.columns().cycleCount().map(String::valueOf).orElse("-")),
                    Cell.number(revision.columns()
                            .pointsEarned()
                            .map(p -> p.toPlainString())
                            .orElse("-")),
                    Cell.of(Origin.brief(revision.origin())),
                    Cell.of(revision.columns().text(StatusField.CURRENT_MISSION).orElse("-")));
        }
        return table.render();
    }
}
