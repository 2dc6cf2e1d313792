package dev.rollcall.report;

import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of an agent as figures see it.
 *
 * @param contents null where its document was not read, or could not be had back
 * @param lastSign the agent's last sign of life when the version was observed: never later than that
 */
public record PastVersion(Revision revision, @Nullable Contents contents, Instant lastSign) {
    /** A version that is itself the sign of life: all but an agent's first. */
    public PastVersion(Revision revision, @Nullable Contents contents) {
        this(revision, contents, revision.observedAt());
    }

    /** An agent's first version: that Rollcall saw it is no sign of life. */
    public static PastVersion first(Revision revision, @Nullable Contents contents) {
        Instant observedAt = revision.observedAt();
        Instant modifiedAt = revision.sourceModifiedAt();
        return new PastVersion(
                revision,
                contents,
                Freshness.atFirstSight(
                        revision.columns().lastUpdated().orElse(null),
                        modifiedAt == null ? observedAt : modifiedAt,
                        observedAt));
    }

    /** The same with what the roll's row says, which knows whether the version was the first one recorded. */
    PastVersion with(RollEntry entry) {
        Instant last = entry.lastActivityAt();
        return last == null || entry.revision() != revision.revision()
                ? this
                : new PastVersion(revision, contents, Window.earlier(last, observedAt()));
    }

    Instant observedAt() {
        return revision.observedAt();
    }

    Condition condition() {
        return Condition.of(revision.columns().state());
    }
}
