package dev.rollcall.roll;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything the roll holds of one agent as it is now, raw, as verification compares it: whatever stands in the tables,
 * however it came there.
 *
 * @param row columns of {@code agent_workspaces} by name, values as text; empty when there is no row
 * @param latest the history head, the last revision in order; null without any
 * @param passages rows of {@code agent_status} by key
 * @param standing as {@link RollStore#standing} tells it
 */
public record StoredAgent(
        Map<String, @Nullable String> row,
        @Nullable HistoryRow latest,
        List<PassageRow> passages,
        @Nullable RejectedDocument rejected,
        Standing standing) {
    public Optional<HistoryRow> head() {
        return Optional.ofNullable(latest);
    }

    /** One row of {@code status_history}: columns by name, values as text, the document left out. */
    public record HistoryRow(long revision, Map<String, @Nullable String> columns) {}

    /**
     * One row of {@code agent_status}.
     *
     * @param passage with empty texts where the row has none
     * @param embedded whether the row has its vector
     */
    public record PassageRow(Passage passage, long revision, boolean embedded) {}
}
