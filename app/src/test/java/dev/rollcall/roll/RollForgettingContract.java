package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link RollFeed} promises of the events that it forgets, sentence by sentence. A backend only subclasses this. */
public abstract class RollForgettingContract extends RollStoreSetup {
    private RollFeed feed() {
        return backend.feedOf(store);
    }

    private List<RollEvent> all() {
        return feed().after(RollFeed.BEGINNING, 1000);
    }

    @Test
    void eventsBeyondTheNumberToKeepAreForgottenOldestFirstAndALittleAtATime() {
        for (int i = 1; i <= 9; i++) {
            record(accepted(sighting("Agent-" + i, 0, NOON), 1));
        }
        EventLimits limits = new EventLimits(Duration.ofDays(30), 4);
        assertThat(feed().forgotten()).isEqualTo(RollFeed.BEGINNING);

        assertThat(feed().forget(limits, LATER, 3)).isEqualTo(3);
        assertThat(feed().forgotten()).isEqualTo(3);
        assertThat(feed().forget(limits, LATER, 3)).isEqualTo(2);
        assertThat(feed().forget(limits, LATER, 3)).isZero();

        assertThat(all()).extracting(RollEvent::seq).containsExactly(6L, 7L, 8L, 9L);
        assertThat(feed().forgotten()).isEqualTo(5);
        assertThat(feed().newest()).isEqualTo(9);
        record(accepted(sighting("Agent-1", 1, LATER), 2));
        assertThat(feed().forget(limits, LATER, 3)).isEqualTo(1);
        assertThat(all()).extracting(RollEvent::seq).containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    void eventsThatAreOlderThanTheyAreKeptAreForgottenAndHistoryIsNot() {
        record(accepted(next(NOON), 1));
        record(accepted(next(NOON.plusSeconds(10)), 2));
        record(accepted(next(NOON.plusSeconds(20)), 3));
        EventLimits limits = new EventLimits(Duration.ofDays(1), 100);

        assertThat(feed().forget(limits, NOON.plusSeconds(10).plus(Duration.ofDays(1)), 100))
                .isEqualTo(1);

        assertThat(all()).extracting(RollEvent::seq).containsExactly(2L, 3L);
        assertThat(store.storedHistory(AGENT)).hasSize(3);
    }

    @Test
    void anotherSwarmsEventsAreNeitherForgottenNorCounted() {
        try (RollStore other = backend.open(new SwarmName("night-shift"))) {
            for (int i = 1; i <= 3; i++) {
                record(accepted(sighting("Agent-" + i, 0, NOON), 1));
                other.record(List.of(accepted(sighting("Agent-" + i, 0, NOON), 1)), Durability.AT_ONCE);
            }

            assertThat(feed().forget(new EventLimits(Duration.ofDays(30), 3), LATER, 100))
                    .isZero();
            assertThat(feed().forget(new EventLimits(Duration.ofDays(30), 1), LATER, 100))
                    .isEqualTo(2);

            assertThat(backend.feedOf(other).after(0, 10)).hasSize(3);
            assertThat(backend.feedOf(other).forgotten()).isEqualTo(RollFeed.BEGINNING);
        }
    }

    /** Counting walks over as many events as are kept. */
    @Test
    void eventsAreCountedAgainOnceASixteenthOfWhatIsKeptHasCome() {
        EventLimits limits = new EventLimits(Duration.ofDays(30), 32);
        try (RollStore other = backend.open(new SwarmName("night-shift"))) {
            for (int i = 1; i <= 32; i++) {
                record(accepted(sighting("Agent-" + i, 0, NOON), 1));
            }
            other.record(List.of(accepted(sighting("Agent-1", 0, NOON), 1)), Durability.AT_ONCE);
            assertThat(feed().forget(limits, LATER, 100)).isZero();

            record(accepted(sighting("Agent-33", 0, NOON), 1));
            assertThat(feed().forget(limits, LATER, 100)).isZero();
            record(accepted(sighting("Agent-34", 0, NOON), 1));
            assertThat(feed().forget(limits, LATER, 100)).isEqualTo(2);
        }
    }

    @Test
    void anEventOfAClockThatWasAheadKeepsNoneOfTheOthers() {
        record(accepted(next(NOON.plus(Duration.ofDays(400))), 1));
        record(accepted(next(NOON), 2));
        record(accepted(next(NOON.plusSeconds(10)), 3));
        EventLimits limits = new EventLimits(Duration.ofDays(1), 100);

        assertThat(feed().forget(limits, NOON.plusSeconds(10).plus(Duration.ofDays(1)), 100))
                .isEqualTo(2);

        assertThat(all()).extracting(RollEvent::seq).containsExactly(3L);
    }

    @Test
    void anEventOfAClockThatWasBehindTakesNoneOfTheOthersAlong() {
        record(accepted(next(NOON), 1));
        record(accepted(next(NOON.plusSeconds(10)), 2));
        backend.sql("UPDATE roll_events SET at = '1970-01-01T00:00:00Z' WHERE seq = 2");

        assertThat(feed().forget(new EventLimits(Duration.ofDays(1), 100), LATER, 100))
                .isZero();
        assertThat(all()).hasSize(2);
    }

    @Test
    void whoLeadsNoMoreForgetsNothing() {
        record(accepted(next(NOON), 1));
        record(accepted(next(LATER), 2));
        backend.leaseOf(store).standBehind("one", backend.leaseOf(store).lead("one", NOON));
        try (RollStore other = backend.open(SwarmName.DEFAULT)) {
            backend.leaseOf(other).lead("two", LATER);
        }

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> feed().forget(new EventLimits(Duration.ofDays(30), 1), LATER, 100));
        assertThat(all()).hasSize(2);
    }
}
