package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.util.List;
import java.util.Map;

/**
 * Whose the agents of a swarm are, as one of the sources sees it that share the swarm.
 *
 * <p><b>What one call does.</b> {@link #ownedElsewhere} tells what others have; {@link #takeOver} takes it from them.
 * <b>Atomic:</b> each call is one transaction. <b>A second call</b> changes nothing. <b>Absent:</b> where the roll was opened
 * for no source, nobody has anything, and nothing can be taken over. <b>Exceptions:</b>
 * {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE. <b>Threads:</b> one at a time; several processes at
 * once.
 */
public interface RollSources {
    /** The agents of other sources than this one, but for those that have left theirs. */
    Map<AgentId, SourceName> ownedElsewhere();

    /** From now on these agents are this source's, whoever had them. */
    void takeOver(List<AgentId> agents);
}
