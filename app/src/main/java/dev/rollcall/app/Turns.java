package dev.rollcall.app;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The turns of a thread that works again and again, and sooner for whoever can not wait. Thread-safe. */
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long begun;
    private long done;
    private boolean isDemanded;
    private boolean isAwaited;
    private boolean isStopping;

    /** Waits until it is time for the next turn, at the latest after so long; false when there is none. */
    boolean isNext(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (left > 0 && !isDemanded && !isStopping) {
                left = changed.awaitNanos(left);
            }
            isAwaited = isDemanded;
            isDemanded = false;
            begun++;
            return !isStopping;
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits for the turn that has begun. For the thread whose turns they are. */
    boolean isAwaited() {
        return isAwaited;
    }

    /** The turn is over. */
    void done() {
        lock.lock();
        try {
            done = begun;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a turn that begins after this call; false when it was not over within so long. */
    boolean demand(Duration atMost) {
        lock.lock();
        try {
            long wanted = begun + 1;
            isDemanded = true;
            changed.signalAll();
            long left = atMost.toNanos();
            while (done < wanted && left > 0 && !isStopping) {
                left = changed.awaitNanos(left);
            }
            return done >= wanted;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            isStopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
