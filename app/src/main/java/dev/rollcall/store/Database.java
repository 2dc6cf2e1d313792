package dev.rollcall.store;

import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlConnection.Purpose;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A database that may hold rolls, and how to connect to it. */
abstract sealed class Database permits SqliteDatabase, PostgresDatabase {
    /**
     * @param pathOrUrl as {@link SqlStore#open} takes it
     * @throws dev.rollcall.problem.ProblemException INVALID_CONFIGURATION for another kind of database
     */
    static Database of(String pathOrUrl, Duration lockTimeout) {
        return pathOrUrl.startsWith(PostgresDatabase.SCHEME)
                ? PostgresDatabase.of(pathOrUrl, lockTimeout)
                : new SqliteDatabase(DatabaseLocation.of(pathOrUrl), lockTimeout);
    }

    abstract SqlConnection connect(Purpose purpose, SwarmName swarm);

    /** Whether there is nothing that could be connected to for reading. */
    abstract boolean isMissing();

    /** Whether a database without a roll, when it was looked at last, has none still. */
    abstract boolean isStillEmpty();

    abstract Schema schema(SqlConnection connection);

    abstract List<Migration> steps();

    /** Called before steps are applied. */
    abstract void beforeMigrating(SqlConnection connection);

    /** Applies steps in one transaction that excludes whoever else does. */
    abstract <T> T migrating(SqlConnection connection, SqlConnection.Work<T> work);

    /** A copy of the database as it is; empty where it is for somebody else to keep one. */
    abstract Optional<Path> copyBeside(SqlConnection connection, int version);

    /** What every database of the newest schema has, by name. */
    abstract Set<String> complete();

    /** A connection to the newest schema, which a new database is brought to; an older one is for `migrate apply`. */
    SqlConnection prepared(SwarmName swarm) {
        SqlConnection connection = connect(Purpose.WRITE, swarm);
        try {
            Schema schema = schema(connection);
            if (connection.read(schema::isFresh)) {
                new Migrations(this).apply(connection);
            }
            return demanded(connection, schema);
        } catch (RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }

    /** A connection to read what is there; empty where nothing is. */
    Optional<SqlConnection> there(SwarmName swarm) {
        if (isMissing()) {
            return Optional.empty();
        }
        SqlConnection connection = connect(Purpose.READ, swarm);
        try {
            Schema schema = schema(connection);
            if (connection.read(schema::isFresh)) {
                connection.close();
                return Optional.empty();
            }
            return Optional.of(demanded(connection, schema));
        } catch (RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }

    boolean isThere() {
        if (isMissing()) {
            return false;
        }
        try (SqlConnection connection = connect(Purpose.READ, SwarmName.DEFAULT)) {
            return !connection.read(schema(connection)::isFresh);
        }
    }

    private static SqlConnection demanded(SqlConnection connection, Schema schema) {
        connection.read(() -> {
            schema.demandLatest();
            return true;
        });
        return connection;
    }
}
