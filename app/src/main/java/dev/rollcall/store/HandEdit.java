package dev.rollcall.store;

import dev.rollcall.roll.RollStore.Durability;
import java.time.Duration;

/** What verification exists to name: a change made behind Rollcall's back, as the sqlite3 shell would make it. */
public final class HandEdit {
    private HandEdit() {}

    /**
     * Runs one statement against a SQLite roll. For the demo and for tests of verification; nothing else writes this way.
     *
     * @throws dev.rollcall.problem.ProblemException DATABASE_UNAVAILABLE when the statement fails
     */
    public static void apply(String pathOrUrl, String statement) {
        try (SqliteConnection connection = SqliteConnection.open(
                DatabaseLocation.of(pathOrUrl), SqlConnection.Purpose.WRITE, Duration.ofSeconds(10))) {
            connection.write(Durability.AT_ONCE, () -> connection.update(statement));
        }
    }
}
