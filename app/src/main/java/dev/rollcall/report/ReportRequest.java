package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.SwarmName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report is wanted of.
 *
 * @param only this agent; null for the whole swarm
 * @param changedSince what the changes compare the window's end with
 * @param freshness what is stale
 * @param current everybody on the roll as of the window's end, where that is now; empty where it is past
 */
public record ReportRequest(
        SwarmName swarm,
        @Nullable AgentId only,
        Window window,
        Instant changedSince,
        FreshnessPolicy freshness,
        Map<AgentId, CurrentAgent> current) {
    public ReportRequest {
        current = Map.copyOf(current);
    }
}
