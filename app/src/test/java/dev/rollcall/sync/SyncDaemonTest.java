package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Presence;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The daemon over real files and a real database. */
@Execution(ExecutionMode.CONCURRENT)
class SyncDaemonTest extends DaemonSetup {
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
    void aFileThatCameToRestIsRecordedAsSuchSoThatNobodyHasToReadIt() throws Exception {
        try (DaemonBench bench = watching()) {
            put(ADA, document(2));
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(2));
            long reading = workshop.store().standing(ADA).orElseThrow().reading();

            eventually(
                    Duration.ofSeconds(15),
                    () -> assertThat(
                                    workshop.store().standing(ADA).orElseThrow().stamp())
                            .isNotEmpty());
            assertThat(workshop.store().standing(ADA).orElseThrow().reading()).isEqualTo(reading);
            assertThat(bench.daemon.state().databaseProblem()).isNull();
            assertThat(workshop.syncAll().recorded()).isZero();
        }
    }

    @Test
    void bytesThatTheRollHasAlreadyCostNoTransaction() throws Exception {
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));
            eventually(
                    SOON,
                    () -> assertThat(bench.daemon.state().scans().scannedAt()).isNotNull());
            eventually(
                    SOON, () -> assertThat(bench.daemon.state().backlog().due()).isZero());
            eventually(
                    SOON,
                    () -> assertThat(bench.daemon.state().scans().scannedAt()).isNotNull());
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
                    SOON,
                    () -> assertThat(bench.daemon.state().scans().scannedAt()).isNotNull());
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
            return new Scan(new HashMap<>(Map.of(AGENT, STAMP)), List.of());
        }

        @Override
        public Look look(AgentId agent) {
            return new Look.Present(STAMP);
        }

        @Override
        public Read read(AgentId agent) {
            return new Read.Content(text.getBytes(StandardCharsets.UTF_8), STAMP);
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
