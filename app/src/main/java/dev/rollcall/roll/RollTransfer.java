package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ReadingRules;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The roll of one swarm as those see it who take all of it elsewhere.
 *
 * <p><b>What one call does.</b> {@link #export} hands out everything that does not follow from something else: versions,
 * the facts of rows, rejected documents and gaps. {@link #load} takes it in; columns and search entries are derived anew.
 * Readings, events, vectors and leases are not part of it: after a load, the next pass reads every file.
 *
 * <p><b>What is atomic.</b> An export is one state of the database throughout, whoever writes meanwhile. A load is one
 * durable transaction. <b>A second call</b> of load is refused, as the swarm holds something then.
 *
 * <p><b>Absent, empty, broken.</b> Of an agent nobody knows, and of an empty roll, nothing is handed out. What can not be
 * had back of a damaged or edited row is handed out as {@link RollItem.Lost} and never left out in silence; loading that
 * does nothing.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE. A load throws REFUSED
 * where the swarm holds anything, and for an item that can not be; it passes on what the items throw. Nothing is changed
 * then. <b>Threads:</b> one at a time; several processes at once.
 */
public interface RollTransfer {
    /**
     * Agent by agent; of each its versions by number, its row, its rejected document, its gaps. Only one document at a time
     * is held in memory.
     *
     * @param only this agent; null for all
     * @param each must not ask the roll anything
     */
    void export(@Nullable AgentId only, Consumer<RollItem> each);

    /**
     * Revisions keep their numbers while the database has given out none; else all are raised by the last one given out.
     *
     * @param items an agent's row after its versions
     * @param rules what columns are derived by
     * @return what the numbers were raised by; 0 where they are kept
     */
    long load(Iterator<RollItem> items, ReadingRules rules);
}
