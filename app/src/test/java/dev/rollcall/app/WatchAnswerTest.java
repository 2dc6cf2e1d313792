package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.WatchTrouble.Kind;
import dev.rollcall.sync.FileChanges.Coverage;
import dev.rollcall.sync.WatchState;
import dev.rollcall.sync.WatchState.Backlog;
import dev.rollcall.sync.WatchState.Latency;
import dev.rollcall.sync.WatchState.Scans;
import dev.rollcall.sync.WatchState.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From what a watch knows of itself to what is made of it at the other end of the socket. */
class WatchAnswerTest {
    private static final Instant NOW = Instant.parse("2031-05-06T10:05:00Z");

    @Test
    void aWatchThatIsWellGivesNoConcern() {
        WatchAnswer answer = answer(state(NOW, null, new Backlog(2, Duration.ofMillis(40))), NOW);

        assertThat(answer.isRunning()).isTrue();
        assertThat(answer.isLeading()).isTrue();
        assertThat(answer.troubles()).isEmpty();
        assertThat(answer.concerns()).isEmpty();
        assertThat(answer.oldestUnrecorded()).contains(Duration.ofMillis(40));
        assertThat(answer.duration("latency_p99_ms")).contains(Duration.ofMillis(9));
        assertThat(answer.duration("latency_total_ms")).contains(Duration.ofSeconds(5));
        assertThat(answer.duration("scan_last_ms")).contains(Duration.ofMillis(7));
        assertThat(answer.number("lost")).contains(3L);
        assertThat(answer.time("hashed_at")).isEmpty();
    }

    @Test
    void troubleComesWithItsKindItsCauseAndItsTime() {
        var full = new Trouble("roll.db: database or disk is full", Instant.parse("2031-05-06T10:02:11.5Z"));
        WatchAnswer answer = answer(state(NOW, full, new Backlog(4, Duration.ofSeconds(169))), NOW);

        assertThat(answer.troubles()).containsExactly(new WatchTrouble(Kind.DATABASE, full.message(), full.since()));
        assertThat(answer.concerns())
                .containsExactly(
                        "can not record since 2031-05-06T10:02:11Z: roll.db: database or disk is full",
                        "4 agents wait to be recorded, the first for 169 seconds");
        assertThat(answer.facts()).containsEntry("trouble", full.message() + " (since " + full.since() + ")");
    }

    @Test
    void aWatchThatHangsIsToldByTheTimeOfItsLastTurn() {
        WatchAnswer answer = answer(state(NOW, null, new Backlog(0, null)), NOW.plusSeconds(6));

        assertThat(answer.troubles()).extracting(WatchTrouble::kind).containsExactly(Kind.HANGING);
        assertThat(answer.concerns()).hasSize(1).first().asString().contains("at one step for 6 s");
    }

    @Test
    void aWatchThatDoesNotAnswerRunsAndDoesNotLead() {
        WatchAnswer answer = new WatchAnswer(WatchFacts.silent());

        assertThat(answer.isRunning()).isTrue();
        assertThat(answer.isLeading()).isFalse();
        assertThat(answer.concerns()).containsExactly("it does not answer: it hangs, or was stopped");
    }

    @Test
    void whatIsNoNumberAndNoTimeIsNotKnown() {
        WatchAnswer answer = new WatchAnswer(Map.of("pid", "7", "due", "many", "lag_ms", "-", "scanned_at", "never"));

        assertThat(answer.number("due")).isEmpty();
        assertThat(answer.oldestUnrecorded()).isEmpty();
        assertThat(answer.time("scanned_at")).isEmpty();
        assertThat(answer.number("scans")).isEmpty();
    }

    @Test
    void troubleOfAKindThatOnlyAnotherVersionKnowsIsToldAsOther() {
        WatchAnswer newer = new WatchAnswer(Map.of(
                "pid", "7",
                "trouble", "too cold (since 2031-05-06T10:02:11Z); no oil",
                "trouble_oil", "no oil",
                "trouble_cold", "too cold",
                "trouble_cold_since", "2031-05-06T10:02:11Z"));

        assertThat(newer.troubles()).hasSize(1).first().satisfies(trouble -> {
            assertThat(trouble.kind().label()).isEqualTo("other");
            assertThat(trouble.message()).isEqualTo("too cold; no oil");
        });
        assertThat(newer.concerns()).containsExactly("too cold; no oil");
    }

    @Test
    void troubleOfAVersionThatNamesNoKindsIsToldAsOther() {
        WatchAnswer older = new WatchAnswer(Map.of("pid", "7", "trouble", "the root is gone"));

        assertThat(older.troubles()).hasSize(1).first().satisfies(trouble -> {
            assertThat(trouble.kind().label()).isEqualTo("other");
            assertThat(trouble.message()).isEqualTo("the root is gone");
        });
        assertThat(new WatchAnswer(Map.of("pid", "7", "trouble", "")).troubles())
                .isEmpty();
    }

    @Test
    void noWatchIsNoConcern() {
        assertThat(new WatchAnswer(Map.of()).isRunning()).isFalse();
        assertThat(new WatchAnswer(Map.of()).concerns()).isEmpty();
    }

    private static WatchAnswer answer(WatchState state, Instant now) {
        Map<String, String> facts = new HashMap<>(WatchFacts.of(state, null, now));
        facts.put("pid", "7");
        return new WatchAnswer(facts);
    }

    private static WatchState state(Instant turnedAt, @Nullable Trouble database, Backlog backlog) {
        return new WatchState(
                NOW.minusSeconds(60),
                8,
                new Coverage(8, 0, 3, null),
                backlog,
                new Latency(1000, Duration.ofMillis(4), Duration.ofMillis(9), Duration.ofSeconds(5)),
                new Scans(turnedAt, NOW.minusSeconds(2), null, 15, Duration.ofMillis(100), Duration.ofMillis(7)),
                new WatchState.Troubles(null, database, null, null, null));
    }
}
