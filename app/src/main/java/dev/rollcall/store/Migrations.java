package dev.rollcall.store;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlConnection.Purpose;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database's schema to the version this program works with, and tells how it stands. All pending steps are one
 * transaction: an interrupted run leaves a database at the version it had. Several processes may apply at once. For one
 * thread at a time.
 */
public final class Migrations {
    private final Database database;
    private final List<Migration> known;

    Migrations(Database database) {
        this(database, database.steps());
    }

    Migrations(Database database, List<Migration> known) {
        this.database = database;
        this.known = List.copyOf(known);
    }

    /**
     * @param pathOrUrl as {@link SqlStore#open} takes it
     * @param lockTimeout how long to wait for other processes
     */
    public static Migrations of(String pathOrUrl, Duration lockTimeout) {
        return new Migrations(Database.of(pathOrUrl, lockTimeout));
    }

    /** The schema version that this program works with. */
    public static int latest() {
        return Migration.LATEST;
    }

    /** A kind of database that came later has fewer steps, and its first one has a higher number. */
    private int newest() {
        return known.getLast().version();
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
        if (database.isMissing()) {
            return steps(List.of());
        }
        try (SqlConnection connection = database.connect(Purpose.READ, SwarmName.DEFAULT)) {
            return connection.read(() -> {
                Schema schema = database.schema(connection);
                schema.demandMigratable(Integer.MAX_VALUE);
                return steps(schema.recorded());
            });
        }
    }

    /** What the newest schema has and this database, of that schema, has not: somebody dropped it. */
    public List<String> missing() {
        if (database.isMissing()) {
            return List.of();
        }
        try (SqlConnection connection = database.connect(Purpose.READ, SwarmName.DEFAULT)) {
            Schema schema = database.schema(connection);
            if (connection.read(schema::version) != newest()) {
                return List.of();
            }
            Set<String> missing = new TreeSet<>(database.complete());
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
        try (SqlConnection connection = database.connect(Purpose.WRITE, SwarmName.DEFAULT)) {
            return apply(connection);
        }
    }

    Applied apply(SqlConnection connection) {
        Schema schema = database.schema(connection);
        connection.read(() -> {
            schema.demandMigratable(newest());
            return true;
        });
        database.beforeMigrating(connection);
        int version = connection.plain(schema::version);
        Path backup = isAnyPendingDestructive(version)
                ? database.copyBeside(connection, version).orElse(null)
                : null;
        return new Applied(database.migrating(connection, () -> applyPending(schema)), backup);
    }

    /**
     * All in one transaction, so that nobody meets a new database with half of its schema. Another process may have been
     * faster, and may even be a newer program.
     */
    private List<Integer> applyPending(Schema schema) throws SQLException {
        schema.demandMigratable(newest());
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

    private boolean isAnyPendingDestructive(int version) {
        return version > 0 && known.stream().anyMatch(step -> step.version() > version && step.isDestructive());
    }
}
