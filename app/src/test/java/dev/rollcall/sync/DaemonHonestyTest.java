package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollFeed;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a daemon says of itself while something fails. */
@Execution(ExecutionMode.CONCURRENT)
class DaemonHonestyTest extends DaemonSetup {
    private static final int FAILURES = 2;

    private final LeapingClock wall = new LeapingClock();
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void anEventOfFreshnessThatCouldNotBeRecordedIsNotLost() throws Exception {
        try (DaemonBench bench = withFailingNotes()) {
            everybodyFallsSilent(bench);

            eventually(
                    Duration.ofSeconds(30),
                    () -> assertThat(kinds()).containsExactly("joined", "joined", "stale", "stale"));
            assertThat(failures).hasValueGreaterThan(FAILURES);
        }
    }

    @Test
    void troubleStaysToldUntilTheThingReallyWorks() throws Exception {
        try (DaemonBench bench = withFailingNotes()) {
            everybodyFallsSilent(bench);
            eventually(
                    Duration.ofSeconds(15),
                    () -> assertThat(bench.daemon.state().databaseProblem()).isNotNull());

            // Some seconds lie between two failures, in which there is nothing else to do.
            eventually(Duration.ofSeconds(30), () -> {
                boolean isTold = bench.daemon.state().databaseProblem() != null;
                if (!isTold && failures.get() <= FAILURES) {
                    throw new IllegalStateException("taken back after failure " + failures);
                }
                assertThat(isTold).isFalse();
            });
            assertThat(kinds()).containsExactly("joined", "joined", "stale", "stale");
        }
    }

    private DaemonBench withFailingNotes() throws IOException {
        put(BOB, document(1));
        return new DaemonBench(
                workshop.source(),
                new DeafChanges(),
                () -> {
                    WatchedRoll real = DaemonBench.open(workshop.database);
                    RollFeed feed = Faults.before(RollFeed.class, real.feed(), (call, arguments) -> {
                        if (call.equals("note")) {
                            failAtFirst();
                        }
                    });
                    return new WatchedRoll(
                            real.store(), real.query(), feed, real.sources(), real.inPlace(), real.othersChanges());
                },
                new WatchClocks(wall, InstantSource.system()));
    }

    private void everybodyFallsSilent(DaemonBench bench) throws Exception {
        eventually(SOON, () -> assertThat(kinds()).hasSize(2));
        waitForAScan(bench);
        waitForAScan(bench);
        wall.leap(Duration.ofMinutes(61));
    }

    private void failAtFirst() {
        if (failures.incrementAndGet() <= FAILURES) {
            throw new ProblemException(ProblemCode.DATABASE_UNAVAILABLE, "the database is not to be had", "");
        }
    }
}
