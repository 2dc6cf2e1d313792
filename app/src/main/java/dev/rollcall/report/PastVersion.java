package dev.rollcall.report;

import dev.rollcall.roll.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of an agent as figures see it.
 *
 * @param contents null where its document was not read, or could not be had back
 */
public record PastVersion(Revision revision, @Nullable Contents contents) {
    Instant observedAt() {
        return revision.observedAt();
    }

    Condition condition() {
        return Condition.of(revision.columns().state());
    }
}
