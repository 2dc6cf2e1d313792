package dev.rollcall.store;

import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/** The schema of a SQLite file: its header tells version and program. */
final class SqliteSchema extends Schema {
    /** Marks the file as a roll: the letters "Roll" (sqlite.org/pragma.html#pragma_application_id). */
    private static final int APPLICATION_ID = 0x526f6c6c;

    SqliteSchema(SqlConnection connection) {
        super(connection);
    }

    @Override
    int version() throws SQLException {
        return connection().first("PRAGMA user_version", row -> row.getInt(1)).orElseThrow();
    }

    @Override
    boolean isFresh() throws SQLException {
        return version() == 0
                && connection()
                        .first("SELECT 1 FROM sqlite_schema LIMIT 1", row -> true)
                        .isEmpty();
    }

    @Override
    boolean isRoll() throws SQLException {
        return connection().first("PRAGMA application_id", row -> row.getInt(1)).orElseThrow() == APPLICATION_ID;
    }

    @Override
    Set<String> objects() throws SQLException {
        return new TreeSet<>(connection().query("SELECT name FROM sqlite_schema", row -> row.getString(1)));
    }

    @Override
    void apply(Migration migration) throws SQLException {
        connection().execute(LEDGER);
        connection().execute(migration.sql());
        connection()
                .update(
                        "INSERT INTO schema_migrations (version, name, checksum, applied_at)"
                                + " VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))",
                        migration.version(), migration.name(), migration.checksum());
        connection().execute("PRAGMA user_version = " + migration.version());
        connection().execute("PRAGMA application_id = " + APPLICATION_ID);
    }
}
