package dev.rollcall.app;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollFeed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What happens to the swarm, for any number of those who follow: the latest events from memory, earlier ones from the
 * database. Thread-safe.
 */
public final class LiveEvents {
    /** Events in memory; whoever trails by more reads the database until he has caught up. */
    private static final int KEPT = 4096;

    private final OpenRolls rolls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();

    /** Written under the lock; read by anybody at any time, as those who read are many. */
    private volatile Latest latest = new Latest(0, RollFeed.BEGINNING, new RollEvent[0]);

    /** How often the database was lost. */
    private long losses;

    private boolean isClosed;

    LiveEvents(OpenRolls rolls) {
        this.rolls = rolls;
    }

    /**
     * The events in memory.
     *
     * @param log how many logs there were: another database under the same name has another one
     * @param before the seq before the first of them
     * @param events by seq; nobody changes the array
     */
    private record Latest(long log, long before, RollEvent[] events) {
        long newest() {
            return events.length == 0 ? before : events[events.length - 1].seq();
        }

        List<RollEvent> after(long cursor, int limit) {
            int from = 0;
            int until = events.length;
            while (from < until) {
                int middle = (from + until) >>> 1;
                if (events[middle].seq() <= cursor) {
                    from = middle + 1;
                } else {
                    until = middle;
                }
            }
            return List.of(Arrays.copyOfRange(events, from, Math.min(events.length, from + limit)));
        }

        Latest with(List<RollEvent> more) {
            int forgotten = Math.max(0, events.length + more.size() - KEPT);
            RollEvent[] all = Stream.concat(Arrays.stream(events), more.stream())
                    .skip(forgotten)
                    .toArray(RollEvent[]::new);
            return new Latest(log, forgotten == 0 ? before : lastOf(more, forgotten), all);
        }

        private long lastOf(List<RollEvent> more, int forgotten) {
            return forgotten <= events.length
                    ? events[forgotten - 1].seq()
                    : more.get(forgotten - events.length - 1).seq();
        }
    }

    /** Some of what there is after a cursor. */
    public record Page(List<RollEvent> events, long forgotten) {}

    /**
     * At most so many events after the cursor, the smallest seq first, and the largest seq that is not kept any more: a
     * cursor before it has missed what was between.
     *
     * @throws ProblemException DATABASE_UNAVAILABLE when they are not in memory
     */
    public Page after(long cursor, int limit) {
        Latest now = latest;
        if (cursor >= now.before()) {
            return new Page(now.after(cursor, limit), RollFeed.BEGINNING);
        }
        return rolls.ask(rollcall -> {
            List<RollEvent> events = rollcall.feed().after(cursor, limit);
            // Asked after reading: events that are here were not forgotten too early.
            long forgotten = rollcall.feed().forgotten();
            return new Page(
                    events, events.isEmpty() || events.getFirst().seq() > forgotten ? forgotten : RollFeed.BEGINNING);
        });
    }

    /** Which log of events it is: another number when the database was replaced, and no seq of before means anything. */
    public long log() {
        return latest.log();
    }

    /** The largest seq so far. */
    public long newest() {
        return latest.newest();
    }

    /**
     * Waits for an event after the cursor, another log, or the loss of the database, at most so long; false when there is no
     * use in waiting.
     */
    public boolean await(long cursor, long ofLog, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            long before = losses;
            while (newest() <= cursor && log() == ofLog && losses == before && left > 0 && !isClosed) {
                left = came.awaitNanos(left);
            }
            return !isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** Another log begins, after a seq: what was before is for the database to tell. */
    void restart(long seq) {
        lock.lock();
        try {
            latest = new Latest(latest.log() + 1, seq, new RollEvent[0]);
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void add(List<RollEvent> events) {
        lock.lock();
        try {
            latest = latest.with(events);
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits has something to tell: that the database can not be read any more. */
    void lost() {
        lock.lock();
        try {
            losses++;
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            isClosed = true;
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
