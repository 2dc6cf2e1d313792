package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The schema of one database: its version, and the steps that bring it to the newest. */
final class Schema {
    /** Marks the file as a roll: the letters "Roll" (sqlite.org/pragma.html#pragma_application_id). */
    private static final int APPLICATION_ID = 0x526f6c6c;

    private static final String LEDGER = "CREATE TABLE IF NOT EXISTS schema_migrations ("
            + "version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)";

    private final SqliteConnection connection;

    Schema(SqliteConnection connection) {
        this.connection = connection;
    }

    /** 0 for a database without any migration. */
    int version() throws SQLException {
        return connection.first("PRAGMA user_version", row -> row.getInt(1)).orElseThrow();
    }

    /** Whether nothing at all was ever put into this database. */
    boolean isFresh() throws SQLException {
        return version() == 0
                && connection
                        .first("SELECT 1 FROM sqlite_schema LIMIT 1", row -> true)
                        .isEmpty();
    }

    /** @throws ProblemException SCHEMA_MISMATCH unless the version is the one this program works with */
    void demandLatest() throws SQLException {
        demand(Migration.LATEST);
    }

    void demand(int known) throws SQLException {
        demandMigratable(known);
        int version = version();
        if (version != known) {
            throw mismatch(version, known);
        }
    }

    private ProblemException mismatch(int version, int known) {
        return new ProblemException(
                ProblemCode.SCHEMA_MISMATCH,
                connection.location() + " has schema " + version + ", this program works with schema " + known,
                version < known
                        ? "Run `rollcall migrate apply`."
                        : "A newer Rollcall wrote this database; use that version or a later one.");
    }

    private ProblemException foreign() {
        return new ProblemException(
                ProblemCode.SCHEMA_MISMATCH,
                connection.location() + " holds tables of another program, not a roll",
                "Check --db and ROLLCALL_DB; they name the roll's own file.");
    }

    /**
     * Asked inside a transaction, so that no other process creates the schema meanwhile.
     *
     * @throws ProblemException SCHEMA_MISMATCH for a newer schema and for another program's database
     */
    void demandMigratable(int newest) throws SQLException {
        int version = version();
        if (version == 0 ? !isFresh() : applicationId() != APPLICATION_ID) {
            throw foreign();
        }
        int newestThere = version == 0 ? 0 : Math.max(version, lastRecorded());
        if (newestThere > newest) {
            throw mismatch(newestThere, newest);
        }
    }

    private int lastRecorded() throws SQLException {
        return connection
                .first("SELECT coalesce(max(version), 0) FROM schema_migrations", row -> row.getInt(1))
                .orElseThrow();
    }

    /** The names of all tables, views and indexes. */
    Set<String> objects() throws SQLException {
        return new TreeSet<>(connection.query("SELECT name FROM sqlite_schema", row -> row.getString(1)));
    }

    private int applicationId() throws SQLException {
        return connection.first("PRAGMA application_id", row -> row.getInt(1)).orElseThrow();
    }

    /** Applies one step inside the caller's transaction. */
    void apply(Migration migration) throws SQLException {
        connection.execute(LEDGER);
        connection.execute(migration.sql());
        connection.update(
                "INSERT INTO schema_migrations (version, name, checksum, applied_at)"
                        + " VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))",
                migration.version(), migration.name(), migration.checksum());
        connection.execute("PRAGMA user_version = " + migration.version());
        connection.execute("PRAGMA application_id = " + APPLICATION_ID);
    }

    /** Steps recorded in the database, in order. */
    List<Recorded> recorded() throws SQLException {
        if (isFresh()) {
            return List.of();
        }
        return connection.query(
                "SELECT version, name, checksum, applied_at FROM schema_migrations ORDER BY version",
                row -> new Recorded(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    /** One row of {@code schema_migrations}. */
    record Recorded(int version, String name, String checksum, String appliedAt) {}
}
