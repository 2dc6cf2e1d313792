package dev.rollcall.cli;

import dev.rollcall.answers.DoctorAnswer;
import dev.rollcall.app.Amount;
import dev.rollcall.app.Doctor;
import dev.rollcall.app.Examination;
import dev.rollcall.app.Examination.Fact;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
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
    private static final int FACTS = 15;

    DoctorCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Examination examination = new Doctor(root().rollcall()).examine();
        root().print(root().isJson() ? DoctorAnswer.json(examination) + "\n" : text(examination));
        return attention(examination.isHealthy());
    }

    private String text(Examination examination) {
        StringBuilder text = new StringBuilder();
        for (Fact fact : examination.facts()) {
            text.append(TerminalText.pad(fact.label(), FACTS))
                    .append(value(fact.value()))
                    .append('\n');
        }
        text.append('\n');
        list(text, examination.concerns(), this::concern);
        list(
                text,
                examination.rejected(),
                rejected -> root().paint().alarm(Shapes.label("rejected")) + Shapes.describe(rejected));
        list(text, examination.unknownStatuses().entrySet(), DoctorCommand::unknown);
        if (examination.isHealthy()) {
            text.append("Nothing needs attention.\n");
        }
        findings(text, examination.findings());
        return text.toString();
    }

    /** A list goes on in the next line; a path stays in one, to be copied. */
    private static String value(String value) {
        return value.contains("; ") ? TerminalText.wrapped(value, FACTS).substring(FACTS) : TerminalText.safe(value);
    }

    /** What is odd; of what is harmless only how much there is, unless more is asked for. */
    private void findings(StringBuilder text, Map<AgentId, List<Finding>> all) {
        Map<AgentId, List<Finding>> told = new TreeMap<>();
        int harmless = 0;
        for (Map.Entry<AgentId, List<Finding>> agent : all.entrySet()) {
            List<Finding> odd = agent.getValue().stream()
                    .filter(finding -> root().isVerbose() || !isHarmless(finding))
                    .toList();
            harmless += agent.getValue().size() - odd.size();
            if (!odd.isEmpty()) {
                told.put(agent.getKey(), odd);
            }
        }
        text.append(all.isEmpty() ? "" : "\n");
        list(text, told.entrySet(), agent -> findings(agent.getKey(), agent.getValue()));
        if (harmless > 0) {
            text.append(told.isEmpty() ? "" : "and ")
                    .append(Amount.of(harmless, "harmless finding", "harmless findings"))
                    .append(", see rollcall get ID or -v\n");
        }
    }

    /** A member under another name, or one that the folder's name stands in for, says nothing wrong. */
    private static boolean isHarmless(Finding finding) {
        return finding.code().startsWith("from_") || finding.code().equals("missing_agent_id");
    }

    private String concern(String concern) {
        String wrapped = TerminalText.wrapped(concern, Shapes.INDENT);
        return root().paint().alarm(Shapes.label("attention")) + wrapped.substring(Shapes.INDENT);
    }

    private static String unknown(Map.Entry<String, Long> status) {
        return Shapes.label("unknown") + TerminalText.cut("status " + status.getKey(), 50) + " ("
                + Shapes.agents(Math.toIntExact(status.getValue())) + ")\n"
                + TerminalText.wrapped("map it under [states] in rollcall.toml", Shapes.INDENT);
    }

    private String findings(AgentId agent, List<Finding> findings) {
        StringBuilder text = new StringBuilder(TerminalText.cut(agent.value(), Table.WIDTH));
        int most = root().isVerbose() ? Integer.MAX_VALUE : FINDINGS_SHOWN;
        findings.stream()
                .limit(most)
                .forEach(finding ->
                        text.append("\n  ").append(TerminalText.cut(finding.code() + ": " + finding.message(), 76)));
        return findings.size() <= most
                ? text.toString()
                : text.append("\n  ... and ")
                        .append(findings.size() - most)
                        .append(" more, all with -v")
                        .toString();
    }
}
