package dev.rollcall.store;

import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Overwrite;
import dev.rollcall.roll.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code status_history} as those see it who only look. */
final class VersionRow {
    static final String COLUMNS =
            "revision, observed_at, source_modified_at, origin, content_sha256, substr(document, 1, "
                    + FrameHeader.LONGEST + "), kept_head, kept_tail, " + Cells.names(HistoryTable.FIELDS);

    private VersionRow() {}

    /** As {@link #COLUMNS}, for {@link #readSlim}. What is not asked for costs a long history as much as what is. */
    static String slimColumns(List<StatusField> fields) {
        return "revision, observed_at, " + Cells.names(fields);
    }

    /** As {@link #read}, from the first column on, with these of its columns and without what only a single version tells. */
    static Optional<Revision> readSlim(ResultSet row, List<StatusField> fields) throws SQLException {
        Instant observedAt = Timestamps.read(row.getString(2)).orElse(null);
        return observedAt == null
                ? Optional.empty()
                : Optional.of(new Revision(
                        row.getLong(1), observedAt, null, Cells.columns(row, 3, fields), "", "", null, null));
    }

    /**
     * The version in columns {@code first}, {@code first + 1}, ... Empty when a hand edit left no time to read in
     * observed_at.
     */
    static Optional<Revision> read(ResultSet row, int first) throws SQLException {
        Instant observedAt = Timestamps.read(row.getString(first + 1)).orElse(null);
        return observedAt == null
                ? Optional.empty()
                : Optional.of(new Revision(
                        row.getLong(first),
                        observedAt,
                        Timestamps.read(row.getString(first + 2)).orElse(null),
                        Cells.columns(row, first + 8, HistoryTable.FIELDS),
                        present(row.getString(first + 3)),
                        present(row.getString(first + 4)),
                        FrameHeader.contentSize(row.getBytes(first + 5)),
                        overwrite(row, first + 6)));
    }

    /** Null for most versions, and for numbers that a hand edit made senseless. */
    private static @Nullable Overwrite overwrite(ResultSet row, int first) throws SQLException {
        long head = row.getLong(first);
        if (row.wasNull()) {
            return null;
        }
        long tail = row.getLong(first + 1);
        return row.wasNull() || head < 0 || tail < 0 ? null : new Overwrite(head, tail);
    }

    private static String present(@Nullable String text) {
        return text == null ? "" : text;
    }
}
