package dev.rollcall.sync;

import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.RollFeed;
import java.time.Duration;
import java.time.Instant;

/** Keeps the log of events within its limits, a little at a time. For one thread at a time. */
final class EventTrim {
    /** Nothing depends on a log that is shorter at once. */
    private static final Duration BETWEEN = Duration.ofMinutes(10);

    /** Events forgotten in one transaction, which takes about a millisecond. */
    private static final int SLICE = 256;

    private final EventLimits limits;
    private Instant next = Instant.EPOCH;
    private boolean isBehind;

    EventTrim(EventLimits limits) {
        this.limits = limits;
    }

    /** @param steady now, by the clock that waiting goes by */
    boolean isDue(Instant steady) {
        return !steady.isBefore(next);
    }

    /** Whether there is more to forget at once. */
    boolean isBehind() {
        return isBehind;
    }

    /**
     * One transaction, or none when there is nothing to forget.
     *
     * @param wall now, as events are dated
     * @param steady now, by the clock that waiting goes by
     */
    void slice(RollFeed feed, Instant wall, Instant steady) {
        isBehind = false;
        isBehind = feed.forget(limits, wall, SLICE) == SLICE;
        if (!isBehind) {
            next = steady.plus(BETWEEN);
        }
    }
}
