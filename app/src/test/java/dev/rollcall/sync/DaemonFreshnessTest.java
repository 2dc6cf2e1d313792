package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who falls silent, as a daemon tells it. */
class DaemonFreshnessTest extends DaemonSetup {
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
}
