package dev.rollcall.cli;

import dev.rollcall.app.Doctor;
import dev.rollcall.app.Examination;
import dev.rollcall.app.Examination.Fact;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.roll.RejectedDocument;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** {@code doctor}. */
@Command(
        name = "doctor",
        description = {
            "What needs attention, and what is odd about each agent.",
            "Environment, configuration, schema, rejected documents, findings."
        },
        footer = {"", "Example: rollcall doctor"})
final class DoctorCommand extends Verb {
    private static final int FINDINGS_SHOWN = 5;

    DoctorCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Examination examination = new Doctor(root().rollcall()).examine();
        root().print(root().isJson() ? json(examination) : text(examination));
        return attention(examination.isHealthy());
    }

    private static String json(Examination examination) {
        return JsonOutput.object(json -> json.flag("healthy", examination.isHealthy())
                        .objects(
                                "environment",
                                examination.facts(),
                                (fact, f) -> fact.text("label", f.label()).text("value", f.value()))
                        .texts("concerns", examination.concerns())
                        .objects("rejected", examination.rejected(), Shapes::rejected)
                        .objects("agents", List.copyOf(examination.findings().entrySet()), DoctorCommand::agent)
                        .objects(
                                "unknown_statuses",
                                List.copyOf(examination.unknownStatuses().entrySet()),
                                (status, count) -> status.text("status", count.getKey())
                                        .number("agents", count.getValue().longValue())))
                + "\n";
    }

    private static void agent(JsonOutput json, Map.Entry<AgentId, List<Finding>> agent) {
        json.text("agent_id", agent.getKey().value()).objects("findings", agent.getValue(), Shapes::finding);
    }

    private String text(Examination examination) {
        StringBuilder text = new StringBuilder();
        for (Fact fact : examination.facts()) {
            text.append(TerminalText.pad(fact.label(), 15))
                    .append(TerminalText.safe(fact.value()))
                    .append('\n');
        }
        examination
                .concerns()
                .forEach(concern -> text.append(root().paint().alarm("attention"))
                        .append("      ")
                        .append(TerminalText.safe(concern))
                        .append('\n'));
        for (RejectedDocument rejected : examination.rejected()) {
            text.append(root().paint().alarm("rejected"))
                    .append("       ")
                    .append(Shapes.describe(rejected))
                    .append('\n');
        }
        examination
                .unknownStatuses()
                .forEach((status, agents) -> text.append("unknown status ")
                        .append(TerminalText.cut(status, 40))
                        .append(" (")
                        .append(agents)
                        .append("): map it under [states] in rollcall.toml\n"));
        examination.findings().forEach((agent, findings) -> findings(text, agent, findings));
        if (examination.isHealthy()) {
            text.append("Nothing needs attention.\n");
        }
        return text.toString();
    }

    private void findings(StringBuilder text, AgentId agent, List<Finding> findings) {
        text.append(TerminalText.safe(agent.value())).append('\n');
        Map<String, Long> more = new TreeMap<>();
        int shown = 0;
        for (Finding finding : findings) {
            if (shown++ < FINDINGS_SHOWN || root().isVerbose()) {
                text.append("  ")
                        .append(TerminalText.cut(finding.code() + ": " + finding.message(), 76))
                        .append('\n');
            } else {
                more.merge(finding.code(), 1L, Long::sum);
            }
        }
        if (!more.isEmpty()) {
            text.append("  and ").append(more).append(" (all with -v)\n");
        }
    }
}
