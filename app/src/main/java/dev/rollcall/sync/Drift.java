package dev.rollcall.sync;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One difference between what the roll holds and what the recorded version implies.
 *
 * @param field the column
 * @param entry which entry of the history or the search index: a revision's number, a passage's key; null for the row
 * @param expected what the version implies; null for nothing
 * @param actual what stands there; null for nothing
 */
public record Drift(
        Where where,
        String field,
        @Nullable String entry,
        @Nullable String expected,
        @Nullable String actual) {
    /** Which part of the roll differs. */
    public enum Where {
        ROW,
        HISTORY,
        SEARCH;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
