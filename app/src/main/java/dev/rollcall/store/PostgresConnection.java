package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session with a PostgreSQL server, which is begun anew when it was lost. What was not committed when it was lost is
 * done again where that is safe, else it fails and nothing of it is kept.
 *
 * <p>Who writes to a swarm waits until nobody else does, as in SQLite, but for each swarm alone; or, who writes only for one
 * source of it, until nobody does for that source or for all. At its end each holds the swarm's row of
 * {@code swarm_changes}. Who reads waits for nobody.
 */
final class PostgresConnection extends SqlConnection {
    /**
     * A server does not notice that nobody hears a session any more, and what that session holds nobody else gets. One
     * that is at its commit is left alone: it ends by itself.
     */
    private static final String END_WHAT_IS_LEFT = "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
            + " WHERE pid = ? AND usename = current_user AND application_name = current_setting('application_name')"
            + " AND (state LIKE 'idle in transaction%' OR wait_event_type = 'Lock')";

    /** A pager, or a program that reads from a pipe, may stand still for longer than a session is otherwise left alone. */
    private static final String LET_READERS_TAKE_THEIR_TIME = "SET LOCAL idle_in_transaction_session_timeout = '1h'";

    private final PostgresServer server;
    private final Purpose purpose;
    private final SwarmName swarm;
    private final PostgresEngine engine = new PostgresEngine(this);
    private final PostgresBatch batch = new PostgresBatch(this);

    private final PostgresParameters parameters = new PostgresParameters();

    private final PostgresSession session;

    private PostgresConnection(PostgresServer server, Purpose purpose, SwarmName swarm) throws SQLException {
        this.server = server;
        this.purpose = purpose;
        this.swarm = swarm;
        this.session = new PostgresSession(server, purpose);
    }

    static PostgresConnection open(PostgresServer server, Purpose purpose, SwarmName swarm) {
        try {
            return new PostgresConnection(server, purpose, swarm);
        } catch (SQLException failure) {
            throw PostgresErrors.translate(server.place(), failure);
        }
    }

    @Override
    PostgresEngine engine() {
        return engine;
    }

    @Override
    String place() {
        return server.place();
    }

    @Override
    Object identity() {
        String tables = plain(
                () -> first(PostgresWriters.TABLES, row -> row.getString(1)).orElse(""));
        return List.of(server.place(), tables);
    }

    String swarm() {
        return swarm.value();
    }

    @Override
    Connection jdbc() {
        return session.jdbc();
    }

    @Override
    ProblemException translated(SQLException failure) {
        return PostgresErrors.translate(server.place(), failure);
    }

    /** A session of its own, for whoever waits for notifications or works beside this one. */
    PostgresConnection another() {
        return open(server, purpose, swarm);
    }

    @Override
    <T> T read(Work<T> work) {
        return again(() -> {
            beginToRead();
            return committed(work);
        });
    }

    private void beginToRead() throws SQLException {
        session.expectQuickAnswers();
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        session.expectLongAnswers();
    }

    private <T> T committed(Work<T> work) throws SQLException {
        T result = work.run();
        jdbc().commit();
        return result;
    }

    /** Whoever is handed what was read may take it slowly. */
    @Override
    <T> T readOnce(Work<T> work) {
        again(() -> {
            beginToRead();
            execute(LET_READERS_TAKE_THEIR_TIME);
            return true;
        });
        return once(() -> committed(work));
    }

    @Override
    <T> T write(Durability durability, Work<T> work) {
        return writeOnce(PostgresWriters.BEGIN_ALONE, work);
    }

    @Override
    <T> T writeNumbers(Durability durability, Work<T> work) {
        return writeOnce(PostgresWriters.BEGIN_TO_NUMBER, work);
    }

    private <T> T writeOnce(String waiting, Work<T> work) {
        engine.forgetMonths();
        String transaction = again(() -> begin(waiting, swarm.value()));
        return once(() -> {
            session.expectLongAnswers();
            return finished(transaction, work);
        });
    }

    /** What has begun is not tried again: what the work has changed outside the database can not be taken back. */
    private <T> T once(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException failure) {
            abandon(failure);
            throw translated(failure);
        } catch (RuntimeException | Error failure) {
            abandon(failure);
            throw failure;
        }
    }

    @Override
    <T> T writeRepeatably(Durability durability, Work<T> work) {
        return again(() -> finished(begin(PostgresWriters.BEGIN_ALONE, swarm.value()), work));
    }

    @Override
    <T> T writeForSource(String source, Durability durability, Work<T> work) {
        return again(() -> finished(begin(PostgresWriters.BEGIN_FOR_SOURCE, swarm.value(), source), work));
    }

    /** Each is durable at once: unlike a file's, this server's crash is survived by whoever was told of a series. */
    private String begin(String waiting, String... whom) throws SQLException {
        session.expectQuickAnswers();
        engine.forgetNumbers();
        return first(waiting, row -> row.getString(1), (Object[]) whom).orElseThrow();
    }

    private <T> T finished(String transaction, Work<T> work) throws SQLException {
        T result = work.run();
        batch.make();
        batch.add(PostgresWriters.END, new Object[] {swarm.value()});
        batch.makeLast();
        batch.clear();
        try {
            jdbc().commit();
        } catch (SQLException failure) {
            if (!PostgresErrors.isLoss(failure) || !wasCommitted(transaction, failure)) {
                throw failure;
            }
        }
        engine.countOwnChange();
        return result;
    }

    /**
     * Whether a transaction whose end nobody told was committed, as the server knows.
     *
     * @throws ProblemException DATABASE_UNAVAILABLE when it can not be asked
     */
    private boolean wasCommitted(String transaction, SQLException failure) {
        session.lose(failure);
        try {
            return attempt(() -> {
                session.expectQuickAnswers();
                String status = first(PostgresWriters.WHAT_BECAME, row -> row.getString(1), transaction)
                        .orElse("unknown");
                jdbc().rollback();
                if (status.equals("elsewhere")) {
                    throw new SQLException("the server was restarted, or another one has taken over: it can not tell");
                }
                if (status.equals("in progress")) {
                    throw new SQLException("the transaction has not ended", PostgresErrors.NOT_ENDED);
                }
                return status.equals("committed");
            });
        } catch (SQLException untold) {
            failure.addSuppressed(untold);
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    server + ": the connection was lost while a change was committed; whether it was kept is not known",
                    "Sync again when the server can be reached: what was kept is not recorded twice.");
        }
    }

    /** Work in a transaction of its own which waits for others of the same name. */
    <T> T alone(String name, Work<T> work) {
        return again(() -> {
            session.expectLongAnswers();
            first("SELECT pg_advisory_xact_lock(hashtext(?))", row -> true, name);
            return committed(work);
        });
    }

    @Override
    <T> T plain(Work<T> work) {
        return again(() -> {
            session.expectQuickAnswers();
            return committed(work);
        });
    }

    /** What the server passes over for want of a right is a warning to it. */
    private void demandDone(String sql) throws SQLException {
        try (Statement statement = jdbc().createStatement()) {
            statement.execute(sql);
            if (statement.getWarnings() != null) {
                throw new SQLException(statement.getWarnings().getMessage(), "42501");
            }
        }
    }

    /** Statements that can not stand in a transaction, each as long as it takes: they go over whole tables. */
    void outsideTransactions(List<String> statements) {
        again(() -> {
            session.expectAnswersWithin(0);
            jdbc().setAutoCommit(true);
            try {
                execute("SET statement_timeout = 0");
                for (String statement : statements) {
                    demandDone(statement);
                }
            } finally {
                if (!jdbc().isClosed()) {
                    execute("RESET statement_timeout");
                    jdbc().setAutoCommit(false);
                }
            }
            session.expectLongAnswers();
            return true;
        });
    }

    /** Work that may be done twice: again where the session was lost, or other transactions were in its way. */
    private <T> T again(Work<T> work) {
        try {
            return attempt(work);
        } catch (SQLException failure) {
            throw translated(failure);
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        return new Attempts(server.patience()).run(this::isWorthAnotherTry, () -> {
            try {
                restore();
                return work.run();
            } catch (SQLException | RuntimeException | Error failure) {
                abandon(failure);
                throw failure;
            }
        });
    }

    private boolean isWorthAnotherTry(SQLException failure) {
        return PostgresErrors.isLoss(failure) || PostgresErrors.isPassing(failure);
    }

    /** A session to work with: a new one where the one before was lost. */
    private void restore() throws SQLException {
        if (session.isLost()) {
            forgetStatements();
            session.begin();
            engine.sessionBegan();
            if (purpose == Purpose.WRITE) {
                first(END_WHAT_IS_LEFT, row -> true, session.left());
                engine.holdAgain();
                jdbc().commit();
            }
            session.leaveNone();
        }
    }

    private void abandon(Throwable cause) {
        engine.rolledBack();
        batch.clear();
        if (cause instanceof SQLException failure && PostgresErrors.isLoss(failure)) {
            session.lose(cause);
            return;
        }
        try {
            jdbc().rollback();
        } catch (SQLException lost) {
            cause.addSuppressed(lost);
            session.lose(cause);
        }
    }

    @Override
    void later(String sql, @Nullable Object... values) throws SQLException {
        batch.add(sql, values);
    }

    @Override
    void lastly(String sql, @Nullable Object... values) {
        batch.addLast(sql, values);
    }

    @Override
    void makeLater() throws SQLException {
        batch.make();
    }

    @Override
    <T> void readAhead(String sql, RowReader<T> reader, String swarm, List<String> agents) throws SQLException {
        batch.ask(sql, reader, swarm, agents);
    }

    @Override
    <T> @Nullable List<T> wasReadAhead(String sql, @Nullable Object[] values) {
        return batch.answer(sql, values);
    }

    @Override
    PreparedStatement prepare(String sql) throws SQLException {
        return parameters.prepare(jdbc(), sql);
    }

    @Override
    void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        parameters.bind(statement, values);
    }

    @Override
    public void close() {
        if (!session.isLost()) {
            try {
                closeStatements();
                jdbc().close();
            } catch (SQLException failure) {
                throw translated(failure);
            }
        }
    }
}
