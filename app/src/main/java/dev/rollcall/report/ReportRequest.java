package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.SwarmName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a report is wanted of.
 *
 * @param only this agent; null for the whole swarm
 * @param changedSince what the changes compare the window's end with
 * @param freshness what is stale
 */
public record ReportRequest(
        SwarmName swarm, @Nullable AgentId only, Window window, Instant changedSince, FreshnessPolicy freshness) {}
