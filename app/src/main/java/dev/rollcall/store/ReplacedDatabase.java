package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database that another takes the place of: nobody else has it open, and all of it is in one file. */
final class ReplacedDatabase implements AutoCloseable {
    /** What SQLite says of a file that is beyond being opened; such a one is moved away as it is. */
    private static final Set<String> BEYOND_OPENING = Set.of("is not a SQLite database", "file is damaged");

    private final Path file;
    private final NumbersInUse numbers;
    private final @Nullable SqliteConnection connection;

    private ReplacedDatabase(Path file, NumbersInUse numbers, @Nullable SqliteConnection connection) {
        this.file = file;
        this.numbers = numbers;
        this.connection = connection;
    }

    /** @throws ProblemException DATABASE_UNAVAILABLE while somebody has it open */
    static ReplacedDatabase hold(Path file, Duration lockTimeout) {
        try {
            SqliteConnection connection =
                    SqliteConnection.open(new DatabaseLocation(file), SqlConnection.Purpose.WRITE, lockTimeout);
            return held(file, connection);
        } catch (ProblemException unfit) {
            if (BEYOND_OPENING.stream().anyMatch(unfit.problem().message()::contains)) {
                return new ReplacedDatabase(file, NumbersInUse.NONE, null);
            }
            throw unfit;
        }
    }

    private static ReplacedDatabase held(Path file, SqliteConnection connection) {
        try {
            leaveLog(connection);
            connection.plain(() -> {
                connection.execute("BEGIN EXCLUSIVE");
                return true;
            });
            return new ReplacedDatabase(file, NumbersInUse.of(connection), connection);
        } catch (ProblemException unfit) {
            connection.close();
            throw unfit;
        }
    }

    /** SQLite leaves the write-ahead log only when there is no other connection at all, and then removes it. */
    private static void leaveLog(SqliteConnection connection) {
        boolean isAlone = connection.plain(() -> {
            try {
                return connection
                        .first("PRAGMA journal_mode = DELETE", row -> row.getString(1))
                        .orElse("")
                        .equals("delete");
            } catch (SQLException failure) {
                if (SqlErrors.isLocked(failure)) {
                    return false;
                }
                throw failure;
            }
        });
        if (!isAlone) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    connection.location() + ": another process has the database open; nothing was replaced",
                    "End the watch and every other command that uses it, then try again.");
        }
    }

    NumbersInUse numbers() {
        return numbers;
    }

    /** Gives the file a second name, so that at every moment one of the two databases stands under the first one. */
    void keepAs(Path kept) {
        try {
            moveAside("-wal", kept);
            moveAside("-shm", kept);
            try {
                Files.createLink(kept, file);
            } catch (UnsupportedOperationException | IOException withoutLinks) {
                Files.copy(file, kept, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException failure) {
            throw PlacedFile.failed("can not be kept as " + kept, file, failure);
        }
    }

    /** There only when the database could not be opened. */
    private void moveAside(String suffix, Path kept) throws IOException {
        Path side = file.resolveSibling(file.getFileName() + suffix);
        if (Files.exists(side)) {
            Files.move(side, kept.resolveSibling(kept.getFileName() + suffix));
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
