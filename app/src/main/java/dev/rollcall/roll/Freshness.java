package dev.rollcall.roll;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long ago an agent gave a sign of life, derived whenever somebody looks; never stored. */
public enum Freshness {
    LIVE,
    QUIET,
    /** Also an agent whose last sign of life nobody knows. */
    STALE,
    /** The workspace is gone. */
    LEFT;

    /** 2000-01-01: a clock that was never set says 1970 or 1980. */
    private static final Instant EARLIEST_CLAIM = Instant.ofEpochSecond(946_684_800L);

    /**
     * The freshness at {@code now}.
     *
     * @param lastActivityAt the newest trustworthy sign of life; one after {@code now} is as fresh as one right now
     */
    public static Freshness of(
            Presence presence, @Nullable Instant lastActivityAt, Instant now, FreshnessThresholds thresholds) {
        if (presence == Presence.LEFT) {
            return LEFT;
        }
        if (lastActivityAt == null) {
            return STALE;
        }
        Duration age = Duration.between(lastActivityAt, now);
        if (age.compareTo(thresholds.liveFor()) <= 0) {
            return LIVE;
        }
        return age.compareTo(thresholds.quietFor()) <= 0 ? QUIET : STALE;
    }

    /**
     * The last sign of life of an agent whose first version was just recorded. Rollcall has seen nothing happen then, so
     * that neither its own seeing nor a fresh checkout makes an agent LIVE: of file time and claim the older one counts.
     * For every later version the last sign of life is the moment it was observed.
     *
     * @param claim the document's own last_updated, or null; one before 2000 is not plausible, and one after the file,
     *     plausible or not, is never the older
     * @param modifiedAt the file's modification time; one after {@code observedAt} counts as {@code observedAt}
     */
    public static Instant atFirstSight(@Nullable Instant claim, Instant modifiedAt, Instant observedAt) {
        Instant seen = modifiedAt.isBefore(observedAt) ? modifiedAt : observedAt;
        return claim != null && !claim.isBefore(EARLIEST_CLAIM) && claim.isBefore(seen) ? claim : seen;
    }
}
