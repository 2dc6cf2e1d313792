package dev.rollcall.report;

import dev.rollcall.document.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two documents.
 *
 * @param path where, as {@link dev.rollcall.document.MemberPath} spells it; the index of an added item counts in the later
 *     document, that of a removed one in the earlier
 * @param before null for what was added
 * @param after null for what was removed
 */
public record MemberChange(
        String path,
        Kind kind,
        @Nullable JsonValue before,
        @Nullable JsonValue after) {
    /** What became different. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        ITEM_ADDED,
        ITEM_REMOVED,
        /** The items that both lists have stand in another order; before and after are the whole lists. */
        REORDERED;

        /** As programs see it: lower case with underscores. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
