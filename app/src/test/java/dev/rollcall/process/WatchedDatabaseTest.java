package dev.rollcall.process;

import static dev.rollcall.process.WatchedSwarm.names;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A watch whose database can not be written for a while. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedDatabaseTest {
    private static final int AGENTS = 20;
    private static final Duration FULL = Duration.ofSeconds(Soak.times(4, 60));
    private static final Duration LOCKED = Duration.ofSeconds(Soak.times(6, 30));
    private static final long BETWEEN_WRITES_NANOS = Duration.ofMillis(20).toNanos();

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFullDiskIsToldAndWhatChangedMeanwhileIsRecordedOnceThereIsRoom() throws Exception {
        Path place = folder.resolve("disk");
        try (Disk disk = Disk.mount(place, "8m");
                WatchedSwarm watched = new WatchedSwarm(folder, place.resolve("roll.db"))) {
            watched.writeAll(AGENTS, 1);
            watched.start(List.of());
            watched.assertRows(names(AGENTS), 1);
            Path filling = place.resolve("filling");
            Disk.fill(filling);
            watched.writeAll(AGENTS, 2);

            watched.assertTold("a full disk", "the watch says", "full");
            int last = writeFor(FULL, watched);
            assertThat(watched.doctor()).contains("the watch says", "full");
            Files.delete(filling);

            watched.assertRows(names(AGENTS), last);
            watched.write("Agent-late", 1);
            watched.assertRow("Agent-late", 1);
            watched.assertHealed("a full disk");
            watched.assertEndsWell("after a full disk");
            assertThat(disk).isNotNull();
        }
    }

    /** The new one is right at once: that its history is short nobody would notice. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aDatabaseThatIsErasedIsMadeAnewAndToldToBeAnotherOne() throws Exception {
        Path database = folder.resolve("roll.db");
        try (WatchedSwarm watched = new WatchedSwarm(folder, database)) {
            watched.writeAll(AGENTS, 1);
            watched.start(List.of());
            watched.assertRows(names(AGENTS), 1);
            watched.assertHealed("nothing");

            for (String side : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(Path.of(database + side));
            }

            watched.assertRows(names(AGENTS), 1);
            watched.assertSaid(
                    "an erased database", "the database is another one: the history that only the one before");
            watched.assertTold("an erased database", "the watch says: since", "the database is another one");
            watched.assertEndsWell("after an erased database");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aDatabaseThatSomebodyElseLocksIsToldAndWhatChangedMeanwhileIsRecordedAfterwards() throws Exception {
        try (WatchedSwarm watched = new WatchedSwarm(folder)) {
            watched.writeAll(AGENTS, 1);
            watched.start(List.of());
            watched.assertRows(names(AGENTS), 1);
            int last;
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + watched.swarm.database());
                    Statement lock = other.createStatement()) {
                lock.execute("BEGIN IMMEDIATE");
                watched.writeAll(AGENTS, 2);
                watched.assertTold("a locked database", "the watch says", "locked");
                last = writeFor(LOCKED, watched);
                assertThat(watched.doctor()).contains("the watch says", "locked");
                lock.execute("ROLLBACK");
            }

            watched.assertRows(names(AGENTS), last);
            watched.assertHealed("a locked database");
            watched.assertEndsWell("after a lock");
        }
    }

    /** Lets all agents write version after version for so long; the last version. */
    private static int writeFor(Duration time, WatchedSwarm watched) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        int version = 2;
        while (System.nanoTime() < end) {
            watched.writeAll(AGENTS, ++version);
            LockSupport.parkNanos(BETWEEN_WRITES_NANOS);
        }
        return version;
    }
}
