package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite makes of statements whose cost depends on it. */
class SqlitePlanTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void versionsAreFoundByTheirNumbersHoweverManyTheyAre() {
        Path database = folder.resolve("roll.db");
        SqlStore.open(database.toString(), SwarmName.DEFAULT, PATIENCE).close();
        String numbers = LongStream.rangeClosed(1, 500).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String versions;
        try (SqliteConnection connection =
                SqliteConnection.open(DatabaseLocation.of(database.toString()), SqlConnection.Purpose.READ, PATIENCE)) {
            versions = connection.engine().versionWhoseNumber("IN (" + numbers + ")");
        }

        List<String> plan = HandEdits.query(
                database,
                "EXPLAIN QUERY PLAN SELECT version.revision FROM " + versions + " AND version.swarm = 'default'");

        assertThat(String.join("\n", plan)).contains("INTEGER PRIMARY KEY").doesNotContain("INDEX status_history");
    }
}
