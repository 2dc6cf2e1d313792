package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.SwarmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log of a long series of transactions. */
class SqliteCheckpointTest {
    private static final int BATCH = 100;

    /** Less than what makes SQLite copy the log by itself. */
    private static final int MOST_BATCHES = 60;

    @TempDir
    Path folder;

    @Test
    void isCopiedIntoTheDatabaseWhileTheSeriesGoesOn() throws IOException {
        Path database = folder.resolve("roll.db");
        int batches = 0;
        try (SqlStore store = open(database)) {
            long fresh = Files.size(database);
            while (Files.size(database) == fresh) {
                assertThat(batches).as("batches without a checkpoint").isLessThan(MOST_BATCHES);
                store.record(batch(batches++), Durability.AT_ONCE);
            }
        }
        try (SqlStore store = open(database)) {
            assertThat(store.list()).hasSize(batches * BATCH);
        }
    }

    private static SqlStore open(Path database) {
        return SqlStore.open(database.toString(), SwarmName.DEFAULT, Duration.ofSeconds(10));
    }

    private static List<RollChange> batch(int number) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> "Agent-" + number + "-" + i)
                .<RollChange>map(agent -> accepted(sighting(agent, Standing.NEVER_READ, NOON), number, "sweep", "tidy"))
                .toList();
    }
}
