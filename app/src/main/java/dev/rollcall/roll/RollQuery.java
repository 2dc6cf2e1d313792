package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roll of one swarm as those see it who only look.
 *
 * <p><b>What one call does.</b> Reads the current rows, histories, cadences, or what stands rejected. <b>Atomic:</b>
 * each call sees one consistent state. <b>A second call</b> sees the newest committed state. <b>Absent:</b> an agent
 * nobody knows is empty; an agent that was only ever rejected has an entry without columns. <b>Broken:</b> a value that
 * a hand edit made unreadable counts as absent here, and verification names it; a revision or rejection without a
 * readable time is an exception, but {@link #latest} and the cadences leave such a revision out. <b>Exceptions:</b>
 * {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE. <b>Threads:</b> one at a time.
 */
public interface RollQuery {
    Optional<RollEntry> find(AgentId agent);

    /** All agents, those that left included, by id. */
    List<RollEntry> list();

    /** The JSON text of the agent's last good document. */
    Optional<String> currentDocument(AgentId agent);

    /** Oldest first; empty for an agent nobody knows. */
    List<Revision> history(AgentId agent);

    /** The agent's latest versions, at most so many, oldest first; empty for an agent nobody knows. */
    List<Revision> latest(AgentId agent, int atMost);

    /** The same for every agent that ever had an accepted version. */
    Map<AgentId, List<Revision>> latest(int atMost);

    /** The agent's {@link Cadence}; empty where too few versions tell it. */
    Optional<Duration> cadence(AgentId agent);

    /** The same for every agent of which it can be told. */
    Map<AgentId, Duration> cadences();

    /** What stands rejected, by agent's id. */
    List<RejectedDocument> rejected();
}
