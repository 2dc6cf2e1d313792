package dev.rollcall.store;

import dev.rollcall.document.DocumentContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One step of the schema. A step whose SQL holds the line {@value #DESTRUCTIVE} loses data that was there before; the
 * database is copied before it is applied.
 *
 * @param version counted from 1 without gaps; the schema's version once this step is applied
 */
record Migration(int version, String name, String sql) {
    static final String DESTRUCTIVE = "-- destructive";

    private static final List<String> FILES = List.of(
            "0001_roll.sql",
            "0002_presence_in_readings.sql",
            "0003_events.sql",
            "0004_leases.sql",
            "0005_gaps.sql",
            "0006_overwrites.sql",
            "0007_analytics.sql",
            "0008_lines.sql",
            "0009_search.sql",
            "0010_sources.sql",
            "0011_parallel_writers.sql",
            "0012_empty_months.sql",
            "0013_swarm_views.sql",
            "0014_months_beside_each_other.sql");

    private static final List<String> POSTGRES_FILES = List.of(
            "0009_roll.sql",
            "0010_sources.sql",
            "0011_parallel_writers.sql",
            "0012_empty_months.sql",
            "0013_swarm_views.sql",
            "0014_months_beside_each_other.sql");

    /** The version that this program reads and writes; kept apart from the files so that checking it opens none. */
    static final int LATEST = FILES.size();

    static List<Migration> ofSqlite() {
        return FILES.stream().map(file -> fromResource("sqlite", file)).toList();
    }

    /** PostgreSQL came in with the schema that SQLite had reached by then; from there on both have the same steps. */
    static List<Migration> ofPostgres() {
        return POSTGRES_FILES.stream()
                .map(file -> fromResource("postgres", file))
                .toList();
    }

    private static Migration fromResource(String engine, String file) {
        try (InputStream sql = Migration.class.getResourceAsStream("migrations/" + engine + "/" + file)) {
            if (sql == null) {
                throw new IllegalStateException("the program lacks its migration " + file);
            }
            int end = file.indexOf('_');
            return new Migration(
                    Integer.parseInt(file.substring(0, end)),
                    file.substring(end + 1, file.length() - ".sql".length()),
                    new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean isDestructive() {
        return sql.lines().anyMatch(DESTRUCTIVE::equals);
    }

    /** Lower-case hex SHA-256 of the SQL. */
    String checksum() {
        return DocumentContent.sha256Of(sql.getBytes(StandardCharsets.UTF_8));
    }
}
