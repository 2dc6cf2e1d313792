package dev.rollcall.report;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of one mission.
 *
 * @param mission as the agent wrote it first
 * @param from when the first version with it was observed, which can be before the window
 * @param until when the first version with another mission, or none, was observed; the window's end where none was
 * @param duration of it, what lies in the window, without gaps
 * @param end whether it is over
 */
public record MissionStretch(String mission, Instant from, Instant until, Duration duration, End end) {
    /** Whether the agent went on to something else. */
    public enum End {
        OVER,
        GOES_ON
    }
}
