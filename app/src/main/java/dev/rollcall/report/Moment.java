package dev.rollcall.report;

import dev.rollcall.roll.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment of the roll's past, as somebody asked for it.
 *
 * @param version the version that was named, if one was: others may have been observed at the same time
 */
public record Moment(Instant time, @Nullable Revision version) {
    public static Moment of(Revision version) {
        return new Moment(version.observedAt(), version);
    }

    /** Whether the version was observed at this moment or before, in the order (observed_at, revision). */
    public boolean isNotBefore(Revision other) {
        int order = other.observedAt().compareTo(time);
        return order < 0 || (order == 0 && (version == null || other.revision() <= version.revision()));
    }

    /** Whether the version was observed at this moment or after it. */
    public boolean isNotAfter(Revision other) {
        int order = other.observedAt().compareTo(time);
        return order > 0 || (order == 0 && (version == null || other.revision() >= version.revision()));
    }
}
