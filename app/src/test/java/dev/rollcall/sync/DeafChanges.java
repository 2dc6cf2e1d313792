package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;

/** A system that loses every event. */
final class DeafChanges implements FileChanges {
    private static final Duration LONGEST = Duration.ofMillis(20);

    @Override
    public void watch(Collection<AgentId> agents) {}

    @Override
    public Hints next(Duration patience) {
        LockSupport.parkNanos(Math.min(patience.toNanos(), LONGEST.toNanos()));
        return Hints.NONE;
    }

    @Override
    public Coverage coverage() {
        return new Coverage(0, 0, 0, "nothing is told");
    }

    @Override
    public void close() {}
}
