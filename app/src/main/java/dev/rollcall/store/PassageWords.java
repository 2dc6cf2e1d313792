package dev.rollcall.store;

import dev.rollcall.search.Words;
import java.sql.SQLException;
import java.util.List;

/** The table {@code passage_words} of the whole database, made anew where it is damaged. */
final class PassageWords {
    /** Passages whose words are written in one go. */
    private static final int SLICE = 1_000;

    private static final String NUMBERED = "SELECT number, field, text FROM"
            + " (SELECT number, field, text FROM agent_status WHERE number > ?1"
            + " UNION ALL SELECT number, field, text FROM past_passages WHERE number > ?1)"
            + " WHERE typeof(number) = 'integer' AND field IS NOT NULL AND text IS NOT NULL ORDER BY number LIMIT ?2";

    private final SqliteConnection connection;

    PassageWords(SqliteConnection connection) {
        this.connection = connection;
    }

    private record Numbered(long number, String field, String text) {}

    /** Inside the caller's write transaction. Reads all of the table: 100,000 passages in a second. */
    void mend() throws SQLException {
        try {
            connection.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)");
        } catch (SQLException failure) {
            if (!SqlErrors.isDamagedIndex(failure)) {
                throw failure;
            }
            makeAnew();
        }
    }

    private void makeAnew() throws SQLException {
        String definition = connection
                .first("SELECT sql FROM sqlite_schema WHERE name = 'passage_words'", row -> row.getString(1))
                .orElseThrow();
        connection.execute("DROP TABLE passage_words");
        connection.execute(definition);
        List<Numbered> slice = numbered(Long.MIN_VALUE);
        while (!slice.isEmpty()) {
            for (Numbered passage : slice) {
                // OR REPLACE: a hand may have given one number to two passages.
                connection.update(
                        "INSERT OR REPLACE INTO passage_words (rowid, words) VALUES (?, ?)",
                        passage.number(),
                        Words.ofPassage(passage.field(), passage.text()));
            }
            slice = numbered(slice.getLast().number());
        }
    }

    private List<Numbered> numbered(long above) throws SQLException {
        return connection.query(
                NUMBERED, row -> new Numbered(row.getLong(1), row.getString(2), row.getString(3)), above, SLICE);
    }
}
