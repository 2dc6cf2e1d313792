package dev.rollcall.roll;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything the roll holds of one agent, raw, as verification compares it: whatever stands in the tables, however it
 * came there.
 *
 * @param row columns of {@code agent_workspaces} by name, values as text; empty when there is no row
 * @param history the agent's revisions in order, oldest first
 * @param passages rows of {@code agent_status}; {@code embedded} tells whether a row has its vector
 */
public record StoredAgent(
        Map<String, @Nullable String> row,
        List<HistoryRow> history,
        List<PassageRow> passages,
        @Nullable RejectedDocument rejected,
        Standing standing) {
    /** The history head: the last revision in order. */
    public Optional<HistoryRow> head() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
    }

    /** One row of {@code status_history}, columns by name as text, the document left out. */
    public record HistoryRow(long revision, Map<String, @Nullable String> columns) {}

    /** One row of {@code agent_status}. */
    public record PassageRow(Passage passage, long revision, boolean embedded) {}
}
