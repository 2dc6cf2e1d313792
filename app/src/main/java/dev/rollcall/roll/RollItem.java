package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that the roll knows and that can not be had from the files again, outside any database. */
public sealed interface RollItem {
    /**
     * A recorded version.
     *
     * @param facts what was noted of it when it was recorded
     * @param bytes the document as it stood in the file
     * @param overwrite as {@link Revision#overwrite}
     */
    record Version(
            long revision,
            AgentId agent,
            Seal facts,
            Proof proof,
            byte[] bytes,
            @Nullable Overwrite overwrite) implements RollItem {}

    /** Whether a seal vouches for what was noted of a version. */
    enum Proof {
        SEALED,
        /** A hand has edited the row, or its seal: what is told stands there, and nothing proves it. */
        UNPROVEN
    }

    /**
     * What the agent's current row says that does not follow from its document.
     *
     * @param revision its latest version
     * @param leftAt null while present
     * @param sourceModifiedAt null when the file had none
     * @param syncedAt null, as {@code lastActivityAt}, where a hand has made it unreadable
     */
    record Row(
            AgentId agent,
            long revision,
            Presence presence,
            @Nullable Instant leftAt,
            String sourcePath,
            @Nullable Instant sourceModifiedAt,
            @Nullable Instant syncedAt,
            @Nullable Instant lastActivityAt)
            implements RollItem {}

    /**
     * A document that stands rejected.
     *
     * @param size bytes that the file had
     * @param bytes the first of them that are kept
     */
    record Rejection(RejectedDocument document, long size, byte[] bytes) implements RollItem {}

    /** A stretch in which versions do not tell. */
    record Stretch(Gap gap) implements RollItem {}

    /**
     * Something that is in the database and can not be had out of it.
     *
     * @param agent what stands for the agent's id, whatever that is
     * @param revision null where it is no version
     * @param reason half a sentence
     */
    record Lost(String agent, @Nullable Long revision, String reason) implements RollItem {}
}
