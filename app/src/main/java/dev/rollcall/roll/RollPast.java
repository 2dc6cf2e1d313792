package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The roll of one swarm as it was: versions by time instead of by number.
 *
 * <p><b>What one call does.</b> {@link #at} finds the version in force at a moment: the last one in the order
 * (observed_at, revision) that was observed then or before. A version that was only committed beside the line of an import
 * is in force at no time, and found by its number alone. {@link #between} finds all that were in force at some time of
 * a stretch. {@link #gaps} tells when versions do not tell the truth of the file. {@link #document} gives back a version's
 * bytes, {@link #documents} those of several. {@link #agents} tells who had a version by a moment, and {@link #first} when
 * anybody had one.
 *
 * <p><b>Atomic:</b> each call sees one consistent state. <b>A second call</b> sees the newest committed state; what lies
 * in the past changes by imports, pruning and forgetting only.
 *
 * <p><b>Absent, empty, broken.</b> An agent without a version so early is empty, or not in the map. Agents that are not
 * on the roll now, but have a history, are told like others. A version or gap that a hand edit left without a readable
 * time is left out, and verification names it. A document that can not be given back byte for byte is
 * {@link StoredDocument.Damaged}.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE. <b>Threads:</b> one at a
 * time.
 */
public interface RollPast {
    /**
     * Whether a later version was in force at the same moment does not matter: the last one of it counts.
     *
     * @param having columns of {@link Revision#KEPT} which the version must have: the last one by then that has them all
     */
    Optional<Revision> at(AgentId agent, Instant time, StatusField... having);

    /** The same for every agent that had a version by then. */
    Map<AgentId, Revision> at(Instant time);

    /**
     * The version in force at {@code from}, if any, and all observed after it and before {@code until}; oldest first. Of
     * each are told its number, when it was observed, and the columns asked for; nothing else.
     *
     * @param columns some of {@link Revision#KEPT}
     * @param kept what is wanted of each version: nothing else of it is kept; must not ask the roll anything
     */
    <T> List<T> between(
            AgentId agent, Instant from, Instant until, List<StatusField> columns, Function<Revision, T> kept);

    /** The agent that a revision is of, and the revision. */
    Optional<Map.Entry<AgentId, Revision>> revision(long revision);

    /** All of the agent's gaps, by their beginning. */
    List<Gap> gaps(AgentId agent);

    /** The gaps of all agents that overlap the stretch, its end not included; by agent and beginning. */
    List<Gap> gaps(Instant from, Instant until);

    /** When the first version of all was observed; empty for a roll that has none. */
    Optional<Instant> first();

    /** Every agent that had a version by then, by id. */
    List<AgentId> agents(Instant time);

    /** The bytes of one recorded version of the agent. */
    StoredDocument document(AgentId agent, long revision);

    /**
     * The bytes of several versions of the agent, each handed over as soon as it is there and not kept. Cheapest when
     * each stands soon after the one before.
     *
     * @param each must not ask the roll anything
     */
    void documents(AgentId agent, List<Long> revisions, BiConsumer<Long, StoredDocument> each);
}
