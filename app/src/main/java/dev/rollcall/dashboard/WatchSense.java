package dev.rollcall.dashboard;

import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.WatchAnswer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the watch says of itself, as it was said a moment ago. Thread-safe. */
final class WatchSense {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final OpenSwarm swarm;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable WatchAnswer answer;
    private volatile long askedAt;

    WatchSense(OpenSwarm swarm) {
        this.swarm = swarm;
    }

    /** Waits for the first answer; afterwards a watch that does not answer holds nobody up. */
    WatchAnswer answer() {
        WatchAnswer last = answer;
        if (last == null || System.nanoTime() - askedAt > 5 * FRESH) {
            return ask();
        }
        if (System.nanoTime() - askedAt > FRESH && !asking.isLocked()) {
            Thread.ofVirtual().start(this::ask);
        }
        return last;
    }

    private WatchAnswer ask() {
        asking.lock();
        try {
            WatchAnswer last = answer;
            if (last != null && System.nanoTime() - askedAt < FRESH) {
                return last;
            }
            WatchAnswer now = swarm.swarm().askWatch();
            answer = now;
            askedAt = System.nanoTime();
            return now;
        } finally {
            asking.unlock();
        }
    }
}
