package dev.rollcall.report;

import static dev.rollcall.report.PastFixtures.minute;
import static dev.rollcall.report.PastFixtures.minutes;
import static dev.rollcall.report.PastFixtures.past;
import static dev.rollcall.report.PastFixtures.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.State;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Gap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pasts of one agent that are so long that work which grows with their square takes longer than anybody waits: each of
 * these takes a second or two, and some minutes at least where it is done for each pair.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongPastsTest {
    private static final int LONG = 200_000;
    private static final int DAY = 24 * 60;

    /** A version every so many minutes, every other one ACTIVE, each on a mission of its own. */
    private static PastFixtures busy(int every) {
        PastFixtures past = past().in(window(0, (long) LONG * every));
        for (int version = 0; version < LONG; version++) {
            past.version(
                    (long) version * every,
                    Map.of(
                            StatusField.STATE,
                            version % 2 == 0 ? "ACTIVE" : "IDLE",
                            StatusField.CURRENT_MISSION,
                            "Mission " + version),
                    null);
        }
        return past;
    }

    @Test
    void manyMissionsInManyStates() {
        List<MissionStretch> missions = MissionDurations.of(busy(1).done());

        assertThat(missions).hasSize(LONG);
        assertThat(missions.stream().map(MissionStretch::duration).distinct()).containsExactly(minutes(1));
    }

    @Test
    void manyGapsBetweenManyVersions() {
        PastFixtures busy = busy(1);
        for (int minute = 0; minute < LONG; minute += 4) {
            busy.gap(Gap.Kind.REJECTED, minute + 1, minute + 2);
        }
        AgentPast past = busy.done();

        assertThat(TimeInState.of(past.stretches()))
                .containsOnly(
                        Map.entry(Condition.ACTIVE, minutes(LONG / 2)),
                        Map.entry(Condition.IDLE, minutes(LONG / 4)),
                        Map.entry(Condition.REJECTED, minutes(LONG / 4)));
        assertThat(ReportingCadence.of(past)).contains(minutes(1));
    }

    @Test
    void manySilencesInManyStates() {
        AgentPast past = busy(1).done();
        FreshnessThresholds thresholds = new FreshnessThresholds(Duration.ofSeconds(10), Duration.ofSeconds(30));
        List<Window> stale = StaleStretches.of(past, thresholds);
        AgentFigures any = past().state(0, State.ACTIVE).figures();
        AgentFigures silent = new AgentFigures(
                past.agent(),
                past.stretches(),
                TimeInState.of(past.stretches()),
                Map.of(),
                List.of(),
                any.activity(),
                new Silence(null, thresholds, stale),
                any.end(),
                any.change());

        assertThat(stale).hasSize(LONG);
        assertThat(Utilisation.of(List.of(silent))).contains(0.25);
    }

    @Test
    void manyDaysInManyStates() {
        Report report = new Report(
                "default",
                null,
                window(0, (long) LONG * DAY),
                minute(0),
                List.of(busy(DAY).figures()),
                new Waits(List.of(), List.of()),
                new Report.Reading(0, 0));

        Map<Window, Map<Condition, Duration>> days = report.timesByDay();

        assertThat(days).hasSize(LONG + 1);
        assertThat(days.get(new Window(minute(DAY / 2), minute(DAY / 2 + DAY))))
                .containsOnly(
                        Map.entry(Condition.ACTIVE, minutes(DAY / 2)), Map.entry(Condition.IDLE, minutes(DAY / 2)));
    }
}
