package dev.rollcall.cli;

import dev.rollcall.answers.BlameAnswer;
import dev.rollcall.app.DurationText;
import dev.rollcall.cli.Table.Cell;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.Blame;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Revision;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code blame}. */
@Command(
        name = "blame",
        description = "Which version set what a field says now, and what it said before.",
        footer = {"", "Example: rollcall blame Agent-7 current_tasks"})
final class BlameCommand extends Verb {
    @Parameters(index = "0", paramLabel = "ID", description = "The agent's id: the name of its folder.")
    private String agent = "";

    @Parameters(
            index = "1",
            paramLabel = "FIELD",
            description = "A column such as status, or a member such as notes.log[2].")
    private String field = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "So many values before it (default ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int limit = 10;

    BlameCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, "rollcall blame: -n must not be negative", "See rollcall blame --help.");
        }
        AgentId id = new AgentId(agent);
        BlameAnswer answer = BlameAnswer.of(root().rollcall(), id, field, limit);
        root().print(
                        root().isJson()
                                ? answer.json() + "\n"
                                : text(answer)
                                        + Pruned.note(answer.pruned(), "of that time", ", and may have said it first"));
        return FINE;
    }

    private String text(BlameAnswer answer) {
        Blame blame = answer.blame();
        StringBuilder text = new StringBuilder(TerminalText.cut(agent + "  " + field, Table.WIDTH)).append('\n');
        if (blame.runs().isEmpty()) {
            return text.append("  no version that could be read\n").toString()
                    + LookingBack.unreadable(blame.unreadable());
        }
        Blame.Run current = blame.runs().getFirst();
        text.append(AgentSheet.line("says", LookingBack.shown(current.value())))
                .append(AgentSheet.line("set by", setBy(current.first())))
                .append(AgentSheet.line(
                        "observed", LookingBack.time(current.first()) + ago(current.first(), blame.versionsSince())));
        items(text, blame.items());
        before(text, answer);
        return text.append(LookingBack.unreadable(blame.unreadable())).toString();
    }

    private static String setBy(Revision version) {
        return "revision " + version.revision() + ", " + version.origin();
    }

    private String ago(Revision version, int versionsSince) {
        Duration age =
                Duration.between(version.observedAt(), root().rollcall().clock().instant());
        return " (" + DurationText.age(age.isNegative() ? Duration.ZERO : age) + " ago, " + versionsSince
                + (versionsSince == 1 ? " version since)" : " versions since)");
    }

    private void items(StringBuilder text, List<Blame.Item> items) {
        if (items.isEmpty()) {
            return;
        }
        Table table = new Table("REVISION", "OBSERVED", "ORIGIN", "ITEM");
        items.stream().limit(most()).forEach(item -> table.row(row(item.broughtBy(), LookingBack.shown(item.value()))));
        text.append("Its items\n").append(table.render());
        more(text, items.size());
    }

    private void before(StringBuilder text, BlameAnswer answer) {
        List<Blame.Run> before = answer.before();
        if (before.isEmpty()) {
            return;
        }
        Table table = new Table("REVISION", "OBSERVED", "ORIGIN", "VALUE");
        before.forEach(run -> table.row(row(run.first(), LookingBack.shown(run.value()))));
        text.append("Before\n").append(table.render());
        if (answer.blame().earlier() != null) {
            text.append("... and earlier ones, more of them with -n\n");
        }
    }

    private static Cell[] row(Revision version, String value) {
        return new Cell[] {
            Cell.number(Long.toString(version.revision())),
            Cell.of(LookingBack.time(version)),
            Cell.of(Origin.brief(version.origin())),
            Cell.of(value)
        };
    }
}
