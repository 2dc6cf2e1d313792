package dev.rollcall.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, which a test can put forward. */
final class LeapingClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    void leap(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }
}
