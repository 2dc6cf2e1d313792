package dev.rollcall.report;

import static dev.rollcall.report.PastFixtures.minute;
import static dev.rollcall.report.PastFixtures.minutes;
import static dev.rollcall.report.PastFixtures.past;
import static dev.rollcall.report.PastFixtures.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.report.MissionStretch.End;
import dev.rollcall.roll.Gap;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link CounterGains}, {@link TasksCompleted}, {@link MissionDurations} and {@link Trend}, by hand. */
class WorkTest {
    private static List<Gain> cycles(PastFixtures past) {
        return CounterGains.cycles(past.done());
    }

    @Test
    void increasesCountFromTheVersionInForceAtTheBeginning() {
        assertThat(cycles(past().cycles(-10, "4").cycles(20, "5").cycles(50, "8")))
                .containsExactly(new Gain(minute(20), BigDecimal.ONE), new Gain(minute(50), BigDecimal.valueOf(3)));
    }

    @Test
    void theFirstVersionEverCountsNothing() {
        assertThat(cycles(past().cycles(20, "41"))).isEmpty();
    }

    @Test
    void aCounterThatFallsStartsAnewAndTheFallCountsNothing() {
        assertThat(Gain.sum(cycles(past().cycles(0, "40").cycles(10, "2").cycles(20, "5"))))
                .isEqualByComparingTo("3");
    }

    @Test
    void aVersionWithoutTheNumberIsPassedOverAndOneAfterAGapTellsWhatWasGainedInIt() {
        assertThat(cycles(past().cycles(0, "1")
                        .cycles(10, null)
                        .gap(Gap.Kind.LEFT, 15, 40)
                        .cycles(40, "6")))
                .containsExactly(new Gain(minute(40), BigDecimal.valueOf(5)));
    }

    @Test
    void pointsAreExactAndGoWithCycles() {
        Activity activity = Activity.of(
                past().points(0, "0.1").points(10, "0.3").points(20, "1000.3").done());
        assertThat(activity.pointsGained()).isEqualByComparingTo("1000.2");
        assertThat(activity.pointsPerCycle()).isEmpty();
        Activity both = new Activity(
                List.of(), List.of(new Gain(minute(1), BigDecimal.valueOf(3))), activity.points(), List.of());
        assertThat(both.pointsPerCycle().orElseThrow()).isEqualByComparingTo("333.4");
    }

    private static List<String> completed(PastFixtures past) {
        return TasksCompleted.of(past.done()).stream().map(CompletedTask::text).toList();
    }

    @Test
    void aTaskCountsWhereItStandsInTheListForTheFirstTime() {
        assertThat(TasksCompleted.of(past().completed(-5, "a")
                        .completed(10, "a", "b")
                        .completed(30, "a", "b", "c")
                        .done()))
                .containsExactly(new CompletedTask(minute(10), "b"), new CompletedTask(minute(30), "c"));
    }

    @Test
    void growingReorderedEmptiedAndRespelledListsCountNothingTwice() {
        assertThat(completed(past().completed(0, "Lay the keel", "b")
                        .completed(10, "b", "LAY  the keel ")
                        .completed(20)
                        .completed(30, "b", "Lay the keel", "caulk")))
                .containsExactly("caulk");
    }

    @Test
    void theFirstVersionEverCompletesNothing() {
        assertThat(completed(past().completed(10, "a", "b"))).isEmpty();
    }

    @Test
    void aDocumentThatWasNotReadLosesNothingThatTheNextOneShows() {
        assertThat(completed(past().completed(0).cycles(10, "1").completed(20, "a")))
                .containsExactly("a");
    }

    @Test
    void completedTasksAreReadFromTextsAndObjects() {
        Contents contents = Contents.of("""
                        {"completed_tasks": ["Caulk  it", {"title": "Splice", "description": "the brace"}, 7, "", "caulk it"],
                         "blockers": ["no oil"]}
                        """.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertThat(contents.completed().values()).containsExactly("Caulk  it", "Splice - the brace");
        assertThat(contents.blockers()).containsExactly("no oil");
        assertThat(Contents.of("{".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aMissionLastsWhileItsTextIsTheSame() {
        assertThat(MissionDurations.of(past().mission(-20, "Light the lamp")
                        .mission(10, "light  the LAMP")
                        .mission(40, "Mend the sail")
                        .mission(70, null)
                        .mission(80, "Light the lamp")
                        .done()))
                .containsExactly(
                        new MissionStretch("Light the lamp", minute(-20), minute(40), minutes(40), End.OVER),
                        new MissionStretch("Mend the sail", minute(40), minute(70), minutes(30), End.OVER),
                        new MissionStretch("Light the lamp", minute(80), minute(100), minutes(20), End.GOES_ON));
    }

    @Test
    void aGapDoesNotEndAMissionAndDoesNotCount() {
        assertThat(MissionDurations.of(past().mission(0, "Light the lamp")
                        .gap(Gap.Kind.REJECTED, 20, 50)
                        .mission(60, "Light the lamp")
                        .done()))
                .containsExactly(
                        new MissionStretch("Light the lamp", minute(0), minute(100), minutes(70), End.GOES_ON));
    }

    @Test
    void theTrendIsTheSlopeOfTheLeastSquaresLine() {
        assertThat(Trend.slope(List.of(1.0, 3.0, 5.0, 7.0)).orElseThrow()).isCloseTo(2, within(1e-9));
        // By hand: middle 1, mean 2; (-1)(4-2) + 0 + (1)(2-2) = -2, over 2.
        assertThat(Trend.slope(List.of(4.0, 0.0, 2.0)).orElseThrow()).isCloseTo(-1, within(1e-9));
        assertThat(Trend.slope(List.of(1.0, 2.0))).isEmpty();
    }

    @Test
    void aWindowIsCutAtMidnightInUtc() {
        Window window = new Window(minute(0), minute(36 * 60));
        assertThat(window.byDay()).containsExactly(window(0, 12 * 60), window(12 * 60, 36 * 60));
        assertThat(window.days()).isCloseTo(1.5, within(1e-9));
    }
}
