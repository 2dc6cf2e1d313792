package dev.rollcall.answers;

import dev.rollcall.app.Examination;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import java.util.List;
import java.util.Map;

/** What needs attention, and what is odd about each agent. */
public final class DoctorAnswer {
    private DoctorAnswer() {}

    public static String json(Examination examination) {
        return JsonOutput.object(json -> json.flag("healthy", examination::isHealthy)
                .objects(
                        "environment",
                        examination.facts(),
                        (fact, f) -> fact.text("label", f.label()).text("value", f.value()))
                .texts("concerns", examination.concerns())
                .objects("rejected", examination.rejected(), JsonShapes::rejected)
                .objects("agents", List.copyOf(examination.findings().entrySet()), DoctorAnswer::agent)
                .objects(
                        "unknown_statuses",
                        List.copyOf(examination.unknownStatuses().entrySet()),
                        (status, count) -> status.text("status", count.getKey())
                                .number("agents", count.getValue().longValue())));
    }

    private static void agent(JsonOutput json, Map.Entry<AgentId, List<Finding>> agent) {
        json.text("agent_id", agent.getKey().value()).objects("findings", agent.getValue(), JsonShapes::finding);
    }
}
