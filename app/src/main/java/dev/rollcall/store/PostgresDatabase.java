package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlConnection.Purpose;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/** A database of a PostgreSQL server, which more than one machine may use. */
final class PostgresDatabase extends Database {
    static final String SCHEME = "jdbc:postgresql:";

    /** A step's statements that make something that can be missed. */
    private static final Pattern MADE = Pattern.compile(
            "(?m)^CREATE (?:OR REPLACE )?(?:UNIQUE )?(?:TABLE|INDEX|VIEW|SEQUENCE|FUNCTION|TRIGGER) (\\w+)");

    /** Hosts, a database, settings. What else the driver takes, or logs and refuses, may have a password before an @. */
    private static final Pattern URL = Pattern.compile(SCHEME
            + "(//(HOST(:\\d{1,5})?)?(,HOST(:\\d{1,5})?)*(/[^@?]*)?|(?!//)[^@?]*)(\\?.*)?"
                    .replace("HOST", "([^\\[\\]:@,/?]+|\\[[^\\[\\]@,/?]+\\])"));

    private static final Pattern FOREIGN = Pattern.compile("(?!" + SCHEME + ")(?i:(jdbc:)?postgres(ql)?:)");

    private final PostgresServer server;

    private PostgresDatabase(PostgresServer server) {
        this.server = server;
    }

    /** @throws ProblemException INVALID_CONFIGURATION for a URL that the driver does not understand */
    static PostgresDatabase of(String url, Duration lockTimeout) {
        Properties parsed = URL.matcher(url).matches() ? Driver.parseURL(url, new Properties()) : null;
        if (parsed == null) {
            throw notOne();
        }
        return new PostgresDatabase(PostgresServer.of(url, parsed, lockTimeout));
    }

    /** Nothing of the URL is told: a password may stand anywhere in it. */
    private static ProblemException notOne() {
        return new ProblemException(
                ProblemCode.INVALID_CONFIGURATION,
                "the database's URL is none that names a PostgreSQL database",
                "Give one such as jdbc:postgresql://host:5432/rollcall?user=me; the password may stand in ~/.pgpass.");
    }

    /** @throws ProblemException INVALID_CONFIGURATION for what only other programs take for a PostgreSQL URL */
    static void demandNoForeignUrl(String path) {
        if (FOREIGN.matcher(path).lookingAt()) {
            throw notOne();
        }
    }

    String place() {
        return server.place();
    }

    @Override
    PostgresConnection connect(Purpose purpose, SwarmName swarm) {
        return PostgresConnection.open(server, purpose, swarm);
    }

    /** A server that can not be reached is no empty roll. */
    @Override
    boolean isMissing() {
        return false;
    }

    @Override
    boolean isStillEmpty() {
        return !isThere();
    }

    @Override
    Schema schema(SqlConnection connection) {
        return new PostgresSchema(connection);
    }

    @Override
    List<Migration> steps() {
        return Migration.ofPostgres();
    }

    @Override
    void beforeMigrating(SqlConnection connection) {}

    @Override
    <T> T migrating(SqlConnection connection, SqlConnection.Work<T> work) {
        return ((PostgresConnection) connection).alone("rollcall schema", work);
    }

    /** Backups of a server are for whoever keeps it. */
    @Override
    Optional<Path> copyBeside(SqlConnection connection, int version) {
        return Optional.empty();
    }

    @Override
    Set<String> complete() {
        Set<String> made = new TreeSet<>();
        for (Migration step : steps()) {
            Matcher names = MADE.matcher(step.sql());
            while (names.find()) {
                made.add(names.group(1));
            }
        }
        return made;
    }
}
