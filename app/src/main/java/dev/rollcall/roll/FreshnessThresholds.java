package dev.rollcall.roll;

import java.time.Duration;

/**
 * How long ago the last sign of life may be.
 *
 * @param liveFor up to this age an agent is LIVE
 * @param quietFor up to this age it is QUIET, beyond it STALE
 */
public record FreshnessThresholds(Duration liveFor, Duration quietFor) {
    /** A house decision: agents in the wild write every few minutes at work, and an hour of silence needs a look. */
    public static final FreshnessThresholds DEFAULT =
            new FreshnessThresholds(Duration.ofMinutes(10), Duration.ofMinutes(60));

    public FreshnessThresholds {
        if (liveFor.isNegative() || quietFor.compareTo(liveFor) < 0) {
            throw new IllegalArgumentException(
                    "live for " + liveFor + " must not be longer than quiet for " + quietFor);
        }
    }
}
