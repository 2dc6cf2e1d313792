package dev.rollcall.cli;

import dev.rollcall.app.Observation;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.RollEntry;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code get}. */
@Command(
        name = "get",
        description = "One agent as the roll knows it.",
        footer = {"", "Example: rollcall get Agent-7"})
final class GetCommand extends Verb {
    @Parameters(paramLabel = "ID", description = "The agent's id: the name of its folder.")
    private String agent = "";

    GetCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        AgentId id = new AgentId(agent);
        Observation observation = root().rollcall()
                .observations()
                .find(id, Detail.EVIDENCE)
                .orElseThrow(() -> root().rollcall().unknown(id));
        root().print(root().isJson() ? json(observation) : text(observation));
        return FINE;
    }

    private String json(Observation observation) {
        return JsonOutput.object(json -> {
                    Shapes.observation(json, observation);
                    json.json(
                            "document",
                            root().rollcall()
                                    .roll()
                                    .currentDocument(observation.entry().agent())
                                    .orElse("null"));
                })
                + "\n";
    }

    private String text(Observation observation) {
        RollEntry entry = observation.entry();
        StatusColumns columns = entry.columns();
        String age = observation.age() == null ? "" : " (" + Shapes.age(observation.age()) + " ago)";
        StringBuilder text = new StringBuilder(TerminalText.safe(entry.agent().value()))
                .append("  ")
                .append(columns.state())
                .append("  ")
                .append(observation.freshness())
                .append(age)
                .append('\n');
        line(text, "status", columns, StatusField.STATUS);
        line(text, "mission", columns, StatusField.CURRENT_MISSION);
        line(text, "focus", columns, StatusField.CURRENT_FOCUS);
        line(text, "updated", columns, StatusField.LAST_UPDATED);
        line(text, "cycle", columns, StatusField.CYCLE_COUNT);
        line(text, "points", columns, StatusField.POINTS_EARNED);
        line(text, "priority", columns, StatusField.MISSION_PRIORITY);
        columns.blockers()
                .forEach(blocker -> text.append(label("blocked by"))
                        .append(TerminalText.cut(blocker, 66))
                        .append('\n'));
        if (entry.revision() > 0) {
            text.append(label("revision")).append(entry.revision()).append('\n');
        }
        text.append(label("lag")).append(lag(observation.lag())).append('\n');
        if (entry.rejectedSince() != null) {
            String since = Shapes.age(Duration.between(
                    entry.rejectedSince(), root().rollcall().clock().instant()));
            text.append(label("rejected"))
                    .append(root().paint()
                            .alarm("the file is not acceptable since " + since + "; this is the last good version"))
                    .append('\n');
        }
        observation
                .findings()
                .forEach(finding -> text.append(label("finding"))
                        .append(TerminalText.cut(finding.code() + ": " + finding.message(), 66))
                        .append('\n'));
        return text.toString();
    }

    private static void line(StringBuilder text, String label, StatusColumns columns, StatusField field) {
        columns.text(field)
                .ifPresent(value -> text.append(label(label))
                        .append(TerminalText.cut(value, 66))
                        .append('\n'));
    }

    private String lag(Lag lag) {
        return switch (lag) {
            case Lag.InStep inStep -> "none";
            case Lag.Unknown(String why) -> "unknown: " + why;
            case Lag.Behind(Long seconds, Long cycles) ->
                root().paint()
                        .caution(seconds + " seconds" + (cycles == null ? "" : ", " + cycles + " cycles")
                                + ": the file holds another version than the roll");
        };
    }

    private static String label(String label) {
        return "  " + TerminalText.pad(label, 12);
    }
}
