package dev.rollcall.store;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A schema of a PostgreSQL server to hold against the contracts. */
record PostgresBackend(String pathOrUrl) implements SqlBackend {
    /** The value is none of the column's type, too large for it, or of a function that the server lacks. */
    private static final List<String> OF_TYPES = List.of("22P02", "22003", "42804", "22P05", "42883");

    private static final Pattern MONTH = Pattern.compile("observed_at = '(20[1-4]\\d-[01]\\d)-");
    private static final Pattern BYTES = Pattern.compile("\\b[xX]'([0-9a-fA-F]*)'");

    static PostgresBackend fresh() {
        return new PostgresBackend(PostgresForTests.freshUrl());
    }

    /** As somebody would write it for this server. Whoever moves a version to another month makes that month's partition. */
    @Override
    public void sql(String statement) {
        Matcher month = MONTH.matcher(statement);
        while (month.find()) {
            PostgresForTests.run(pathOrUrl, "SELECT make_history_partition('" + month.group(1) + "')");
        }
        PostgresForTests.run(pathOrUrl, BYTES.matcher(statement).replaceAll("'\\\\x$1'::bytea"));
    }

    @Override
    public long numberOf(String query) {
        return Long.parseLong(PostgresForTests.query(pathOrUrl, query).getFirst());
    }

    @Override
    public boolean isTaken(String statement) {
        try {
            sql(statement);
            return true;
        } catch (IllegalStateException refused) {
            if (refused.getCause() instanceof SQLException failure && OF_TYPES.contains(failure.getSQLState())) {
                return false;
            }
            throw refused;
        }
    }

    @Override
    public void refuse(String change, String table, String condition) {
        sql("CREATE FUNCTION refuse_" + table + "() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'refused for the test'; END $$");
        sql("CREATE TRIGGER refuse_" + table + " BEFORE " + change + " ON " + table + " FOR EACH ROW WHEN (" + condition
                + ") EXECUTE FUNCTION refuse_" + table + "()");
    }

    @Override
    public void refuseNothing(String table) {
        sql("DROP TRIGGER refuse_" + table + " ON " + table);
    }

    /** Pages without a row that is to be seen. */
    @Override
    public long freePages() {
        long free = 0;
        for (String table : PostgresForTests.query(
                pathOrUrl,
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace")) {
            free += numberOf("SELECT pg_relation_size('" + table + "') / 8192"
                    + " - (SELECT count(DISTINCT (ctid::text::point)[0]) FROM " + table + ")");
        }
        return free;
    }

    /** The files of the tables and indexes, not the server's log. */
    @Override
    public boolean filesHold(String word) {
        PostgresForTests.run(pathOrUrl, "CHECKPOINT");
        return numberOf("SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'i', 't')"
                        + " AND (relnamespace = current_schema()::regnamespace OR oid IN (SELECT reltoastrelid FROM pg_class"
                        + " WHERE relnamespace = current_schema()::regnamespace))"
                        + " AND position('" + word + "'::bytea IN pg_read_binary_file(pg_relation_filepath(oid))) > 0")
                > 0;
    }
}
