package dev.rollcall.sync;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.WatchState.Trouble;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a daemon from its work, from the first failure until the same thing really works: reading the database says
 * nothing about a disk that is full. For one thread at a time.
 */
final class WatchTroubles {
    private @Nullable Trouble files;
    private @Nullable Trouble database;
    private boolean isWriting;

    private boolean isDoubtful;

    /** Whether the database's trouble was met, or met again, while writing. */
    private boolean isWriteFailing;

    /** Returns whether it is the database that failed. */
    boolean note(ProblemException failure, Instant now) {
        String message = failure.problem().message();
        if (failure.problem().code() == ProblemCode.WORKSPACE_UNREADABLE) {
            files = new Trouble(message, files == null ? now : files.since());
            return false;
        }
        database = new Trouble(message, database == null ? now : database.since());
        isWriteFailing |= isWriting;
        isWriting = false;
        isDoubtful = true;
        return true;
    }

    /** Whether the database was in trouble since {@link #trust}: it may hold less than it said, or than it held. */
    boolean isDoubtful() {
        return isDoubtful;
    }

    void trust() {
        isDoubtful = false;
    }

    void filesSeen() {
        files = null;
    }

    /** From here to {@link #written} or a failure, the database is written to. */
    void writing() {
        isWriting = true;
    }

    void written() {
        isWriting = false;
        isWriteFailing = false;
        database = null;
    }

    /** The database could be read. */
    void read() {
        isWriting = false;
        if (!isWriteFailing) {
            database = null;
        }
    }

    boolean isNone() {
        return files == null && database == null;
    }

    @Nullable
    Trouble files() {
        return files;
    }

    @Nullable
    Trouble database() {
        return database;
    }
}
