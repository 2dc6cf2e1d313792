package dev.rollcall.store;

import dev.rollcall.store.SqlConnection.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * Tries again for some time, with pauses that grow and are never the same for two who were disturbed by the same thing.
 *
 * @param patience when no further attempt is begun
 */
record Attempts(Duration patience) {
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    /** @param isWorthIt whether a failure may be another one, or none, the next time */
    <T> T run(Predicate<SQLException> isWorthIt, Work<T> work) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                return work.run();
            } catch (SQLException failure) {
                long millis = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
                boolean isTime = System.nanoTime() + millis * 1_000_000 < deadline;
                if (!isTime || !isWorthIt.test(failure) || !paused(millis)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean paused(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
