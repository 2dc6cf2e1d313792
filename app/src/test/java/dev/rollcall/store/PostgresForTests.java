package dev.rollcall.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/** One real server for all tests of this machine, started when the first of them needs it; each gets a schema of its own. */
public final class PostgresForTests {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private PostgresForTests() {}

    private static final class Server {
        private static final EmbeddedPostgres RUNNING = started();

        private static EmbeddedPostgres started() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "60")
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** The URL of an empty schema that nobody else has. */
    public static String freshUrl() {
        String schema = "roll_" + SCHEMAS.incrementAndGet();
        run(adminUrl(), "CREATE SCHEMA " + schema);
        return adminUrl() + "&currentSchema=" + schema;
    }

    public static String adminUrl() {
        return Server.RUNNING.getJdbcUrl("postgres", "postgres");
    }

    /** Somebody with a database shell. */
    public static void run(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Each row as its cells with | between them, as {@code psql -At} shows it. */
    public static List<String> query(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                StringJoiner line = new StringJoiner("|");
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    String cell = rows.getString(i);
                    line.add(cell == null ? "" : cell);
                }
                lines.add(line.toString());
            }
            return lines;
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }
}
