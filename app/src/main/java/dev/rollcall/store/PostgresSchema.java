package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The roll's schema among others of a PostgreSQL database: where the session's search path finds the roll, and where that is
 * none yet, the one that comes first in it.
 */
final class PostgresSchema extends Schema {
    private static final String FIRST = "to_regnamespace(quote_ident(current_schema()))";
    private static final String OF_ROLL =
            "(SELECT relnamespace FROM pg_class WHERE oid = to_regclass('schema_migrations'))";

    /** A trigger that is switched off is as good as gone. */
    private static final String OBJECTS = " SELECT relname FROM pg_class, place"
            + " WHERE relnamespace = it UNION SELECT proname FROM pg_proc, place WHERE pronamespace = it"
            + " UNION SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid, place"
            + " WHERE relnamespace = it AND tgparentid = 0 AND tgenabled IN ('O', 'A')";

    /** Until the transaction's end. */
    private static final String GO_TO_ROLL = "SELECT set_config('search_path', quote_ident(nspname) || ', '"
            + " || current_setting('search_path'), TRUE) FROM pg_namespace WHERE oid = " + OF_ROLL;

    private static final String HAS_COLUMN =
            "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(?) AND attname = ?";

    PostgresSchema(SqlConnection connection) {
        super(connection);
    }

    /** Other programs have tables of that name, too, but none with checksums and names. */
    @Override
    int version() throws SQLException {
        demandSchema();
        return has("schema_migrations", "checksum") && has("schema_migrations", "applied_at")
                ? connection()
                        .first("SELECT coalesce(max(version), 0) FROM schema_migrations", row -> row.getInt(1))
                        .orElseThrow()
                : 0;
    }

    /** Without the right to use it, a schema is not even there for who looks. */
    private void demandSchema() throws SQLException {
        boolean isAny = connection()
                .first("SELECT current_schema()", row -> row.getString(1) != null)
                .orElse(false);
        if (!isAny) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    connection().place() + ": the user may use none of the schemas in its search path",
                    "GRANT USAGE ON SCHEMA to the user, or name another schema with currentSchema= in the URL.");
        }
    }

    private boolean has(String table, String column) throws SQLException {
        return connection().first(HAS_COLUMN, row -> true, table, column).isPresent();
    }

    @Override
    boolean isFresh() throws SQLException {
        demandSchema();
        Set<String> inTheWay = objects();
        inTheWay.retainAll(Set.of("schema_migrations", "agent_workspaces", "agent_status", "status_history"));
        return inTheWay.isEmpty();
    }

    @Override
    boolean isRoll() throws SQLException {
        return has("agent_workspaces", "swarm");
    }

    @Override
    Set<String> objects() throws SQLException {
        String where = version() > 0 ? OF_ROLL : FIRST;
        return new TreeSet<>(
                connection().query("WITH place AS (SELECT " + where + " AS it)" + OBJECTS, row -> row.getString(1)));
    }

    @Override
    void apply(Migration migration) throws SQLException {
        if (version() > 0) {
            connection().first(GO_TO_ROLL, row -> true);
        }
        connection().execute(LEDGER);
        connection().execute(migration.sql());
        connection()
                .update(
                        "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?, ?, ?,"
                                + " to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'))",
                        migration.version(),
                        migration.name(),
                        migration.checksum());
    }
}
