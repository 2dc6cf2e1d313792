package dev.rollcall.roll;

import java.time.Instant;
import java.util.List;

/**
 * What happened to one swarm, as those see it who follow it. Events that a {@link RollStore} causes are written by it,
 * in the transaction of the change itself: there is an event exactly when there is the change. A repair, and reading the
 * same bytes by other rules, is no event: no agent wrote anything.
 *
 * <p><b>What one call does.</b> {@link #after} tells events in order of seq; {@link #newest} tells where the log ends now;
 * {@link #note} adds what follows from the passing of time and not from a file; {@link #forget} takes the oldest away, and
 * {@link #forgotten} tells how far.
 *
 * <p><b>What is atomic.</b> A read call sees one consistent state. One call of {@code note} is one transaction, durable
 * when it returns. One call of {@code forget} is at most one transaction, in which the events go and {@code forgotten}
 * grows; a loss of power can take it back.
 *
 * <p><b>What a second call does.</b> {@code after} with the seq of the last event that was read tells what came since:
 * every event once, none left out. That holds because an event with a smaller seq can not become visible after one with
 * a larger seq. SQLite has one writer at a time, and the seq is drawn within its transaction, so the numbers of whoever
 * commits later are larger. Any other backend must give the same guarantee; a plain sequence that several writers draw
 * from at once does not. Noting the same turn again is another event. {@code forget} called again goes on
 * where it ended, until it returns less than it was allowed to.
 *
 * <p><b>Absent, empty, broken.</b> Nothing after the cursor is an empty list, and so is a cursor beyond the newest event.
 * A list shorter than the limit is all there is; a cursor before {@code forgotten} misses what was between. Without events, newest is {@value #BEGINNING}. A turn of an agent that
 * is not on the roll, or has left, is passed over. An event that a hand edit made unreadable is left out.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE; IllegalArgumentException
 * for a limit below 1. A watch that does not lead any more forgets nothing.
 *
 * <p><b>Threads.</b> One thread at a time; several processes at once, also while others record. Events of a transaction
 * that is durable {@link RollStore.Durability#LATER} can be read before they are durable: a loss of power then takes the
 * change and its events back, and their numbers are given again.
 */
public interface RollFeed {
    /** The cursor before all events. */
    long BEGINNING = 0;

    /** At most {@code limit} events with a seq larger than the cursor, the smallest first. */
    List<RollEvent> after(long cursor, int limit);

    /** The largest seq of this swarm. */
    long newest();

    /** Adds one event for each turn, in order, but for agents that another source has: it tells of them. */
    void note(List<FreshnessTurn> turns);

    /** The largest seq of an event of this swarm that is not kept any more; {@value #BEGINNING} while all are. */
    long forgotten();

    /**
     * Takes away the oldest events that are beyond the limits, at most so many; returns how many went.
     *
     * @param now what the age of events is counted from
     */
    int forget(EventLimits limits, Instant now, int atMost);
}
