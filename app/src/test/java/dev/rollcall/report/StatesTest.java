package dev.rollcall.report;

import static dev.rollcall.report.PastFixtures.minute;
import static dev.rollcall.report.PastFixtures.minutes;
import static dev.rollcall.report.PastFixtures.past;
import static dev.rollcall.report.PastFixtures.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.document.State;
import dev.rollcall.roll.Gap;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link TimeInState}, {@link BlockedTime}, {@link Utilisation} and {@link EndState}, by hand. */
class StatesTest {
    private static Map<Condition, Duration> times(PastFixtures past) {
        return TimeInState.of(past.done().stretches());
    }

    @Test
    void aStateLastsFromItsVersionToTheNextAndCountsOnlyInTheWindow() {
        assertThat(times(past().state(-30, State.IDLE).state(20, State.ACTIVE).state(60, State.BLOCKED)))
                .containsOnly(
                        entry(Condition.IDLE, minutes(20)),
                        entry(Condition.ACTIVE, minutes(40)),
                        entry(Condition.BLOCKED, minutes(40)));
    }

    @Test
    void beforeTheFirstVersionNothingIsRecorded() {
        assertThat(times(past().state(30, State.ACTIVE)))
                .containsOnly(entry(Condition.UNRECORDED, minutes(30)), entry(Condition.ACTIVE, minutes(70)));
    }

    @Test
    void rejectedLeftAndPrunedTimeIsNeverTheStateBefore() {
        assertThat(times(past().state(0, State.ACTIVE)
                        .gap(Gap.Kind.REJECTED, 10, 20)
                        .gap(Gap.Kind.LEFT, 30, 45)
                        .gap(Gap.Kind.PRUNED, 50, 51)
                        .openGap(Gap.Kind.LEFT, 90)))
                .containsOnly(
                        entry(Condition.ACTIVE, minutes(64)),
                        entry(Condition.REJECTED, minutes(10)),
                        entry(Condition.LEFT, minutes(25)),
                        entry(Condition.PRUNED, minutes(1)));
    }

    @Test
    void ofGapsAtOneTimeTheAbsenceCounts() {
        assertThat(times(past().state(0, State.ACTIVE)
                        .gap(Gap.Kind.PRUNED, 0, 60)
                        .gap(Gap.Kind.REJECTED, 20, 50)
                        .gap(Gap.Kind.LEFT, 30, 40)))
                .containsOnly(
                        entry(Condition.PRUNED, minutes(30)),
                        entry(Condition.REJECTED, minutes(20)),
                        entry(Condition.LEFT, minutes(10)),
                        entry(Condition.ACTIVE, minutes(40)));
    }

    @Test
    void versionsThatAreHandedOverInDisorderAreTakenByTime() {
        assertThat(times(past().state(60, State.BLOCKED).state(0, State.ACTIVE)))
                .containsOnly(entry(Condition.ACTIVE, minutes(60)), entry(Condition.BLOCKED, minutes(40)));
    }

    @Test
    void ofVersionsAtOneMomentTheLastCounts() {
        assertThat(times(past().state(0, State.ACTIVE).state(50, State.IDLE).state(50, State.ERROR)))
                .containsOnly(entry(Condition.ACTIVE, minutes(50)), entry(Condition.ERROR, minutes(50)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void whateverHappenedTheTimesAreTheWindowTogether(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            PastFixtures past = past();
            for (int i = random.nextInt(12); i > 0; i--) {
                past.state(random.nextInt(160) - 30, pick(State.values(), random));
            }
            for (int i = random.nextInt(6); i > 0; i--) {
                int from = random.nextInt(160) - 30;
                Gap.Kind kind = pick(Gap.Kind.values(), random);
                if (random.nextBoolean()) {
                    past.gap(kind, from, from + random.nextInt(60));
                } else {
                    past.openGap(kind, from);
                }
            }
            Duration sum = times(past).values().stream().reduce(Duration.ZERO, Duration::plus);
            assertThat(sum).as("seed %d, round %d", seed, round).isEqualTo(minutes(100));
            Map<Window, Map<Condition, Duration>> hours = new LinkedHashMap<>();
            window(0, 100).byHour().forEach(hour -> hours.put(hour, new EnumMap<>(Condition.class)));
            TimeInState.add(hours, past.done().stretches());
            Duration byHour = hours.values().stream()
                    .flatMap(hour -> hour.values().stream())
                    .reduce(Duration.ZERO, Duration::plus);
            assertThat(byHour).as("seed %d, round %d", seed, round).isEqualTo(minutes(100));
        }
    }

    private static <T> T pick(T[] values, Random random) {
        return List.of(values).get(random.nextInt(values.length));
    }

    @Test
    void blockedTimeCountsForEachBlockerThatIsNamed() {
        assertThat(BlockedTime.of(past().blocked(0, "no oil", "no wick")
                        .blocked(30, "No  Oil ")
                        .state(50, State.ACTIVE)
                        .blocked(90)
                        .done()))
                .containsOnly(
                        entry("no oil", minutes(50)),
                        entry("no wick", minutes(30)),
                        entry(BlockedTime.UNNAMED, minutes(10)));
    }

    @Test
    void blockedTimeStopsInAGapAndGoesOnWhereDocumentsWereNotRead() {
        assertThat(BlockedTime.of(past().blocked(0, "no oil")
                        .state(20, State.BLOCKED)
                        .gap(Gap.Kind.REJECTED, 30, 60)
                        .done()))
                .containsOnly(entry("no oil", minutes(70)));
    }

    @Test
    void utilisationIsActiveTimeOverToldTimeWithoutSilence() {
        // 40 of 80 told minutes; nothing is stale as every version is followed by another within the hour.
        AgentFigures lively = past().state(0, State.ACTIVE)
                .state(40, State.IDLE)
                .gap(Gap.Kind.REJECTED, 50, 70)
                .figures();
        assertThat(Utilisation.of(List.of(lively)).orElseThrow()).isCloseTo(0.5, within(1e-9));

        // ACTIVE throughout, but silent after the 60 minutes of the default threshold.
        AgentFigures silent = past().state(0, State.ACTIVE).figures();
        assertThat(Utilisation.of(List.of(silent)).orElseThrow()).isCloseTo(0.6, within(1e-9));
        assertThat(Utilisation.of(List.of(lively, silent)).orElseThrow()).isCloseTo(100 / 180.0, within(1e-9));
        assertThat(Utilisation.of(List.of(past().figures()))).isEmpty();
    }

    @Test
    void whatItWasAtInTheEndIsToldWithItsBeginning() {
        EndState blocked = past().state(0, State.ACTIVE)
                .blocked(40, "no oil")
                .blocked(60, "no wick")
                .figures()
                .end();
        assertThat(blocked.condition()).isEqualTo(Condition.BLOCKED);
        assertThat(blocked.since()).isEqualTo(minute(40));
        assertThat(blocked.blockers()).containsExactly("no wick");

        EndState longer = past().blocked(-200, "no oil").figures().end();
        assertThat(longer.since()).isEqualTo(minute(-200));

        EndState mended = past().blocked(-200, "no oil")
                .gap(Gap.Kind.REJECTED, -150, -100)
                .gap(Gap.Kind.LEFT, -90, -40)
                .figures()
                .end();
        assertThat(mended.since()).isEqualTo(minute(-40));

        EndState gone =
                past().blocked(0, "no oil").openGap(Gap.Kind.LEFT, 70).figures().end();
        assertThat(gone.condition()).isEqualTo(Condition.LEFT);
        assertThat(gone.since()).isEqualTo(minute(70));
        assertThat(gone.blockers()).isEmpty();
    }

    @Test
    void aWindowOfNoLengthHasNoTimeAndBreaksNothing() {
        AgentFigures figures = past().in(window(10, 10)).state(0, State.ACTIVE).figures();
        assertThat(figures.times()).isEmpty();
        assertThat(figures.end().condition()).isEqualTo(Condition.ACTIVE);
    }
}
