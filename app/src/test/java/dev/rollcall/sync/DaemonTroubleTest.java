package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.Presence;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trouble under a daemon: told, and over by itself. */
class DaemonTroubleTest extends DaemonSetup {
    @Test
    void aRootThatVanishesMarksNobodyAndIsToldUntilItIsBack() throws Exception {
        put(BOB, document(7));
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(BOB)).isEqualTo(7));
            Path away = folder.resolve("away");

            Files.move(workshop.root, away);
            eventually(
                    Duration.ofSeconds(8),
                    () -> assertThat(bench.daemon.state().filesProblem()).isNotNull());
            Files.createDirectory(workshop.root);
            eventually(
                    Duration.ofSeconds(8),
                    () -> assertThat(bench.daemon.state().filesProblem()).isNotNull());

            assertThat(presence(ADA)).isEqualTo(Presence.PRESENT);
            assertThat(presence(BOB)).isEqualTo(Presence.PRESENT);
            Files.delete(workshop.root);
            Files.move(away, workshop.root);
            eventually(
                    Duration.ofSeconds(8),
                    () -> assertThat(bench.daemon.state().filesProblem()).isNull());
            put(ADA, document(9));
            eventually(Duration.ofSeconds(8), () -> assertThat(cycle(ADA)).isEqualTo(9));
        }
    }

    @Test
    void aFileThatIsGoneFromItsFolderIsAnAgentThatLeft() throws Exception {
        put(BOB, document(7));
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(BOB)).isEqualTo(7));

            Files.delete(workshop.file("Bob"));

            eventually(SOON, () -> assertThat(presence(BOB)).isEqualTo(Presence.LEFT));
            eventually(
                    SOON, () -> assertThat(bench.daemon.state().backlog().due()).isZero());
        }
    }

    @Test
    void anInventedFileTimeHoldsNobodyUp() throws Exception {
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));
            workshop.write("Bob", document(2), Instant.parse("2400-01-01T00:00:00Z"));

            eventually(SOON, () -> assertThat(cycle(BOB)).isEqualTo(2));
            put(ADA, document(3));
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(3));
            assertThat(bench.daemon.state().latency().p99()).isLessThan(Duration.ofHours(1));
        }
    }

    @Test
    void aLockedDatabaseIsToldAndNothingIsLost() throws Exception {
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + workshop.database);
                    Statement lock = other.createStatement()) {
                lock.execute("BEGIN IMMEDIATE");
                put(ADA, document(2));

                eventually(
                        SOON,
                        () -> assertThat(bench.daemon.state().databaseProblem()).isNotNull());
                assertThat(bench.daemon.state().backlog().due()).isEqualTo(1);
                assertThat(bench.daemon.state().backlog().age()).isNotNull();
                lock.execute("ROLLBACK");
            }

            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(2));
            eventually(
                    SOON,
                    () -> assertThat(bench.daemon.state().databaseProblem()).isNull());
        }
    }

    @Test
    void aClockThatJumpsBackAnHourStopsNothing() throws Exception {
        LeapingClock wall = new LeapingClock();
        try (DaemonBench bench = new DaemonBench(
                workshop.source(),
                new DeafChanges(),
                workshop.database,
                new WatchClocks(wall, InstantSource.system()))) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));

            wall.leap(Duration.ofHours(-1));
            put(ADA, document(2));
            eventually(Duration.ofSeconds(8), () -> assertThat(cycle(ADA)).isEqualTo(2));
            wall.leap(Duration.ofHours(2));
            put(ADA, document(3));

            eventually(Duration.ofSeconds(8), () -> assertThat(cycle(ADA)).isEqualTo(3));
            assertThat(bench.daemon.state().databaseProblem()).isNull();
        }
    }

    @Test
    void aDatabaseThatIsErasedUnderTheWatchIsMadeAnewFromTheFiles() throws Exception {
        workshop.close();
        Path database = folder.resolve("other.db");
        try (DaemonBench bench =
                new DaemonBench(workshop.source(), new DeafChanges(), database, InstantSource.system())) {
            eventually(SOON, () -> assertThat(agentsIn(database)).isEqualTo(1));

            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(folder.resolve("other.db" + suffix));
            }

            eventually(
                    Duration.ofSeconds(10), () -> assertThat(agentsIn(database)).isEqualTo(1));
            assertThat(bench.daemon.state().databaseProblem()).isNull();
        } finally {
            workshop = new Workshop(folder.resolve("again"));
        }
    }

    private static int agentsIn(Path database) {
        if (!Files.exists(database)) {
            return 0;
        }
        try (SqlStore store = SqlStore.openForReading(database.toString(), SwarmName.DEFAULT, Duration.ofSeconds(1))) {
            return store.list().size();
        }
    }
}
