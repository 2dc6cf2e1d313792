package dev.rollcall.report;

import java.time.Duration;
import java.time.Instant;

/** A part of the window in which the roll says one thing of an agent. */
public record Stretch(Instant from, Instant until, Condition condition) {
    public Duration length() {
        return Duration.between(from, until);
    }
}
