package dev.rollcall.app;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollFeed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
    private final ArrayDeque<RollEvent> latest = new ArrayDeque<>();

    /** The seq before the first event in memory. */
    private long before = RollFeed.BEGINNING;

    private long newest = RollFeed.BEGINNING;

    /** How many logs there were: another database under the same name has another one. */
    private long log;

    private boolean isClosed;

    LiveEvents(OpenRolls rolls) {
        this.rolls = rolls;
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
        lock.lock();
        try {
            if (cursor >= before) {
                List<RollEvent> events = new ArrayList<>();
                if (cursor < newest) {
                    for (RollEvent event : latest) {
                        if (event.seq() > cursor && events.size() < limit) {
                            events.add(event);
                        }
                    }
                }
                return new Page(events, RollFeed.BEGINNING);
            }
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            return log;
        } finally {
            lock.unlock();
        }
    }

    /** The largest seq so far. */
    public long newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an event after the cursor, or another log, at most so long; false when there is no use in waiting. */
    public boolean await(long cursor, long ofLog, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (newest <= cursor && log == ofLog && left > 0 && !isClosed) {
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
            latest.clear();
            log++;
            before = seq;
            newest = seq;
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void add(List<RollEvent> events) {
        lock.lock();
        try {
            for (RollEvent event : events) {
                latest.addLast(event);
                newest = event.seq();
                if (latest.size() > KEPT) {
                    before = latest.removeFirst().seq();
                }
            }
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
