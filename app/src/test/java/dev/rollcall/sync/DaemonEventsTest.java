package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollFeed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log of events under a daemon. */
class DaemonEventsTest extends DaemonSetup {
    @Test
    void whatIsBeyondTheLimitsIsForgottenInSmallSlicesWhileChangesAreRecorded() throws Exception {
        for (int version = 1; version <= 700; version++) {
            workshop.write("Ada", document(version));
            workshop.clock().advance(Duration.ofSeconds(1));
            workshop.syncAll();
        }
        assertThat(workshop.store().newest()).isEqualTo(700);
        try (DaemonBench bench = new DaemonBench(
                workshop.source(),
                new DeafChanges(),
                () -> DaemonBench.open(workshop.database),
                new WatchClocks(workshop.clock(), InstantSource.system()),
                new EventLimits(Duration.ofDays(30), 10))) {
            eventually(SOON, () -> assertThat(workshop.store().forgotten()).isEqualTo(690));
            put(ADA, document(701));

            eventually(Duration.ofSeconds(8), () -> assertThat(cycle(ADA)).isEqualTo(701));
            List<RollEvent> kept = workshop.store().after(RollFeed.BEGINNING, 100);
            assertThat(kept.getFirst().seq()).isEqualTo(691);
            assertThat(kept.getLast().seq()).isEqualTo(701);
            assertThat(bench.daemon.state().databaseProblem()).isNull();
        }
    }
}
