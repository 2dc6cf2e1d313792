package dev.rollcall.cli;

import dev.rollcall.answers.HistoryAnswer;
import dev.rollcall.answers.HistoryQuestion;
import dev.rollcall.cli.Table.Cell;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.FieldHistory;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        HistoryAnswer answer = HistoryAnswer.of(
                root().rollcall(), new HistoryQuestion(new AgentId(agent), field, since, until, limit));
        root().print(root().isJson() ? answer.json() + "\n" : text(answer));
        return FINE;
    }

    private static String text(HistoryAnswer answer) {
        return answer.field() == null
                ? text(answer.versions(), answer.pruned())
                : changes(answer.changes(), answer.pruned()) + LookingBack.unreadable(answer.unreadable());
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
