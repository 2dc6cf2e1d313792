package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which an agent's latest version does not tell what its file said.
 *
 * @param until null while it lasts; never before {@code from}
 * @param detail for {@link Kind#REJECTED} the rejection's code at its beginning, for {@link Kind#PRUNED} how many versions
 *     were thinned out; else empty
 */
public record Gap(
        AgentId agent, Kind kind, Instant from, @Nullable Instant until, String detail) {
    /** By agent, beginning and kind. */
    public static final Comparator<Gap> ORDER =
            Comparator.comparing(Gap::agent).thenComparing(Gap::from).thenComparing(Gap::kind);

    /** Why the latest version does not tell. */
    public enum Kind {
        /** There was no file. */
        LEFT,
        /** The file was not acceptable. */
        REJECTED,
        /** Versions from then were deleted to keep the database bounded. */
        PRUNED
    }

    /** Whether the stretch holds the moment; its end does not. */
    public boolean covers(Instant time) {
        return !time.isBefore(from) && (until == null || time.isBefore(until));
    }
}
