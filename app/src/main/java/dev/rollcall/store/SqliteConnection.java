package dev.rollcall.store;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** A connection to a SQLite file. */
final class SqliteConnection extends SqlConnection {
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
    private final SqliteEngine engine;
    private Durability synced = Durability.AT_ONCE;

    private SqliteConnection(DatabaseLocation location, Duration lockTimeout, Connection jdbc) {
        this.location = location;
        this.lockTimeout = lockTimeout;
        this.jdbc = jdbc;
        this.engine = new SqliteEngine(this);
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

    @Override
    SqliteEngine engine() {
        return engine;
    }

    @Override
    String place() {
        return location.toString();
    }

    @Override
    Object identity() {
        return Objects.requireNonNullElse(location.fileKey(), this);
    }

    @Override
    Connection jdbc() {
        return jdbc;
    }

    @Override
    ProblemException translated(SQLException failure) {
        return SqlErrors.translate(location, failure);
    }

    @Override
    PreparedStatement prepare(String sql) throws SQLException {
        return jdbc.prepareStatement(sql);
    }

    @Override
    void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    @Override
    <T> T read(Work<T> work) {
        return transaction("BEGIN", work);
    }

    /** Waits for the write lock first; it is that of the whole database. */
    @Override
    <T> T write(Durability durability, Work<T> work) {
        if (durability != synced) {
            // Without FULL a commit is only written; the next one with it syncs the whole log, as a checkpoint does.
            plain(() -> {
                execute("PRAGMA synchronous = " + (durability == Durability.AT_ONCE ? "FULL" : "NORMAL"));
                return true;
            });
            synced = durability;
        }
        engine.forgetNumbers();
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
}
