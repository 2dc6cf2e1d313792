package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import java.time.Instant;
import java.util.List;

/**
 * The whole roll as it was.
 *
 * @param agents by id; with the columns that history keeps, and without findings
 * @param pruned whose versions of then were thinned out, so that another one may have been in force
 */
public record PastRoll(Instant at, List<Observation> agents, List<AgentId> pruned) {}
