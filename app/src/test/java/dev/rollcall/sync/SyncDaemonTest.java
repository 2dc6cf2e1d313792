package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.FolderEvents;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon over real files and a real database, with the system's own clock. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SyncDaemonTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final AgentId ADA = new AgentId("Ada");
    private static final AgentId BOB = new AgentId("Bob");

    @TempDir
    private Path folder;

    private Workshop workshop;

    @BeforeEach
    void layOut() throws IOException {
        workshop = new Workshop(folder);
        put(ADA, document(1));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void whatIsThereIsRecordedAndThenWhatChanges() throws Exception {
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));

            put(ADA, document(2));

            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(2));
            eventually(
                    SOON,
                    () -> assertThat(bench.daemon.state().latency().recorded()).isPositive());
            assertThat(bench.daemon.state().coverage().isComplete()).isTrue();
        }
        assertThat(workshop.verify("Ada").verdict()).isEqualTo(Verdict.SYNCED);
    }

    @Test
    void agentsThatComeAndGoAreNoticed() throws Exception {
        put(BOB, document(7));
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(BOB)).isEqualTo(7));
            AgentId eve = new AgentId("Eve");
            put(eve, document(3));
            eventually(SOON, () -> assertThat(cycle(eve)).isEqualTo(3));
            put(eve, document(4));
            eventually(SOON, () -> assertThat(cycle(eve)).isEqualTo(4));

            workshop.remove("Bob");

            eventually(SOON, () -> assertThat(presence(BOB)).isEqualTo(Presence.LEFT));
            put(BOB, document(8));
            eventually(SOON, () -> assertThat(presence(BOB)).isEqualTo(Presence.PRESENT));
            eventually(SOON, () -> assertThat(cycle(BOB)).isEqualTo(8));
            assertThat(bench.daemon.state().filesProblem()).isNull();
        }
    }

    @Test
    void withoutAnyEventAChangeIsFoundWithinFiveSeconds() throws Exception {
        try (DaemonBench bench = deaf()) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));
            eventually(
                    SOON, () -> assertThat(bench.daemon.state().backlog().due()).isZero());

            put(ADA, document(2));

            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(2));
            assertThat(bench.daemon.state().coverage().isComplete()).isFalse();
        }
    }

    @Test
    void aFileThatIsBeingWrittenIsWaitedForAndOneThatIsNeverFinishedIsRejected() throws Exception {
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));
            String next = document(2);
            Files.writeString(workshop.file("Ada"), next.substring(0, 20));
            eventually(
                    SOON, () -> assertThat(bench.daemon.state().backlog().due()).isEqualTo(1));
            assertThat(workshop.store().rejected()).isEmpty();

            Files.writeString(workshop.file("Ada"), next.substring(20), StandardOpenOption.APPEND);
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(2));
            assertThat(workshop.store().rejected()).isEmpty();
            Files.writeString(workshop.file("Ada"), next.substring(0, 20));

            eventually(SOON, () -> assertThat(workshop.store().rejected()).hasSize(1));
            assertThat(cycle(ADA)).isEqualTo(2);
            put(ADA, document(3));
            eventually(SOON, () -> assertThat(workshop.store().rejected()).isEmpty());
            assertThat(cycle(ADA)).isEqualTo(3);
        }
    }

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
                assertThat(bench.daemon.state().backlog().since()).isNotNull();
                lock.execute("ROLLBACK");
            }

            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(2));
            eventually(
                    SOON,
                    () -> assertThat(bench.daemon.state().databaseProblem()).isNull());
        }
    }

    @Test
    void bytesThatTheRollHasAlreadyCostNoTransaction() throws Exception {
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));
            eventually(
                    SOON, () -> assertThat(bench.daemon.state().backlog().due()).isZero());
            long before = workshop.store().standing(ADA).orElseThrow().reading();
            Instant scanned = bench.daemon.state().scans().scannedAt();

            put(ADA, document(1));

            eventually(
                    Duration.ofSeconds(12),
                    () -> assertThat(bench.daemon.state().scans().scannedAt()).isAfter(scanned.plusSeconds(4)));
            assertThat(workshop.store().standing(ADA).orElseThrow().reading()).isEqualTo(before);
        }
    }

    @Test
    void aChangeThatNoStatDataTellIsFoundByReadingAllBytes() throws Exception {
        StillSource source = new StillSource(document(1));
        LeapingClock clock = new LeapingClock();
        try (DaemonBench bench = new DaemonBench(source, new DeafChanges(), workshop.database, clock)) {
            eventually(SOON, () -> assertThat(cycle(StillSource.AGENT)).isEqualTo(1));
            eventually(
                    SOON, () -> assertThat(bench.daemon.state().backlog().due()).isZero());
            source.text = document(2);
            clock.leap(Duration.ofSeconds(30));
            Instant scanned = bench.daemon.state().scans().scannedAt();
            eventually(
                    SOON,
                    () -> assertThat(bench.daemon.state().scans().scannedAt()).isAfter(scanned));
            assertThat(cycle(StillSource.AGENT)).isEqualTo(1);

            clock.leap(Duration.ofSeconds(31));

            eventually(SOON, () -> assertThat(cycle(StillSource.AGENT)).isEqualTo(2));
            assertThat(bench.daemon.state().scans().hashedAt()).isNotNull();
        }
    }

    @Test
    void whoFallsSilentAndSpeaksAgainIsAnEvent() throws Exception {
        LeapingClock clock = new LeapingClock();
        put(BOB, document(1));
        try (DaemonBench bench = new DaemonBench(workshop.source(), new DeafChanges(), workshop.database, clock)) {
            eventually(SOON, () -> assertThat(kinds()).hasSize(2));
            waitForAScan(bench);

            clock.leap(Duration.ofMinutes(61));
            eventually(SOON, () -> assertThat(kinds()).containsExactly("joined", "joined", "stale", "stale"));
            put(ADA, document(2));

            eventually(
                    Duration.ofSeconds(12),
                    () -> assertThat(kinds()).containsExactly("joined", "joined", "stale", "stale", "changed", "live"));
            assertThat(bench.daemon.state().suspicion()).isNull();
        }
    }

    @Test
    void whenMostOfASwarmFallsSilentAtOnceTheWatchSuspectsItselfFirst() throws Exception {
        for (int i = 0; i < 5; i++) {
            put(new AgentId("Agent-" + i), document(1));
        }
        LeapingClock clock = new LeapingClock();
        try (DaemonBench bench = new DaemonBench(workshop.source(), new DeafChanges(), workshop.database, clock)) {
            eventually(SOON, () -> assertThat(kinds()).hasSize(6));
            waitForAScan(bench);

            clock.leap(Duration.ofMinutes(61));

            eventually(SOON, () -> assertThat(bench.daemon.state().suspicion()).contains("6 of 6 agents went stale"));
            eventually(SOON, () -> assertThat(kinds()).hasSize(12).contains("stale"));
            assertThat(bench.daemon.state().suspicion()).isNotNull();
            for (int i = 0; i < 4; i++) {
                put(new AgentId("Agent-" + i), document(2));
            }
            eventually(
                    Duration.ofSeconds(12),
                    () -> assertThat(bench.daemon.state().suspicion()).isNull());
        }
    }

    @Test
    void whatIsKnownAtAStopIsRecordedBeforeTheEnd() throws Exception {
        for (int round = 1; round <= 20; round++) {
            try (DaemonBench bench = watching()) {
                int now = round;
                eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(now));
                eventually(
                        SOON,
                        () -> assertThat(bench.daemon.state().coverage().watched())
                                .isEqualTo(1));
                put(ADA, document(round + 1));
            }
            assertThat(cycle(ADA)).isEqualTo(round + 1);
        }
    }

    private DaemonBench watching() {
        return new DaemonBench(
                workshop.source(),
                new FolderEvents(new WorkspacesFolder(workshop.root)),
                workshop.database,
                InstantSource.system());
    }

    private DaemonBench deaf() {
        return new DaemonBench(workshop.source(), new DeafChanges(), workshop.database, InstantSource.system());
    }

    private void put(AgentId agent, String text) throws IOException {
        Path file = workshop.file(agent.value());
        Files.createDirectories(file.getParent());
        Path next = folder.resolve("next.json");
        Files.writeString(next, text);
        Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String document(int cycle) {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + "}\n";
    }

    private long cycle(AgentId agent) {
        return workshop.store()
                .find(agent)
                .flatMap(entry -> entry.columns().cycleCount())
                .orElse(-1L);
    }

    private static void waitForAScan(DaemonBench bench) throws Exception {
        Instant begun = bench.daemon.state().scans().scannedAt();
        eventually(
                Duration.ofSeconds(8),
                () -> assertThat(bench.daemon.state().scans().scannedAt()).isAfter(begun));
    }

    private List<String> kinds() {
        return workshop.store().after(RollFeed.BEGINNING, 1000).stream()
                .map(event -> event.kind().label())
                .toList();
    }

    private Presence presence(AgentId agent) {
        return workshop.store().find(agent).orElseThrow().presence();
    }

    /** The system's clock, which a test can put forward. */
    private static final class LeapingClock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        void leap(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    /** One agent whose file looks the same whatever it holds, as on a file system that tells no changes. */
    private static final class StillSource implements StatusSource {
        static final AgentId AGENT = new AgentId("Still");
        private static final FileStamp STAMP =
                new FileStamp("", 1, 2, 3, Instant.EPOCH.plusSeconds(1), Instant.EPOCH.plusSeconds(1));

        private volatile String text;

        StillSource(String text) {
            this.text = text;
        }

        @Override
        public Scan scan() {
            return new Scan(new java.util.HashMap<>(java.util.Map.of(AGENT, STAMP)), List.of());
        }

        @Override
        public Look look(AgentId agent) {
            return new Look.Present(STAMP);
        }

        @Override
        public Read read(AgentId agent) {
            return new Read.Content(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), STAMP);
        }

        @Override
        public String path(AgentId agent) {
            return "/still/" + agent;
        }

        @Override
        public boolean isElsewhere(String recordedPath) {
            return false;
        }
    }
}
