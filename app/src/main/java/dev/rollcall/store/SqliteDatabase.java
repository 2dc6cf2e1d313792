package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlConnection.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A SQLite file, whether or not it is there. */
final class SqliteDatabase extends Database {
    private final DatabaseLocation location;
    private final Duration lockTimeout;

    /** Of a file that holds nothing yet, when it was looked at; it is soon another roll, though the same file. */
    private final boolean wasMissing;

    SqliteDatabase(DatabaseLocation location, Duration lockTimeout) {
        this.location = location;
        this.lockTimeout = lockTimeout;
        this.wasMissing = location.isMissing();
    }

    /** An empty roll that stays empty. */
    static SqlConnection nothing(SwarmName swarm, Duration lockTimeout) {
        SqlConnection nothing = new SqliteDatabase(DatabaseLocation.IN_MEMORY, lockTimeout).prepared(swarm);
        nothing.plain(() -> {
            nothing.execute("PRAGMA query_only = ON");
            return true;
        });
        return nothing;
    }

    @Override
    SqliteConnection connect(Purpose purpose, SwarmName swarm) {
        return SqliteConnection.open(location, purpose, lockTimeout);
    }

    @Override
    boolean isMissing() {
        return location.isMissing();
    }

    @Override
    boolean isStillEmpty() {
        return wasMissing && location.isMissing();
    }

    @Override
    Schema schema(SqlConnection connection) {
        return new SqliteSchema(connection);
    }

    @Override
    List<Migration> steps() {
        return Migration.ofSqlite();
    }

    @Override
    void beforeMigrating(SqlConnection connection) {
        ((SqliteConnection) connection).useWriteAheadLog();
    }

    @Override
    <T> T migrating(SqlConnection connection, SqlConnection.Work<T> work) {
        return connection.write(Durability.AT_ONCE, work);
    }

    @Override
    Optional<Path> copyBeside(SqlConnection connection, int version) {
        Path file = location.file();
        if (file == null) {
            return Optional.empty();
        }
        return connection.plain(() -> {
            Path copy = freeName(file, version);
            connection.update("VACUUM INTO ?", copy.toString());
            return Optional.of(copy);
        });
    }

    /** An older copy is never overwritten. */
    private static Path freeName(Path file, int version) {
        for (int attempt = 1; attempt <= 100; attempt++) {
            String suffix = ".backup-v" + version + (attempt == 1 ? "" : "-" + attempt);
            Path copy = file.resolveSibling(file.getFileName() + suffix);
            if (!Files.exists(copy)) {
                return copy;
            }
        }
        throw new ProblemException(
                ProblemCode.DATABASE_UNAVAILABLE,
                file + ": there are 100 copies of schema " + version + " beside it already",
                "Move older copies away, then run `rollcall migrate apply` again.");
    }

    @Override
    Set<String> complete() {
        SqliteDatabase memory = new SqliteDatabase(DatabaseLocation.IN_MEMORY, lockTimeout);
        try (SqlConnection complete = memory.connect(Purpose.WRITE, SwarmName.DEFAULT)) {
            new Migrations(memory).apply(complete);
            return complete.read(memory.schema(complete)::objects);
        }
    }
}
