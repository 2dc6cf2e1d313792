package dev.rollcall.store;

import dev.rollcall.document.StatusColumns;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.Seal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the tables hold of an agent when a change comes in.
 *
 * @param head the latest revision; null without any
 * @param presence as the agent's reading tells, which nobody has a reason to edit, else its row; null without either
 * @param rejection what stands rejected, as {@link RejectionTable#mark}; null when nothing does
 * @param file which file the last reading was of, as {@link dev.rollcall.roll.Sighting#file}
 * @param owner the source that has the agent; null for none
 * @param hasRow whether {@code agent_workspaces} has the agent
 * @param hasPassages whether {@code agent_status} has a row of it
 */
record Known(
        long reading,
        @Nullable Presence presence,
        @Nullable String rejection,
        @Nullable String file,
        @Nullable String owner,
        boolean hasRow,
        boolean hasPassages,
        @Nullable Head head) {
    /**
     * The agent's latest revision, as raw as it stands there.
     *
     * @param columns what it and the row tell of {@link EventTable#FIELDS}, as far as it can be read
     */
    record Head(
            long revision,
            String observedAt,
            @Nullable String sourceModifiedAt,
            @Nullable String origin,
            @Nullable String sha256,
            @Nullable String seal,
            int deltaDepth,
            StatusColumns columns) {
        boolean agreesWith(Seal sealed) {
            return sealed.observedAt().equals(observedAt)
                    && Objects.equals(sealed.sourceModifiedAt(), sourceModifiedAt)
                    && sealed.origin().equals(origin)
                    && sealed.contentSha256().equals(sha256);
        }
    }

    /** Whether nobody has accepted the agent's file before: its history came in from commits. */
    boolean isOnlyImported() {
        return presence == null && head != null && head.origin() != null && Origin.isCommit(head.origin());
    }

    boolean isRejected() {
        return rejection != null;
    }

    long revision() {
        return head == null ? RecordOutcome.Noted.NONE : head.revision();
    }
}
