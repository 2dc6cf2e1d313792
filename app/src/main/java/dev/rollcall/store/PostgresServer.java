package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.store.SqlConnection.Purpose;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Where a PostgreSQL database is, and how sessions with it are set up.
 *
 * @param url as the user gave it; it may hold a password and is never shown
 * @param place the database as sentences name it
 * @param theirs the server's options that the URL itself names
 * @param patience how long a call waits for other writers, and for a server that does not answer at first
 */
record PostgresServer(String url, String place, String theirs, Duration patience) {
    /** A server that takes a query and says nothing more is taken for lost after this; a long report takes less. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(90);

    /** The server gives up before the driver does, so that it can say why. */
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(80);

    /** pg_input_is_valid came with it. */
    static final int OLDEST = 16;

    static PostgresServer of(String url, Properties parsed, Duration patience) {
        String hosts = parsed.getProperty("PGHOST", "localhost");
        String ports = parsed.getProperty("PGPORT", "5432");
        String database = parsed.getProperty("PGDBNAME", "");
        String[] host = hosts.split(",", -1);
        String[] port = ports.split(",", -1);
        StringBuilder place = new StringBuilder("postgresql://");
        for (int i = 0; i < host.length; i++) {
            place.append(i == 0 ? "" : ",").append(host[i]).append(':').append(port[Math.min(i, port.length - 1)]);
        }
        return new PostgresServer(
                url, place.append('/').append(database).toString(), parsed.getProperty("options", ""), patience);
    }

    /** What the URL itself says goes before what stands here. */
    private Connection connect(Purpose purpose) throws SQLException {
        Properties settings = new Properties();
        long patient = Math.max(1, patience.toMillis());
        // A session that is read-only by option would count as a standby's, among several servers.
        // Who has waited for others sees what they wrote.
        String options =
                "-c rollcall.session=yes -c default_transaction_isolation=read\\ committed -c lock_timeout=" + patient
                        + " -c statement_timeout=" + LONGEST_STATEMENT.toMillis()
                        + " -c idle_in_transaction_session_timeout=" + LONGEST_ANSWER.toMillis();
        settings.setProperty("ApplicationName", "rollcall");
        // Each parameter takes the type of the column it meets, as in SQLite.
        settings.setProperty("stringtype", "unspecified");
        settings.setProperty("connectTimeout", Long.toString(Math.clamp(patience.toSeconds(), 1, 10)));
        settings.setProperty("loginTimeout", Long.toString(Math.clamp(patience.toSeconds(), 2, 20)));
        settings.setProperty("socketTimeout", Long.toString(LONGEST_ANSWER.toSeconds()));
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("targetServerType", purpose == Purpose.READ ? "preferPrimary" : "primary");
        // Of several hosts those that did not answer are asked again soon: a standby may have taken over.
        settings.setProperty("hostRecheckSeconds", "1");
        settings.setProperty("defaultRowFetchSize", "2000");
        settings.setProperty("options", options);
        return DriverManager.getConnection(withOptions(options), settings);
    }

    /** Options of the URL's own come on top of ours; they would take their place. */
    private String withOptions(String ours) {
        return theirs.isEmpty()
                ? url
                : url + "&options=" + URLEncoder.encode(ours + " " + theirs, StandardCharsets.UTF_8);
    }

    /** One that is set up, with a server that is new enough. */
    Connection session(Purpose purpose) throws SQLException {
        Connection jdbc = connect(purpose);
        try {
            jdbc.setAutoCommit(false);
            jdbc.setReadOnly(purpose == Purpose.READ);
            int version = jdbc.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new ProblemException(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        place + ": the server is PostgreSQL "
                                + jdbc.getMetaData().getDatabaseProductVersion() + "; Rollcall needs "
                                + OLDEST + " or later",
                        "Use a newer server, or a SQLite database.");
            }
            return jdbc;
        } catch (SQLException | RuntimeException failure) {
            jdbc.close();
            throw failure;
        }
    }

    @Override
    public String toString() {
        return place;
    }
}
