package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database's schema to the version this program works with, and tells how it stands. Each step is one
 * transaction: an interrupted run leaves a database at an earlier version, never between two. Several processes may
 * apply at once. For one thread at a time.
 */
public final class Migrations {
    private final DatabaseLocation location;
    private final Duration lockTimeout;
    private final List<Migration> known;

    Migrations(DatabaseLocation location, Duration lockTimeout, List<Migration> known) {
        this.location = location;
        this.lockTimeout = lockTimeout;
        this.known = List.copyOf(known);
    }

    /**
     * @param pathOrUrl as {@link SqliteStore#open} takes it
     * @param lockTimeout how long to wait for other processes
     */
    public static Migrations of(String pathOrUrl, Duration lockTimeout) {
        return new Migrations(DatabaseLocation.of(pathOrUrl), lockTimeout, Migration.all());
    }

    /** The schema version that this program works with. */
    public static int latest() {
        return Migration.LATEST;
    }

    /** How a step stands. */
    public enum Condition {
        APPLIED,
        PENDING,
        /** Applied, but from other SQL than this program has under that number. */
        ALTERED,
        /** Applied by a newer program. */
        UNKNOWN
    }

    /** @param appliedAt RFC 3339 in UTC; null while pending */
    public record Step(
            int version,
            String name,
            Condition condition,
            @Nullable String appliedAt) {}

    /**
     * @param versions the versions that were applied by this call, in order
     * @param backup where the database was copied to first; null when no step destroys anything
     */
    public record Applied(List<Integer> versions, @Nullable Path backup) {}

    /** All steps, known and recorded, by version. Creates no file: where there is none, everything is pending. */
    public List<Step> status() {
        if (location.isMissing()) {
            return steps(List.of());
        }
        try (SqliteConnection connection =
                SqliteConnection.open(location, SqliteConnection.Purpose.READ, lockTimeout)) {
            return connection.read(() -> {
                Schema schema = new Schema(connection);
                schema.demandMigratable(Integer.MAX_VALUE);
                return steps(schema.recorded());
            });
        }
    }

    /** What the newest schema has and this database, of that schema, has not: somebody dropped it. */
    public List<String> missing() {
        if (location.isMissing()) {
            return List.of();
        }
        try (SqliteConnection connection = SqliteConnection.open(location, SqliteConnection.Purpose.READ, lockTimeout);
                SqliteConnection complete = SqliteConnection.open(
                        DatabaseLocation.IN_MEMORY, SqliteConnection.Purpose.WRITE, lockTimeout)) {
            Schema schema = new Schema(connection);
            if (connection.read(schema::version) != known.size()) {
                return List.of();
            }
            apply(complete);
            Set<String> missing = complete.read(new Schema(complete)::objects);
            missing.removeAll(connection.read(schema::objects));
            return List.copyOf(missing);
        }
    }

    private List<Step> steps(List<Schema.Recorded> recorded) {
        Map<Integer, Step> steps = new TreeMap<>();
        known.forEach(m -> steps.put(m.version(), new Step(m.version(), m.name(), Condition.PENDING, null)));
        Map<Integer, Migration> byVersion =
                known.stream().collect(Collectors.toMap(Migration::version, Function.identity()));
        for (Schema.Recorded row : recorded) {
            Migration migration = byVersion.get(row.version());
            Condition condition = migration == null
                    ? Condition.UNKNOWN
                    : migration.checksum().equals(row.checksum()) ? Condition.APPLIED : Condition.ALTERED;
            steps.put(row.version(), new Step(row.version(), row.name(), condition, row.appliedAt()));
        }
        return List.copyOf(steps.values());
    }

    /**
     * Applies what is pending, creating the database where there is none. Before a step that destroys data the database
     * is copied to a file beside it.
     *
     * @throws ProblemException SCHEMA_MISMATCH for a newer schema or another program's database, DATABASE_UNAVAILABLE
     */
    public Applied apply() {
        try (SqliteConnection connection =
                SqliteConnection.open(location, SqliteConnection.Purpose.WRITE, lockTimeout)) {
            return apply(connection);
        }
    }

    Applied apply(SqliteConnection connection) {
        Schema schema = new Schema(connection);
        connection.read(() -> {
            schema.demandMigratable(known.size());
            return true;
        });
        connection.useWriteAheadLog();
        Path backup = isAnyPendingDestructive(connection, schema)
                ? backup(connection, schema).orElse(null)
                : null;
        return new Applied(connection.write(Durability.AT_ONCE, () -> applyPending(schema)), backup);
    }

    /**
     * All in one transaction, so that nobody meets a new database with half of its schema. Another process may have been
     * faster, and may even be a newer program.
     */
    private List<Integer> applyPending(Schema schema) throws SQLException {
        schema.demandMigratable(known.size());
        int version = schema.version();
        List<Integer> applied = new ArrayList<>();
        for (Migration migration : known) {
            if (migration.version() > version) {
                schema.apply(migration);
                applied.add(migration.version());
            }
        }
        return List.copyOf(applied);
    }

    private boolean isAnyPendingDestructive(SqliteConnection connection, Schema schema) {
        int version = connection.plain(schema::version);
        return version > 0 && known.stream().anyMatch(step -> step.version() > version && step.isDestructive());
    }

    private Optional<Path> backup(SqliteConnection connection, Schema schema) {
        Path file = location.file();
        if (file == null) {
            return Optional.empty();
        }
        return connection.plain(() -> {
            Path copy = freeName(file, schema.version());
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
}
