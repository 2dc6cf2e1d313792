package dev.rollcall.roll;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything the roll holds of one agent as it is now, raw, as verification compares it: whatever stands in the tables,
 * however it came there.
 *
 * @param row columns of {@code agent_workspaces} by name, values as text; empty when there is no row
 * @param latest the history head, the last revision in order, where a seal that fits tells the order and not an edited
 *     column; null without any
 * @param unsealed revisions whose columns differ from the text of their seal at first sight
 * @param passages rows of {@code agent_status} by key
 * @param past rows of {@code past_passages} by key
 * @param isQueued whether its passages wait: those outside the known members are those of an earlier document then
 * @param standing as {@link RollStore#standing} tells it
 */
public record StoredAgent(
        Map<String, @Nullable String> row,
        @Nullable HistoryRow latest,
        List<HistoryRow> unsealed,
        List<PassageRow> passages,
        List<PastRow> past,
        boolean isQueued,
        @Nullable RejectedDocument rejected,
        Standing standing) {
    public Optional<HistoryRow> head() {
        return Optional.ofNullable(latest);
    }

    /** Whether all that the roll has of the agent came in from commits: nobody has looked at its file so far. */
    public boolean isOnlyImported() {
        return row.isEmpty()
                && head().map(head -> head.recorded("origin"))
                        .filter(Origin::isCommit)
                        .isPresent();
    }

    /** One row of {@code status_history}: columns by name, values as text, the document left out. */
    public record HistoryRow(long revision, Map<String, @Nullable String> columns) {
        /** What was recorded; empty when the seal does not fit the row. */
        public Optional<Seal> seal() {
            Seal.Row row = new Seal.Row(text("swarm"), text("agent_id"), revision);
            return Seal.read(columns.get("seal"), row);
        }

        /** As recorded where the seal fits, else as it stands in the column. */
        public @Nullable String recorded(String column) {
            return seal().map(Seal::columns).orElse(columns).get(column);
        }

        private String text(String column) {
            return Objects.requireNonNullElse(columns.get(column), "");
        }
    }

    /**
     * One row of {@code agent_status}.
     *
     * @param passage with empty texts where the row has none
     * @param vector what stands in place of its vector
     * @param isFoundByWords whether its words stand under its number; true without a number
     */
    public record PassageRow(Passage passage, long revision, Vector vector, boolean isFoundByWords) {}

    /**
     * One row of {@code past_passages}.
     *
     * @param isAsItLeft whether it is as it left the document
     */
    public record PastRow(PassageRow row, boolean isAsItLeft) {}

    /** What a row has for a vector. */
    public enum Vector {
        /** None, or no number: it waits. */
        QUEUED,
        /** The one that the model in use made of this text. */
        FITTING,
        /** Something else. */
        UNFIT
    }
}
