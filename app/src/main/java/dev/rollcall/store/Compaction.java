package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;

/** Writes the database file anew, without free pages, and empties its log. */
final class Compaction {
    private Compaction() {}

    /** @throws ProblemException DATABASE_UNAVAILABLE when the disk has no room for a copy, or somebody reads for too long */
    static void run(SqliteConnection connection) {
        connection.plain(() -> {
            connection.execute("VACUUM");
            return true;
        });
        boolean isEmptied = connection.plain(() -> connection
                .first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1) == 0)
                .orElse(false));
        if (!isEmptied) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    connection.location() + ": somebody reads the database, so that its log could not be emptied",
                    "End the command that reads it, then try again.");
        }
    }
}
