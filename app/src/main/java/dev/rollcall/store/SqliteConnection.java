package dev.rollcall.store;

import dev.rollcall.roll.RollStore.Durability;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection with its prepared statements and its transactions. Every failure leaves as a
 * {@link dev.rollcall.problem.ProblemException}. For one thread at a time.
 */
final class SqliteConnection implements AutoCloseable {
    /** Bytes; for a new file. Documents of some 10 KB took a tenth more time with 4096 and with 16384. */
    private static final int PAGE_SIZE = 8192;

    /** 64 MB of write-ahead log: SQLite copies it then by itself, where {@link BackgroundCheckpoint} comes too late. */
    private static final int CHECKPOINT_PAGES = 8_000;

    /** In KiB, as SQLite counts when the number is negative. */
    private static final int CACHE = -16_000;

    /** How long to wait between attempts where SQLite itself does not wait for a lock. */
    private static final Duration LOCK_PAUSE = Duration.ofMillis(5);

    private final DatabaseLocation location;
    private final Duration lockTimeout;
    private final Connection jdbc;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private Durability synced = Durability.AT_ONCE;

    private SqliteConnection(DatabaseLocation location, Duration lockTimeout, Connection jdbc) {
        this.location = location;
        this.lockTimeout = lockTimeout;
        this.jdbc = jdbc;
    }

    /** What a connection is for. */
    enum Purpose {
        /** Never creates a file, never changes one. */
        READ,
        /** Creates the file where there is none. */
        WRITE
    }

    /** Work inside a transaction, or between two. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Makes a value of a result's current row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static SqliteConnection open(DatabaseLocation location, Purpose purpose, Duration lockTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(lockTimeout.toMillis()));
        // Else the driver searches each statement for INSERT and asks for its key, which nobody here wants.
        config.setGetGeneratedKeys(false);
        if (purpose == Purpose.READ) {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        try {
            SqliteConnection connection =
                    new SqliteConnection(location, lockTimeout, config.createConnection(location.jdbcUrl()));
            connection.configure(purpose);
            return connection;
        } catch (SQLException failure) {
            throw SqlErrors.translate(location, failure);
        }
    }

    private void configure(Purpose purpose) throws SQLException {
        try {
            execute("PRAGMA cache_size = " + CACHE);
            if (purpose == Purpose.READ) {
                execute("PRAGMA query_only = ON");
            } else {
                execute("PRAGMA page_size = " + PAGE_SIZE);
                execute("PRAGMA synchronous = FULL");
                execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
                execute("PRAGMA foreign_keys = OFF");
            }
        } catch (SQLException failure) {
            jdbc.close();
            throw failure;
        }
    }

    /** A second connection to the same file, for another thread. */
    SqliteConnection another() {
        return open(location, Purpose.WRITE, lockTimeout);
    }

    DatabaseLocation location() {
        return location;
    }

    /** A transaction that sees one state of the database throughout. */
    <T> T read(Work<T> work) {
        return transaction("BEGIN", work);
    }

    /** A transaction that waits for the write lock first. */
    <T> T write(Durability durability, Work<T> work) {
        if (durability != synced) {
            // Without FULL a commit is only written; the next one with it syncs the whole log, as a checkpoint does.
            plain(() -> {
                execute("PRAGMA synchronous = " + (durability == Durability.AT_ONCE ? "FULL" : "NORMAL"));
                return true;
            });
            synced = durability;
        }
        return transaction("BEGIN IMMEDIATE", work);
    }

    private <T> T transaction(String begin, Work<T> work) {
        try {
            execute(begin);
        } catch (SQLException failure) {
            throw SqlErrors.translate(location, failure);
        }
        try {
            T result = work.run();
            execute("COMMIT");
            return result;
        } catch (SQLException failure) {
            rollBack(failure);
            throw SqlErrors.translate(location, failure);
        } catch (RuntimeException | Error failure) {
            rollBack(failure);
            throw failure;
        }
    }

    /**
     * SQLite may have rolled back by itself, after a full disk for instance; a second time fails and changes nothing. The
     * driver has closed the statement that failed, so all are prepared anew.
     */
    private void rollBack(Throwable cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            cause.addSuppressed(alreadyRolledBack);
        }
        try {
            closeStatements();
        } catch (SQLException failedBefore) {
            cause.addSuppressed(failedBefore);
        }
    }

    /** One statement outside any transaction of ours, its failure translated. */
    <T> T plain(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException failure) {
            throw SqlErrors.translate(location, failure);
        }
    }

    /** Switches a new file to the write-ahead log; SQLite does not always wait for a lock there, so this does. */
    void useWriteAheadLog() {
        long deadline = System.nanoTime() + lockTimeout.toNanos();
        plain(() -> {
            while (true) {
                try {
                    execute("PRAGMA journal_mode = WAL");
                    return true;
                } catch (SQLException failure) {
                    if (!SqlErrors.isLocked(failure) || System.nanoTime() > deadline || !paused()) {
                        throw failure;
                    }
                }
            }
        });
    }

    private static boolean paused() {
        try {
            Thread.sleep(LOCK_PAUSE);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs one or more statements of our own making. */
    void execute(String sql) throws SQLException {
        try (Statement statement = jdbc.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> results = new ArrayList<>();
            while (rows.next()) {
                results.add(reader.read(rows));
            }
            return results;
        }
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object[] values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = jdbc.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Double number -> statement.setDouble(index, number);
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    @Override
    public void close() {
        plain(() -> {
            closeStatements();
            jdbc.close();
            return true;
        });
    }

    private void closeStatements() throws SQLException {
        List<PreparedStatement> open = List.copyOf(statements.values());
        statements.clear();
        for (PreparedStatement statement : open) {
            statement.close();
        }
    }
}
