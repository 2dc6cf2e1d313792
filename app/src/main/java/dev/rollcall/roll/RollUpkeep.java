package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.time.Instant;
import java.util.List;

/**
 * The roll of one swarm as its owner sees it who keeps it small: the only way anything recorded is ever deleted.
 *
 * <p><b>What one call does.</b> {@link #holdings} counts what there is of an agent; {@link #forget} erases all of it;
 * {@link #wouldThin} counts what {@link #thin} deletes of an agent's history; {@link #compact} gives the room of what was
 * deleted back to the disk.
 *
 * <p><b>What is atomic.</b> {@code forget} is one transaction. {@code thin} is a series of short ones, between which others
 * record; after each of them every version that is left comes back byte for byte, and what was deleted is marked as a
 * {@link Gap.Kind#PRUNED} gap.
 *
 * <p><b>What a second call does.</b> Nothing, while nothing was recorded in between. A {@code thin} that was interrupted is
 * gone on with by the next one.
 *
 * <p><b>Absent, empty, broken.</b> Of an agent nobody knows there is nothing to count, to erase or to thin out. A version
 * whose columns differ from its seal is never deleted, and neither is one that a damaged version builds on.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE when the database stays
 * locked, is read-only, full or damaged; the transaction is rolled back then.
 *
 * <p><b>Threads.</b> One thread at a time; several processes at once.
 */
public interface RollUpkeep {
    /** Every agent that has a history, by id. */
    List<AgentId> agents();

    Holdings holdings(AgentId agent);

    /**
     * Erases row, history, passages, rejected document, reading, events and gaps of the agent, and overwrites what the
     * database's files held of them, also of earlier states. Numbers of revisions and events are not given out again.
     */
    Erasure forget(AgentId agent);

    /**
     * @param keepFrom the beginning of the stretch of which every version is kept
     */
    Thinned wouldThin(AgentId agent, Instant keepFrom);

    /**
     * Deletes the agent's versions from before {@code keepFrom}, except the last one of each day in UTC, the first of all,
     * and the one in force at {@code keepFrom}; the latest one is never deleted. Versions that lie side by side and are
     * gone are one gap, from the first of them to the next version that is kept. Past work in the search that was seen gone
     * before {@code keepFrom} is deleted as well.
     */
    Thinned thin(AgentId agent, Instant keepFrom);

    /** Waits for nobody to read the database, and keeps everybody else from writing meanwhile. */
    void compact();

    /**
     * Drops what was made for months of history that hold no version any more, where the database keeps history by months.
     * Not of the last months, and not while somebody is at work in them.
     *
     * @return how many months
     */
    int dropEmptyMonths();
}
