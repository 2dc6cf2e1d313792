package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** What a database says of its own schema, on one connection. Methods that throw are called inside a transaction. */
abstract class Schema {
    static final String LEDGER = "CREATE TABLE IF NOT EXISTS schema_migrations ("
            + "version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL)";

    private final SqlConnection connection;

    Schema(SqlConnection connection) {
        this.connection = connection;
    }

    SqlConnection connection() {
        return connection;
    }

    /** 0 for a database without any migration. */
    abstract int version() throws SQLException;

    /** Whether no roll was ever put into this database, and nothing that is in the way of one. */
    abstract boolean isFresh() throws SQLException;

    /** Whether a database of a version above 0 is a roll's, and not another program's. */
    abstract boolean isRoll() throws SQLException;

    /** The names of all tables, views and indexes. */
    abstract Set<String> objects() throws SQLException;

    /** Applies one step inside the caller's transaction. */
    abstract void apply(Migration migration) throws SQLException;

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
                connection.place() + " has schema " + version + ", this program works with schema " + known,
                version < known
                        ? "Run `rollcall migrate apply`."
                        : "A newer Rollcall wrote this database; use that version or a later one.");
    }

    private ProblemException foreign() {
        return new ProblemException(
                ProblemCode.SCHEMA_MISMATCH,
                connection.place() + " holds tables of another program, not a roll",
                "Check --db and ROLLCALL_DB; they name the roll's own database.");
    }

    /**
     * Asked inside a transaction, so that no other process creates the schema meanwhile.
     *
     * @throws ProblemException SCHEMA_MISMATCH for a newer schema and for another program's database
     */
    void demandMigratable(int newest) throws SQLException {
        int version = version();
        if (version == 0 ? !isFresh() : !isRoll()) {
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
