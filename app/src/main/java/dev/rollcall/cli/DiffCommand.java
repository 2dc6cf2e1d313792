package dev.rollcall.cli;

import dev.rollcall.app.Hindsight;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.DocumentDiff;
import dev.rollcall.report.MemberChange;
import dev.rollcall.report.Moment;
import dev.rollcall.report.VersionDocument;
import dev.rollcall.report.Window;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}. */
@Command(
        name = "diff",
        description = "What an agent's document says differently at two moments.",
        footer = {"", "Example: rollcall diff Agent-7 --from yesterday --to now"})
final class DiffCommand extends Verb {
    /** What a value that was changed may take of a line. */
    private static final int BEFORE = 30;

    private static final String ARROW = " \u2192 ";

    @Parameters(paramLabel = "ID", description = "The agent's id: the name of its folder.")
    private String agent = "";

    @Option(
            names = "--from",
            paramLabel = "T",
            description = "The version in force then (default the one before): " + LookingBack.FORMS)
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "With the one in force then (default now).")
    private String to = "now";

    DiffCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        AgentId id = new AgentId(agent);
        Hindsight hindsight = LookingBack.at(root().rollcall(), id);
        Moment end = hindsight.moments().read(id, to);
        Revision later = hindsight.version(id, end);
        Moment begin = from == null
                ? Moment.of(before(hindsight.inForce(id), later))
                : hindsight.moments().read(id, from);
        Revision earlier = hindsight.version(id, begin);
        Instant first = Window.earlier(earlier.observedAt(), later.observedAt());
        List<Gap> pruned = Pruned.between(hindsight.pruned(id), first, Window.later(begin.time(), end.time()));
        List<MemberChange> changes =
                DocumentDiff.between(document(hindsight, id, earlier), document(hindsight, id, later));
        root().print(
                        root().isJson()
                                ? json(id, earlier, later, changes, pruned)
                                : text(id, earlier, later, changes) + Pruned.note(pruned, "in between", ""));
        return FINE;
    }

    private Revision before(List<Revision> versions, Revision later) {
        Moment end = Moment.of(later);
        return versions.stream()
                .filter(version -> version.revision() != later.revision() && end.isNotBefore(version))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNKNOWN_VERSION,
                        agent + " has no version before revision " + later.revision(),
                        "--from names another one to compare with."));
    }

    private static JsonValue.Obj document(Hindsight hindsight, AgentId id, Revision version) {
        return switch (hindsight.document(id, version)) {
            case VersionDocument.Legible(StatusDocument document) -> document.root();
            case VersionDocument.Illegible(String reason) ->
                throw new ProblemException(
                        ProblemCode.UNKNOWN_VERSION,
                        "the document of revision " + version.revision() + " is damaged: " + reason,
                        "rollcall history shows other versions to compare.");
        };
    }

    private static String json(
            AgentId id, Revision earlier, Revision later, List<MemberChange> changes, List<Gap> pruned) {
        return JsonOutput.object(json -> json.text("agent_id", id.value())
                        .object("from", from -> version(from, earlier))
                        .object("to", to -> version(to, later))
                        .objects(
                                "changes",
                                changes,
                                (each, change) -> each.text("path", change.path())
                                        .text("kind", change.kind().label())
                                        .json("before", LookingBack.json(change.before()))
                                        .json("after", LookingBack.json(change.after())))
                        .objects("pruned", pruned, Pruned::json))
                + "\n";
    }

    private static void version(JsonOutput json, Revision version) {
        json.number("revision", version.revision()).time("observed_at", version.observedAt());
    }

    private String text(AgentId id, Revision earlier, Revision later, List<MemberChange> changes) {
        StringBuilder text = new StringBuilder(TerminalText.safe(id.value()))
                .append(": revision " + earlier.revision() + " (" + LookingBack.time(earlier) + ")" + ARROW
                        + later.revision() + " (" + LookingBack.time(later) + ")\n");
        if (changes.isEmpty()) {
            String same = earlier.revision() == later.revision()
                    ? "the same version"
                    : "nothing but spelling: both say the same";
            return text.append("  ").append(same).append('\n').toString();
        }
        list(text, changes, DiffCommand::line);
        return text.toString();
    }

    private static String line(MemberChange change) {
        String path = TerminalText.cut(change.path(), Table.WIDTH - BEFORE);
        String line = switch (change.kind()) {
            case ADDED, ITEM_ADDED -> "+ " + path + ": " + LookingBack.shown(change.after());
            case REMOVED, ITEM_REMOVED -> "- " + path + ": " + LookingBack.shown(change.before());
            case REORDERED -> "~ " + path + ": reordered";
            case CHANGED ->
                "~ " + path + ": " + TerminalText.cut(LookingBack.shown(change.before()), BEFORE) + ARROW
                        + LookingBack.shown(change.after());
        };
        return "  " + TerminalText.cut(line, Table.WIDTH - 2);
    }
}
