package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CadenceTest {
    private static final Instant START = Instant.parse("2031-05-06T07:08:09Z");

    @Test
    void fewerThanThreeIntervalsTellNothing() {
        assertThat(Cadence.of(List.of())).isEmpty();
        assertThat(Cadence.of(after(2400, 2400))).isEmpty();
        assertThat(Cadence.of(after(2400, 2400, 2400))).contains(Duration.ofMinutes(40));
    }

    @Test
    void theMedianIsTheMiddleIntervalOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Cadence.of(after(10, 100_000, 60))).contains(Duration.ofSeconds(60));
        assertThat(Cadence.of(after(10, 100_000, 60, 80))).contains(Duration.ofSeconds(70));
    }

    @Test
    void threeLongNightsAmongEightIntervalsDoNotMoveIt() {
        assertThat(Cadence.of(after(600, 40_000, 600, 600, 40_000, 600, 600, 40_000)))
                .contains(Duration.ofMinutes(10));
    }

    @Test
    void onlyTheLatestNineReportsCount() {
        assertThat(Cadence.of(after(5000, 5000, 5000, 5000, 5000, 60, 60, 60, 60, 60, 60, 60, 60)))
                .contains(Duration.ofMinutes(1));
        assertThat(Cadence.of(after(60, 60, 60, 60, 60, 60, 60, 60, 5000, 5000, 5000, 5000, 5000)))
                .contains(Duration.ofSeconds(5000));
    }

    @Test
    void versionsWithinASecondAreOneReport() {
        List<Instant> bursts = new ArrayList<>();
        for (int report = 0; report < 4; report++) {
            Instant first = START.plus(Duration.ofHours(4L * report));
            bursts.addAll(List.of(first, first.plusMillis(400), first.plusMillis(999)));
        }
        assertThat(Cadence.of(bursts).orElseThrow())
                .isBetween(Duration.ofHours(4).minusSeconds(1), Duration.ofHours(4));

        assertThat(Cadence.of(after(1, 1, 1))).contains(Duration.ofSeconds(1));
        assertThat(Cadence.of(List.of(START, START.plusMillis(999), START.plusMillis(1998), START.plusMillis(2997))))
                .isEmpty();
    }

    @Test
    void theOrderInWhichTheMomentsAreGivenDoesNotCount() {
        List<Instant> moments = after(10, 100_000, 60, 80, 7);
        List<Instant> reversed = new ArrayList<>(moments);
        Collections.reverse(reversed);

        assertThat(Cadence.of(reversed)).isEqualTo(Cadence.of(moments)).isPresent();
    }

    private static List<Instant> after(int... seconds) {
        List<Instant> moments = new ArrayList<>(List.of(START));
        for (int interval : seconds) {
            moments.add(moments.getLast().plusSeconds(interval));
        }
        return moments;
    }
}
