package dev.rollcall.cli;

import dev.rollcall.answers.DiffAnswer;
import dev.rollcall.document.AgentId;
import dev.rollcall.report.MemberChange;
import dev.rollcall.roll.Revision;
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
        DiffAnswer answer = DiffAnswer.of(root().rollcall(), id, from, to, DiffAnswer.Naming.OPTIONS);
        root().print(
                        root().isJson()
                                ? answer.json() + "\n"
                                : text(answer) + Pruned.note(answer.pruned(), "in between", ""));
        return FINE;
    }

    private String text(DiffAnswer answer) {
        Revision earlier = answer.earlier();
        Revision later = answer.later();
        List<MemberChange> changes = answer.changes();
        StringBuilder text = new StringBuilder(TerminalText.safe(answer.agent().value()))
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
