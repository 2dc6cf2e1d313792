package dev.rollcall.roll;

import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recorded version as history tells it.
 *
 * @param revision its identity; the order of versions is (observedAt, revision)
 * @param columns the {@link #KEPT} ones; the others are absent
 * @param sourceModifiedAt the file's modification time at that version
 * @param bytes the size of the document; null when what is stored does not tell it
 * @param overwrite what it left of the version before when it was written over that in the same file; null when it
 *     came as another file, or nobody knows
 */
public record Revision(
        long revision,
        Instant observedAt,
        @Nullable Instant sourceModifiedAt,
        StatusColumns columns,
        String origin,
        String contentSha256,
        @Nullable Long bytes,
        @Nullable Overwrite overwrite) {
    /** What history keeps of a document's columns. */
    public static final List<StatusField> KEPT = List.of(
            StatusField.STATUS,
            StatusField.LAST_UPDATED,
            StatusField.STATE,
            StatusField.CYCLE_COUNT,
            StatusField.POINTS_EARNED,
            StatusField.CURRENT_MISSION,
            StatusField.CURRENT_FOCUS,
            StatusField.FSM_STATE);

    /** Whether it is the version in force from when it was observed until the next one was; else it never was that. */
    public boolean isOfLine() {
        return !Origin.isBeside(origin);
    }
}
