package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.roll.RejectedDocument;
import java.util.List;
import java.util.Map;

/**
 * What the doctor saw.
 *
 * @param facts the environment, as label and value
 * @param concerns what somebody should look at, one sentence each; empty when all is well
 * @param rejected documents that stand rejected
 * @param findings per agent, odd but acceptable
 * @param unknownStatuses reported texts that no rule knows, with how many agents report them now
 */
public record Examination(
        List<Fact> facts,
        List<String> concerns,
        List<RejectedDocument> rejected,
        Map<AgentId, List<Finding>> findings,
        Map<String, Long> unknownStatuses) {
    /** One line of the environment. */
    public record Fact(String label, String value) {}

    /** Whether nobody needs to look. Findings alone never ask for that. */
    public boolean isHealthy() {
        return concerns.isEmpty() && rejected.isEmpty();
    }
}
