package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.FolderEvents;
import dev.rollcall.files.WorkspacesFolder;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a daemon makes of a wall clock that jumps an hour, ahead and back; time itself goes on as it does. */
class DaemonClockTest extends DaemonSetup {
    private static final Duration A_SCAN_OR_TWO = Duration.ofSeconds(12);

    private final LeapingClock wall = new LeapingClock();

    private DaemonBench following(FileChanges changes) {
        return new DaemonBench(
                workshop.source(), changes, workshop.database, new WatchClocks(wall, InstantSource.system()));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(ints = {-1, 1})
    void changesAreStillFoundByScansAndScansAreToldAtTheTimeTheyWere(int hours) throws Exception {
        try (DaemonBench bench = following(new DeafChanges())) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));

            wall.leap(Duration.ofHours(hours));
            put(ADA, document(2));

            eventually(Duration.ofSeconds(8), () -> assertThat(cycle(ADA)).isEqualTo(2));
            var scannedAt = bench.daemon.state().scans().scannedAt();
            assertThat(scannedAt).isNotNull();
            assertThat(Duration.between(scannedAt, wall.instant())).isBetween(Duration.ZERO, Duration.ofSeconds(15));
            assertThat(bench.daemon.state().latency().p99())
                    .satisfiesAnyOf(
                            p99 -> assertThat(p99).isNull(),
                            p99 -> assertThat(p99).isLessThan(Duration.ofSeconds(15)));
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(ints = {-1, 1})
    void aFileThatIsNotFinishedIsRejectedAfterAsLongAsEverAndRecordedOnceItIs(int hours) throws Exception {
        try (DaemonBench bench = following(new FolderEvents(new WorkspacesFolder(workshop.root)))) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));
            wall.leap(Duration.ofHours(hours));

            Files.writeString(workshop.file("Ada"), document(2).substring(0, 20));

            eventually(SOON, () -> assertThat(workshop.store().rejected()).hasSize(1));
            assertThat(cycle(ADA)).isEqualTo(1);
            put(BOB, document(7));
            eventually(SOON, () -> assertThat(cycle(BOB)).isEqualTo(7));
            put(ADA, document(3));
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(3));
            assertThat(workshop.store().rejected()).isEmpty();
            assertThat(bench.daemon.state().databaseProblem()).isNull();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aJumpAheadMakesTheWatchSuspectItselfAndTheJumpBackEndsThat() throws Exception {
        for (int i = 0; i < 5; i++) {
            put(new AgentId("Agent-" + i), document(1));
        }
        try (DaemonBench bench = following(new DeafChanges())) {
            eventually(SOON, () -> assertThat(kinds()).hasSize(6));
            waitForAScan(bench);

            wall.leap(Duration.ofMinutes(61));

            eventually(
                    A_SCAN_OR_TWO,
                    () -> assertThat(bench.daemon.state().suspicion()).contains("the clock"));
            eventually(
                    A_SCAN_OR_TWO,
                    () -> assertThat(kinds().stream().filter("stale"::equals)).hasSize(6));
            wall.leap(Duration.ofMinutes(-61));
            eventually(
                    A_SCAN_OR_TWO,
                    () -> assertThat(bench.daemon.state().suspicion()).isNull());
            assertThat(kinds().stream().filter("live"::equals)).hasSize(6);
        }
    }
}
