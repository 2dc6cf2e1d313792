package dev.rollcall.store;

import dev.rollcall.problem.BackgroundFailure;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Copies the write-ahead log into the database from a thread and a connection of its own, so that a long series of
 * transactions does not stop for it. Short commands never get here: the log is copied when the last connection closes.
 */
final class BackgroundCheckpoint implements AutoCloseable {
    /** Changes between two checkpoints: with documents of 10 KB some 20 MB of log. */
    private static final int CHANGES = 1_000;

    private final SqliteConnection writer;
    private int changes;
    private @Nullable CompletableFuture<Void> running;
    private @Nullable SqliteConnection connection;

    BackgroundCheckpoint(SqliteConnection writer) {
        this.writer = writer;
    }

    /**
     * Called before each transaction of the writer, so that a failure is never told of changes that are committed.
     *
     * @throws dev.rollcall.problem.ProblemException when the last checkpoint failed; what it did not copy is in the log
     */
    void before(int newChanges) {
        changes += newChanges;
        if (running != null && running.isDone()) {
            BackgroundFailure.join(running);
            running = null;
            // The log begins anew only when all of it is copied: this is what came meanwhile.
            checkpoint(writer);
        } else if (running == null && changes >= CHANGES && writer.location().file() != null) {
            changes = 0;
            running = CompletableFuture.runAsync(
                    this::checkpointTwice,
                    work -> Thread.ofPlatform().name("checkpoint").daemon().start(work));
        }
    }

    /** The second one finds little more than what came during the first. */
    private void checkpointTwice() {
        checkpoint(connection());
        checkpoint(connection());
    }

    private SqliteConnection connection() {
        if (connection == null) {
            connection = writer.another();
        }
        return connection;
    }

    private static void checkpoint(SqliteConnection connection) {
        connection.plain(() -> connection.query("PRAGMA wal_checkpoint(PASSIVE)", row -> row.getInt(1)));
    }

    @Override
    public void close() {
        try {
            if (running != null) {
                BackgroundFailure.join(running);
            }
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
