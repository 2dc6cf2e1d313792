package dev.rollcall.process;

import static dev.rollcall.process.WatchedSwarm.document;
import static dev.rollcall.process.WatchedSwarm.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watch at work for long, with trouble now and then: it takes no more in the end than in the beginning. */
@Timeout(value = 7200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchSoakTest {
    /** {@code -Drollcall.soak.seconds=N} takes another time. */
    private static final Duration TIME =
            Duration.ofSeconds(Long.getLong("rollcall.soak.seconds", Soak.times(5, 30 * 60)));

    private static final List<Manner> MANNERS = List.of(Manner.values());
    private static final int AGENTS = 50;
    private static final int SAMPLES = Soak.times(6, 60);
    private static final long BETWEEN_WRITES_NANOS = Duration.ofMillis(20).toNanos();

    /** Once in so many writes. */
    private static final int QUESTION = Soak.times(5, 50);

    private static final int LEAVING = 100;
    private static final int BROKEN = 130;
    private static final int LOCKED = 1500;
    private static final long LOCK_NANOS = Duration.ofSeconds(2).toNanos();

    @TempDir
    private Path folder;

    private final long seed = Soak.seed();
    private final Random random = new Random(seed);

    @Test
    void nothingGrowsWhileAWatchIsAtWork() throws Exception {
        assumeThat(Footprint.isTold()).as("/proc tells of processes").isTrue();
        try (WatchedSwarm watched = new WatchedSwarm(folder)) {
            watched.writeAll(AGENTS, 0);
            Process watch = watched.start(List.of());
            watched.assertRow(name(AGENTS - 1), 0);
            watched.assertSearchable();
            Footprint.of(watch);

            int writes = 0;
            long began = System.nanoTime();
            List<Footprint> samples = new ArrayList<>();
            while (samples.size() < SAMPLES) {
                long until = began + TIME.toNanos() / SAMPLES * (samples.size() + 1);
                while (System.nanoTime() < until) {
                    disturb(watched, ++writes);
                    LockSupport.parkNanos(BETWEEN_WRITES_NANOS);
                }
                samples.add(Footprint.of(watch));
            }

            System.out.printf(
                    "soak: %d writes in %s; at first %s, in the end %s%n",
                    writes, TIME, samples.getFirst(), samples.getLast());
            watched.writeAll(AGENTS, writes + 1);
            watched.assertRows(WatchedSwarm.names(AGENTS), writes + 1);
            watched.assertHealed("a soak (seed " + seed + ")");
            watched.assertEndsWell("seed " + seed);
            Footprint.assertNoGrowth(samples);
        }
    }

    private void disturb(WatchedSwarm watched, int write) throws IOException, SQLException {
        String agent = name(random.nextInt(AGENTS));
        Path file = watched.swarm.file(agent);
        if (write % LEAVING == 0) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        } else if (write % BROKEN == 0) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, document(write).substring(0, 40));
        } else {
            Files.createDirectories(file.getParent());
            MANNERS.get(random.nextInt(MANNERS.size())).write(file, document(write));
        }
        if (write % QUESTION == 0) {
            assertThat(watched.doctor()).contains("pid " + watched.process().pid());
        }
        if (write % LOCKED == 0) {
            lock(watched.swarm.database());
        }
    }

    private static void lock(Path database) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement lock = other.createStatement()) {
            lock.execute("PRAGMA busy_timeout = 5000");
            lock.execute("BEGIN IMMEDIATE");
            LockSupport.parkNanos(LOCK_NANOS);
            lock.execute("ROLLBACK");
        }
    }
}
