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
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
    private static final Cell NOTHING = Cell.number("-");
    private static final Cell NONE = Cell.of("-");

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
        List<Revision> versions = (field == null ? hindsight.versions(id) : hindsight.inForce(id))
                .stream()
                        .filter(version ->
                                end.map(moment -> moment.isNotBefore(version)).orElse(true))
                        .toList();
        List<Gap> pruned = Pruned.between(
                hindsight.pruned(id),
                begin.map(Moment::time).orElse(Instant.MIN),
                end.map(Moment::time).orElse(Instant.MAX));
        if (field == null) {
            List<Revision> all = versions.stream().filter(isSince).toList();
            List<Revision> wanted = newest(all);
            List<Gap> missing = missing(pruned, all, wanted);
            root().print(root().isJson() ? json(id, wanted, missing) : text(wanted, missing));
        } else {
            print(id, changes(hindsight, field, versions), isSince, pruned);
        }
        return FINE;
    }

    /** Of the pruned stretches those after the first version that is shown, where not all are. */
    private static List<Gap> missing(List<Gap> pruned, List<Revision> all, List<Revision> shown) {
        if (shown.size() == all.size()) {
            return pruned;
        }
        return shown.isEmpty()
                ? List.of()
                : Pruned.between(pruned, shown.getFirst().observedAt(), Instant.MAX);
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

    private void print(AgentId id, FieldHistory history, Predicate<Revision> isSince, List<Gap> pruned) {
        List<FieldHistory.Change> all = history.changes().stream()
                .filter(change -> isSince.test(change.version()))
                .toList();
        List<FieldHistory.Change> wanted = newest(all);
        List<Gap> missing = missing(pruned, versions(all), versions(wanted));
        root().print(
                        root().isJson()
                                ? json(id, wanted, history.unreadable(), missing)
                                : changes(wanted, missing) + LookingBack.unreadable(history.unreadable()));
    }

    private static List<Revision> versions(List<FieldHistory.Change> changes) {
        return changes.stream().map(FieldHistory.Change::version).toList();
    }

    private <T> List<T> newest(List<T> all) {
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    private static String json(AgentId id, List<Revision> revisions, List<Gap> pruned) {
        return JsonOutput.object(json -> json.text("agent_id", id.value())
                        .objects("revisions", revisions, Shapes::revision)
                        .objects("pruned", pruned, Pruned::json))
                + "\n";
    }

    private String json(AgentId id, List<FieldHistory.Change> changes, List<Long> unreadable, List<Gap> pruned) {
        return JsonOutput.object(json -> json.text("agent_id", id.value())
                        .text("field", field)
                        .objects("revisions", changes, (each, change) -> {
                            Shapes.revision(each, change.version());
                            each.json("value", LookingBack.json(change.value()));
                        })
                        .json("unreadable", unreadable.toString())
                        .objects("pruned", pruned, Pruned::json))
                + "\n";
    }

    private static String changes(List<FieldHistory.Change> changes, List<Gap> pruned) {
        Table table = new Table("REVISION", "OBSERVED", "ORIGIN", "VALUE");
        List<Row> rows = new ArrayList<>();
        changes.forEach(change -> rows.add(new Row(
                change.version().observedAt(),
                List.of(
                        Cell.number(Long.toString(change.version().revision())),
                        Cell.of(LookingBack.time(change.version())),
                        Cell.of(Origin.brief(change.version().origin())),
                        Cell.of(LookingBack.shown(change.value()))))));
        pruned.forEach(gap -> rows.add(new Row(
                gap.from(),
                List.of(NOTHING, Cell.of(LookingBack.time(gap.from())), NONE, Cell.of(Pruned.sentence(gap))))));
        return render(table, rows);
    }

    private static String text(List<Revision> revisions, List<Gap> pruned) {
        Table table = new Table("REVISION", "OBSERVED", "STATE", "CYCLE", "POINTS", "ORIGIN", "MISSION");
        List<Row> rows = new ArrayList<>();
        revisions.forEach(revision -> rows.add(new Row(revision.observedAt(), cells(revision))));
        pruned.forEach(gap -> rows.add(new Row(
                gap.from(),
                List.of(
                        NOTHING,
                        Cell.of(LookingBack.time(gap.from())),
                        Cell.of(Gap.Kind.PRUNED.name()),
                        NOTHING,
                        NOTHING,
                        NONE,
                        Cell.of(Pruned.amount(gap))))));
        return render(table, rows);
    }

    private static List<Cell> cells(Revision revision) {
        return List.of(
                Cell.number(Long.toString(revision.revision())),
                Cell.of(LookingBack.time(revision)),
                Cell.of(revision.columns().state().name()),
                Cell.number(revision.columns().cycleCount().map(String::valueOf).orElse("-")),
                Cell.number(revision.columns()
                        .pointsEarned()
                        .map(p -> p.toPlainString())
                        .orElse("-")),
                Cell.of(Origin.brief(revision.origin())),
                Cell.of(revision.columns().text(StatusField.CURRENT_MISSION).orElse("-")));
    }

    /** A line, and the moment at which it stands. */
    private record Row(Instant at, List<Cell> cells) {}

    /** Versions, and the stretches in which some are missing, in the order of time. */
    private static String render(Table table, List<Row> rows) {
        rows.sort(Comparator.comparing(Row::at));
        rows.forEach(row -> table.row(row.cells()));
        return table.render();
    }
}
