package dev.rollcall.sync;

import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.RollFeed;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps the log of events within its limits, a little at a time. For one thread at a time. */
final class EventTrim {
    /** Nothing depends on a log that is shorter at once. */
    private static final Duration BETWEEN = Duration.ofMinutes(10);

    /** Events forgotten in one transaction, which takes about a millisecond. */
    private static final int SLICE = 256;

    /** A clock that leaps does so by more than this. */
    private static final Duration LEAP = Duration.ofMinutes(1);

    /** For how long a clock must have gone evenly before events are old by it: what is forgotten does not come back. */
    private static final Duration PROOF = Duration.ofHours(1);

    /** So long that nothing is ever old. */
    private static final Duration FOR_EVER = Duration.ofDays(100_000);

    private final EventLimits limits;
    private Instant next = Instant.EPOCH;

    /** Since when, by the steady clock, the wall clock has been this far ahead of it; null before the first look. */
    private @Nullable Instant evenSince;

    private Duration ahead = Duration.ZERO;
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
        EventLimits now = isEven(wall, steady) ? limits : new EventLimits(FOR_EVER, limits.keep());
        isBehind = feed.forget(now, wall, SLICE) == SLICE;
        if (!isBehind) {
            next = steady.plus(BETWEEN);
        }
    }

    private boolean isEven(Instant wall, Instant steady) {
        Duration difference = Duration.between(steady, wall);
        if (evenSince == null || difference.minus(ahead).abs().compareTo(LEAP) > 0) {
            evenSince = steady;
            ahead = difference;
        }
        return !steady.isBefore(evenSince.plus(PROOF));
    }
}
