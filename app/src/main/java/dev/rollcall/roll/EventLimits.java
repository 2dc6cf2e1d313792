package dev.rollcall.roll;

import java.time.Duration;

/**
 * How much of the log of events is kept: what is older than the one or beyond the other is forgotten. History is kept
 * whatever these say.
 *
 * @param keepFor how long an event is kept, at least a second
 * @param keep how many of a swarm's events are kept, at least one
 */
public record EventLimits(Duration keepFor, long keep) {
    public static final EventLimits DEFAULT = new EventLimits(Duration.ofDays(30), 1_000_000);

    public EventLimits {
        if (keepFor.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("events must be kept for 1s at least, not for " + keepFor);
        }
        if (keep < 1) {
            throw new IllegalArgumentException("at least 1 event must be kept, not " + keep);
        }
    }
}
