package dev.rollcall.store;

import dev.rollcall.store.SqlConnection.Purpose;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;

/** What a server keeps for one client, until it is lost; then another one can be begun in its place. */
final class PostgresSession {
    /** For a statement that has waited for everybody else. */
    private static final Duration QUICK = Duration.ofSeconds(4);

    private final PostgresServer server;
    private final Purpose purpose;

    private Connection jdbc;

    /** How long the server may take for an answer, as the URL or {@link PostgresServer} has it; 0 for ever. */
    private int longestAnswer;

    private int left;
    private boolean isLost;

    PostgresSession(PostgresServer server, Purpose purpose) throws SQLException {
        this.server = server;
        this.purpose = purpose;
        this.jdbc = server.session(purpose);
        this.longestAnswer = jdbc.getNetworkTimeout();
        this.left = process();
    }

    Connection jdbc() {
        return jdbc;
    }

    boolean isLost() {
        return isLost;
    }

    void begin() throws SQLException {
        jdbc = server.session(purpose);
        longestAnswer = jdbc.getNetworkTimeout();
        isLost = false;
    }

    /** The server's process of the session before this one, which may not have ended there. */
    int left() {
        return left;
    }

    /** Nothing is left any more of the session before this one. */
    void leaveNone() throws SQLException {
        left = process();
    }

    private int process() throws SQLException {
        return jdbc.unwrap(PGConnection.class).getBackendPID();
    }

    /** Of statements that each touch little: who does not answer soon is not there. */
    void expectQuickAnswers() throws SQLException {
        // A statement that begins to write may wait for three locks.
        long quick = server.patience().multipliedBy(3).plus(QUICK).toMillis();
        expectAnswersWithin(longestAnswer == 0 ? 0 : (int) Math.min(longestAnswer, quick));
    }

    void expectLongAnswers() throws SQLException {
        expectAnswersWithin(longestAnswer);
    }

    /** @param millis 0 for as long as it takes */
    void expectAnswersWithin(int millis) throws SQLException {
        jdbc.setNetworkTimeout(Runnable::run, millis);
    }

    void lose(Throwable cause) {
        isLost = true;
        try {
            jdbc.close();
        } catch (SQLException goneAlready) {
            cause.addSuppressed(goneAlready);
        }
    }
}
