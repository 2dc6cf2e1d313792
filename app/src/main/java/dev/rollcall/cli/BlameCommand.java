package dev.rollcall.cli;

import dev.rollcall.app.DurationText;
import dev.rollcall.app.Hindsight;
import dev.rollcall.cli.Table.Cell;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.Blame;
import dev.rollcall.report.FieldReader;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Revision;
import java.time.Duration;
import java.time.Instant;
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
        Hindsight hindsight = LookingBack.at(root().rollcall(), id);
        FieldReader reader = hindsight.field(id, field);
        Blame blame = Blame.of(hindsight.inForce(id), reader, limit);
        if (!reader.isColumn() && !blame.isEverSaid()) {
            throw LookingBack.unknownField(hindsight, id, field);
        }
        List<Gap> pruned = pruned(hindsight.pruned(id), blame);
        root().print(
                        root().isJson()
                                ? json(id, blame, pruned)
                                : text(blame) + Pruned.note(pruned, "of that time", ", and may have said it first"));
        return FINE;
    }

    /** Those that could have set what is told: up to the version that set the oldest of the values, and after it. */
    private static List<Gap> pruned(List<Gap> all, Blame blame) {
        Instant first = blame.runs().isEmpty()
                ? Instant.MIN
                : blame.runs().getLast().first().observedAt();
        return all.stream()
                .filter(gap -> gap.until() == null || !gap.until().isBefore(first))
                .toList();
    }

    private String json(AgentId id, Blame blame, List<Gap> pruned) {
        return JsonOutput.object(json -> {
                    json.text("agent_id", id.value()).text("field", field);
                    if (blame.runs().isEmpty()) {
                        json.json("current", "null").json("versions_since", "null");
                    } else {
                        json.object(
                                        "current",
                                        current -> run(current, blame.runs().getFirst()))
                                .number("versions_since", blame.versionsSince());
                    }
                    json.objects("before", before(blame), BlameCommand::run)
                            .flag("complete", blame.earlier() == null)
                            .objects("items", blame.items(), BlameCommand::item)
                            .json("unreadable", blame.unreadable().toString())
                            .objects("pruned", pruned, Pruned::json);
                })
                + "\n";
    }

    private static List<Blame.Run> before(Blame blame) {
        return blame.runs().stream().skip(1).toList();
    }

    private static void run(JsonOutput json, Blame.Run run) {
        version(json.json("value", LookingBack.json(run.value())), run.first()).number("versions", run.versions());
    }

    private static void item(JsonOutput json, Blame.Item item) {
        version(json.json("item", LookingBack.json(item.value())), item.broughtBy());
    }

    private static JsonOutput version(JsonOutput json, Revision version) {
        return json.number("revision", version.revision())
                .time("observed_at", version.observedAt())
                .text("origin", version.origin());
    }

    private String text(Blame blame) {
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
        before(text, blame);
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

    private void before(StringBuilder text, Blame blame) {
        List<Blame.Run> before = before(blame);
        if (before.isEmpty()) {
            return;
        }
        Table table = new Table("REVISION", "OBSERVED", "ORIGIN", "VALUE");
        before.forEach(run -> table.row(row(run.first(), LookingBack.shown(run.value()))));
        text.append("Before\n").append(table.render());
        if (blame.earlier() != null) {
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
