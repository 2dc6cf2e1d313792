package dev.rollcall.report;

import dev.rollcall.roll.FreshnessThresholds;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How regularly an agent reported.
 *
 * @param cadence see {@link ReportingCadence}; null where too few reports tell it
 * @param thresholds what counted for it
 * @param stale see {@link StaleStretches}
 */
public record Silence(@Nullable Duration cadence, FreshnessThresholds thresholds, List<Window> stale) {
    /** Seconds of all stale stretches together. */
    public double staleSeconds() {
        return Window.seconds(StaleStretches.sum(stale));
    }
}
