package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RollStore.Durability;
import java.util.Collection;
import java.util.List;

/**
 * The roll of one swarm as those see it who bring in versions from before Rollcall looked. An archive has a line, whose
 * versions were in force one after the other, and versions beside it.
 *
 * <p><b>What one call does.</b> {@link #archive} adds versions to the histories of agents, each at its own time, and gaps
 * between them; {@link #keepWork}, once they are all there, makes past work of what they said. The current rows, passages,
 * events and everything else that tells of now stay as they are. An agent of which the roll has a row, or a version that
 * does not come from a commit, is followed: of a followed agent only what was before its latest version is added, and the
 * latest version stays the latest.
 *
 * <p><b>What is atomic.</b> One call is one transaction, durable as {@link Durability} tells; of {@code keepWork} one
 * for each agent, durable at once. <b>A second call</b> with the same versions, gaps or agents adds nothing.
 *
 * <p><b>Absent, empty, broken.</b> An agent nobody knows gets a history and no row. Nothing to add is no transaction.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE; the transaction is
 * rolled back then. <b>Threads:</b> one at a time; several processes at once.
 */
public interface RollArchive {
    /**
     * One outcome for each version, in order.
     *
     * <p>A version is known when the agent has one of its commit, or as many of its bytes and its author's time as
     * {@link PastVersion.Writing} counts before it, and one more; for a version of the line those of the line count. So
     * history that was rewritten under other commits is known, and what was written again later is another version. A
     * known version is put on the side of the line on which its origin is now, unless it is a followed agent's latest one,
     * and tells the commit from which it can be had now.
     *
     * <p>A version {@link PastVersion#atEnd at the end} is known only where its bytes are in force at its time.
     *
     * <p>A version beside the line is added wherever its time is, and is never in force: it is not the latest version, none
     * follows it, and it ends no gap. All else is told of versions on the line.
     *
     * <p>A version with the bytes of the agent's version before it in the order (observed_at, revision) is unchanged; so is
     * one after a followed agent's latest version with the bytes of that. A version of a commit is never a follower of one
     * that was brought in at the same moment, unless it names it.
     *
     * <p>An acceptable version ends a gap that lasts, of an agent that is neither followed nor stands rejected. A gap ends
     * at the first version of a followed agent that does not come from a commit, where there is none at its latest
     * version; and at the next version or gap of any agent. A gap that begins later, or inside another, is not added.
     *
     * @param versions of each agent in the order in which they were made
     * @param gaps of each agent in order
     */
    List<Outcome> archive(List<PastVersion> versions, List<Gap> gaps, Durability durability);

    /**
     * Makes past work of the texts of known members that versions of commits on the line had: each with the last revision
     * in order that had it, left when the next version on the line was observed that had it not. A text in the agent's
     * current document is no past work, one that is known to have left later stays as it is, and one that left among
     * versions that were thinned out stays out. Past work of a version that has moved beside the line goes. The agent is
     * queued for the search where anything is added.
     *
     * <p>An agent without a row gets none, as nobody could be asked about it. It gets all of it in the transaction that
     * gives it its row, what its file does not say any more included.
     */
    void keepWork(Collection<AgentId> agents);

    /** What became of a version. */
    enum Outcome {
        /** It is a revision now. */
        RECORDED,
        /** It was brought in before. */
        KNOWN,
        /** It was brought in before, from another commit, and stands where that put it. */
        REWRITTEN,
        /** It is of a time whose versions were thinned out on purpose. */
        PRUNED,
        /** Its bytes are those of the version before it. */
        UNCHANGED,
        /** It was made after the followed agent's latest version: that is for a look at the file to record. */
        NEWER
    }
}
