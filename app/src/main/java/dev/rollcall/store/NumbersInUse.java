package dev.rollcall.store;

import dev.rollcall.roll.RollStore.Durability;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers that a database has given out and no other that takes its place may give out again.
 *
 * @param sequences the last number, by table
 * @param fences the last lead, by swarm and source
 * @param nextPassage the number of the next passage, by which indexes beside the database know it; 0 for none
 */
record NumbersInUse(Map<String, Long> sequences, Map<String, Long> fences, long nextPassage) {
    static final NumbersInUse NONE = new NumbersInUse(Map.of(), Map.of(), 0);

    /** Asked while nobody else can give out any. */
    static NumbersInUse of(SqliteConnection connection) {
        return connection.plain(() -> new NumbersInUse(
                numbers(connection, "sqlite_sequence", "SELECT name, seq FROM sqlite_sequence"),
                numbers(
                        connection,
                        "watch_leases",
                        "SELECT swarm || char(31) || " + (hasSources(connection) ? "source" : "''")
                                + ", fence FROM watch_leases"),
                numbers(connection, "search_index", "SELECT 'next', next_number FROM search_index")
                        .getOrDefault("next", 0L)));
    }

    private static Map<String, Long> numbers(SqliteConnection connection, String table, String query)
            throws SQLException {
        Map<String, Long> numbers = new LinkedHashMap<>();
        // A database of an older schema may lack the table.
        if (hasTable(connection, table)) {
            connection.query(query, row -> numbers.put(row.getString(1), row.getLong(2)));
        }
        return numbers;
    }

    private static boolean hasTable(SqliteConnection connection, String table) throws SQLException {
        return connection
                .first("SELECT 1 FROM sqlite_schema WHERE name = ?", row -> true, table)
                .isPresent();
    }

    /** Before schema 10 there was one lead for each swarm. */
    private static boolean hasSources(SqliteConnection connection) throws SQLException {
        return connection
                .first("SELECT 1 FROM pragma_table_info('watch_leases') WHERE name = 'source'", row -> true)
                .isPresent();
    }

    /** Lets the database in this file, which nobody else uses yet, go on above these numbers and its own. */
    void raise(Path file, Duration lockTimeout, Instant at) {
        try (SqliteConnection connection =
                SqliteConnection.open(new DatabaseLocation(file), SqlConnection.Purpose.WRITE, lockTimeout)) {
            connection.write(Durability.AT_ONCE, () -> {
                for (Map.Entry<String, Long> sequence : sequences.entrySet()) {
                    raiseSequence(connection, sequence.getKey(), sequence.getValue());
                }
                if (hasTable(connection, "search_index")) {
                    connection.update("UPDATE search_index SET next_number = max(next_number, ?)", nextPassage);
                }
                if (hasTable(connection, "watch_leases")) {
                    raiseFences(connection, Timestamps.text(at));
                }
                return true;
            });
            connection.useWriteAheadLog();
        }
    }

    private static void raiseSequence(SqliteConnection connection, String table, long last) throws SQLException {
        if (hasTable(connection, table)) {
            connection.engine().raise(table, last);
        }
    }

    private void raiseFences(SqliteConnection connection, String at) throws SQLException {
        boolean hasSources = hasSources(connection);
        for (Map.Entry<String, Long> fence : fences.entrySet()) {
            String[] key = fence.getKey().split("\u001f", -1);
            if (hasSources) {
                connection.update(
                        "INSERT INTO watch_leases (swarm, source, holder, fence, taken_at) VALUES (?, ?, '', ?, ?)"
                                + " ON CONFLICT DO UPDATE SET fence = max(fence, excluded.fence)",
                        key[0],
                        key[1],
                        fence.getValue(),
                        at);
            } else {
                connection.update(
                        "INSERT INTO watch_leases (swarm, holder, fence, taken_at) VALUES (?, '', ?, ?)"
                                + " ON CONFLICT DO UPDATE SET fence = max(fence, excluded.fence)",
                        key[0],
                        fence.getValue(),
                        at);
            }
        }
        connection.update("UPDATE watch_leases SET fence = fence + 1, holder = 'restore', taken_at = ?", at);
    }
}
