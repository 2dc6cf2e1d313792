package dev.rollcall.report;

import static dev.rollcall.report.PastFixtures.minute;
import static dev.rollcall.report.PastFixtures.minutes;
import static dev.rollcall.report.PastFixtures.past;
import static dev.rollcall.report.PastFixtures.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.State;
import dev.rollcall.roll.Attention;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Gap;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link ReportingCadence} and {@link StaleStretches}, by hand. */
class SilenceTest {
    private static final FreshnessThresholds TEN_AND_THIRTY =
            new FreshnessThresholds(Duration.ofMinutes(10), Duration.ofMinutes(30));

    private static List<Window> stale(PastFixtures past) {
        return StaleStretches.of(past.done(), TEN_AND_THIRTY);
    }

    private static PastFixtures versionsAt(int... minutes) {
        PastFixtures past = past();
        for (int minute : minutes) {
            past.state(minute, State.ACTIVE);
        }
        return past;
    }

    @Test
    void theCadenceIsTheMedianIntervalOfTheWindow() {
        assertThat(ReportingCadence.of(versionsAt(-50, 0, 10, 20, 50).done())).contains(minutes(10));
        assertThat(ReportingCadence.of(
                        versionsAt(0, 10, 30, 60, 100).in(window(0, 101)).done()))
                .contains(minutes(25));
        assertThat(ReportingCadence.of(versionsAt(0, 10, 20).done())).isEmpty();
    }

    @Test
    void versionsWithinASecondAreOneReportAndAnIntervalWithAGapInItDoesNotCount() {
        assertThat(ReportingCadence.of(versionsAt(0, 0, 10, 10, 20, 30, 30).done()))
                .contains(minutes(10));
        assertThat(ReportingCadence.of(
                        versionsAt(0, 10, 20, 30, 90).gap(Gap.Kind.LEFT, 40, 80).done()))
                .contains(minutes(10));
        assertThat(ReportingCadence.of(
                        versionsAt(0, 10, 20, 90).gap(Gap.Kind.REJECTED, 40, 80).done()))
                .isEmpty();
    }

    @Test
    void silenceBeginsWhenTheLastVersionIsOlderThanTheThreshold() {
        assertThat(stale(versionsAt(0, 20, 70))).containsExactly(window(50, 70));
        assertThat(stale(versionsAt(0, 30, 60, 90))).isEmpty();
    }

    @Test
    void theVersionInForceAtTheBeginningCanBeStaleAlready() {
        assertThat(stale(versionsAt(-100, 40))).containsExactly(window(0, 40), window(70, 100));
    }

    @Test
    void aGapIsNoSilenceAndAfterItTheClockStartsAnew() {
        assertThat(stale(versionsAt(0).gap(Gap.Kind.REJECTED, 40, 60)))
                .containsExactly(window(30, 40), window(90, 100));
    }

    @Test
    void thatAFirstVersionWasSeenIsNoSignOfLifeButItsClaimIs() {
        PastFixtures past = past().firstClaiming(90, "2024-10-15T12:00:00Z");
        assertThat(stale(past)).containsExactly(window(90, 100));
        assertThat(past.figures().attention()).isEqualTo(Attention.STALE);
        assertThat(past.figures().reasonFor(minute(100))).isGreaterThan(Duration.ofDays(364));
        assertThat(past.state(95, State.ACTIVE).figures().attention()).isEqualTo(Attention.NONE);
    }

    @Test
    void whoIsSilentInTheEndNeedsAttentionSinceThen() {
        AgentFigures figures = past().state(0, State.ACTIVE).in(window(0, 200)).figures();
        assertThat(figures.isStale()).isTrue();
        assertThat(figures.reason()).isEqualTo("STALE");
        assertThat(figures.reasonFor(minute(200))).isEqualTo(minutes(200));
    }
}
