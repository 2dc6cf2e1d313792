package dev.rollcall.report;

import dev.rollcall.roll.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How often an agent reported: the median time between two versions that were observed in the window. Seconds. Versions
 * within one second are one report. A pair with a gap between its two does not count, because a report may have been
 * missed. Null with fewer than three pairs.
 */
public final class ReportingCadence {
    private ReportingCadence() {}

    public static Optional<Duration> of(AgentPast past) {
        List<Duration> intervals = new ArrayList<>();
        Instant before = null;
        for (PastVersion version : past.observed()) {
            Instant now = version.observedAt();
            if (before != null && Cadence.isBurst(Duration.between(before, now))) {
                continue;
            }
            if (before != null && !past.hasGapBetween(before, now)) {
                intervals.add(Duration.between(before, now));
            }
            before = now;
        }
        return Cadence.median(intervals);
    }
}
