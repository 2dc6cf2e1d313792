package dev.rollcall.store;

import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.Seal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the tables hold of an agent when a change comes in.
 *
 * @param head the latest revision; null without any
 * @param hasRow whether {@code agent_workspaces} has the agent
 * @param hasPassages whether {@code agent_status} has a row of it
 */
record Known(long reading, @Nullable Head head, boolean hasRow, boolean isRejected, boolean hasPassages) {
    /** The agent's latest revision, as raw as it stands there. */
    record Head(
            long revision,
            String observedAt,
            @Nullable String sourceModifiedAt,
            @Nullable String origin,
            @Nullable String sha256,
            @Nullable String seal,
            int deltaDepth) {
        boolean agreesWith(Seal sealed) {
            return sealed.observedAt().equals(observedAt)
                    && Objects.equals(sealed.sourceModifiedAt(), sourceModifiedAt)
                    && sealed.origin().equals(origin)
                    && sealed.contentSha256().equals(sha256);
        }
    }

    long revision() {
        return head == null ? RecordOutcome.Noted.NONE : head.revision();
    }
}
