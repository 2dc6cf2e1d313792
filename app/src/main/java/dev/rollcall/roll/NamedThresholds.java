package dev.rollcall.roll;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody named of the {@link FreshnessThresholds}; null for what nobody did.
 *
 * @param liveFor as there
 * @param quietFor as there
 */
public record NamedThresholds(
        @Nullable Duration liveFor, @Nullable Duration quietFor) {
    public static final NamedThresholds NONE = new NamedThresholds(null, null);

    public NamedThresholds {
        if (cross(liveFor, quietFor)) {
            throw new IllegalArgumentException(
                    "live for " + liveFor + " must not be longer than quiet for " + quietFor);
        }
    }

    /** Whether both are named, and an agent would be STALE while it is LIVE. */
    public static boolean cross(@Nullable Duration liveFor, @Nullable Duration quietFor) {
        return liveFor != null && quietFor != null && quietFor.compareTo(liveFor) < 0;
    }
}
