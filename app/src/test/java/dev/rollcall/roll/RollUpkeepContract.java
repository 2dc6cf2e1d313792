package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Gap.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link RollUpkeep} promises, sentence by sentence. A backend only subclasses this. */
public abstract class RollUpkeepContract extends RollStoreSetup {
    private static final AgentId OTHER = new AgentId("Agent-8");
    private static final Holdings NOTHING = new Holdings(0, 0, 0, 0, 0, 0, 0);

    private RollUpkeep upkeep() {
        return backend.upkeepOf(store);
    }

    private static Instant hour(int hour) {
        return NOON.plus(Duration.ofHours(hour));
    }

    /** One version for each hour, from noon of the first day on; its cycle is the hour. */
    private void recordHours(int from, int until) {
        for (int hour = from; hour < until; hour++) {
            record(accepted(next(hour(hour)), hour));
        }
    }

    private List<Long> cycles() {
        return query().history(AGENT).stream()
                .map(version -> version.columns().cycleCount().orElseThrow())
                .toList();
    }

    private List<Gap> gaps() {
        return backend.pastOf(store).gaps(AGENT);
    }

    @Test
    void whatStandsBesideTheLineStaysAndIsNotTheLastOfItsDay() {
        recordHours(0, 11);
        backend.archiveOf(store)
                .archive(
                        List.of(new PastVersion(
                                AGENT,
                                NOON.plus(Duration.ofMinutes(690)),
                                document(77).content(),
                                columns(77),
                                Origin.beside("0".repeat(40)),
                                null,
                                new PastVersion.Writing(NOON, 0))),
                        List.of(),
                        RollStore.Durability.AT_ONCE);
        recordHours(24, 26);

        upkeep().thin(AGENT, hour(48));

        assertThat(cycles()).containsExactly(0L, 10L, 77L, 25L);
    }

    @Test
    void everyAgentWithAHistoryIsNamed() {
        assertThat(upkeep().agents()).isEmpty();
        record(accepted(sighting(OTHER.value(), 0, NOON), 1));
        recordHours(0, 2);
        assertThat(upkeep().agents()).containsExactly(AGENT, OTHER);
    }

    @Test
    void holdingsCountWhatThereIsOfAnAgent() {
        recordHours(0, 2);
        record(accepted(next(hour(2)), 2, "tidy", "mend"));
        record(refused(next(hour(3)), "{"));
        record(accepted(sighting(OTHER.value(), 0, NOON), 1, "tidy"));

        assertThat(upkeep().holdings(AGENT)).isEqualTo(new Holdings(1, 3, 2, 1, 1, 4, 1));
        assertThat(upkeep().holdings(new AgentId("Agent-9"))).isEqualTo(NOTHING);
    }

    @Test
    void forgettingErasesAllOfAnAgentAndNothingOfOthers() {
        record(accepted(sighting(OTHER.value(), 0, NOON), 1, "tidy"));
        record(accepted(next(NOON), 1, "tidy"));
        record(refused(next(hour(1)), "{"));
        Holdings others = upkeep().holdings(OTHER);

        Erasure erasure = upkeep().forget(AGENT);

        assertThat(erasure).isEqualTo(new Erasure(new Holdings(1, 1, 1, 1, 1, 2, 1), null));
        assertThat(upkeep().holdings(AGENT)).isEqualTo(NOTHING);
        assertThat(store.stored(AGENT)).isEmpty();
        assertThat(upkeep().holdings(OTHER)).isEqualTo(others);
        assertThat(upkeep().forget(AGENT).erased()).isEqualTo(NOTHING);
    }

    @Test
    void theSameAgentOfAnotherSwarmIsNotForgotten() {
        recordHours(0, 1);
        try (RollStore other = backend.open(new SwarmName("other"))) {
            assertThat(backend.upkeepOf(other).forget(AGENT).erased()).isEqualTo(NOTHING);
            assertThat(backend.upkeepOf(other).thin(AGENT, hour(99))).isEqualTo(Thinned.NOTHING);
        }
        assertThat(upkeep().holdings(AGENT).revisions()).isEqualTo(1);
    }

    @Test
    void numbersOfForgottenRevisionsAndEventsAreNotGivenOutAgain() {
        recordHours(0, 3);
        long last = query().history(AGENT).getLast().revision();
        long event = backend.feedOf(store).newest();

        upkeep().forget(AGENT);
        recordHours(4, 5);

        assertThat(query().history(AGENT).getLast().revision()).isGreaterThan(last);
        assertThat(backend.feedOf(store).newest()).isGreaterThan(event);
        assertThat(store.standing(AGENT).orElseThrow().reading()).isPositive();
    }

    @Test
    void thinningKeepsTheLastOfEachDayTheFirstTheOneInForceAndAllAfterIt() {
        recordHours(0, 40);

        Thinned thinned = upkeep().thin(AGENT, hour(30));

        // 11 is the last of the first day, 30 is in force at hour 30.
        assertThat(cycles()).containsExactly(0L, 11L, 30L, 31L, 32L, 33L, 34L, 35L, 36L, 37L, 38L, 39L);
        assertThat(thinned.versions()).isEqualTo(28);
        assertThat(thinned.bytes()).isPositive();
    }

    @Test
    void theVersionInForceAtTheBeginningOfTheStretchIsKept() {
        recordHours(0, 20);

        upkeep().thin(AGENT, hour(5).plusSeconds(1));

        assertThat(cycles().subList(0, 3)).containsExactly(0L, 5L, 6L);
    }

    @Test
    void theLatestVersionIsNeverDeletedHoweverOld() {
        recordHours(0, 3);
        upkeep().thin(AGENT, hour(99_999));
        assertThat(cycles()).containsExactly(0L, 2L);
    }

    @Test
    void everyVersionThatIsLeftComesBackByteForByteAndTheNextOneBuildsOnIt() {
        recordHours(0, 60);
        upkeep().thin(AGENT, hour(50));
        recordHours(60, 70);

        assertThat(query().history(AGENT))
                .hasSizeGreaterThan(20)
                .allSatisfy(version -> assertThat(bytesOf(version.revision()))
                        .isEqualTo(document(Math.toIntExact(
                                        version.columns().cycleCount().orElseThrow()))
                                .bytes()));
        assertThat(backend.numberOf("SELECT count(*) FROM status_history h WHERE delta_depth <> coalesce((SELECT"
                        + " b.delta_depth + 1 FROM status_history b WHERE b.revision = h.base_revision), 0)"))
                .isZero();
    }

    @Test
    void versionsSideBySideThatAreGoneAreOneGapUpToTheNextThatIsKept() {
        recordHours(0, 40);

        upkeep().thin(AGENT, hour(30));

        assertThat(gaps())
                .containsExactly(
                        new Gap(AGENT, Kind.PRUNED, hour(1), hour(11), "10"),
                        new Gap(AGENT, Kind.PRUNED, hour(12), hour(30), "18"));
    }

    @Test
    void aLaterThinningContinuesTheGapsOfAnEarlierOne() {
        recordHours(0, 40);
        upkeep().thin(AGENT, hour(5));
        upkeep().thin(AGENT, hour(20));
        upkeep().thin(AGENT, hour(30));

        assertThat(gaps())
                .containsExactly(
                        new Gap(AGENT, Kind.PRUNED, hour(1), hour(11), "10"),
                        new Gap(AGENT, Kind.PRUNED, hour(12), hour(30), "18"));
    }

    @Test
    void aSecondCallDeletesNothing() {
        recordHours(0, 40);
        upkeep().thin(AGENT, hour(30));
        List<Gap> gaps = gaps();

        assertThat(upkeep().thin(AGENT, hour(30))).isEqualTo(Thinned.NOTHING);
        assertThat(gaps()).isEqualTo(gaps);
    }

    @Test
    void countingTellsWhatThinningDeletesAndDeletesNothing() {
        recordHours(0, 40);
        Thinned counted = upkeep().wouldThin(AGENT, hour(30));

        assertThat(cycles()).hasSize(40);
        assertThat(gaps()).isEmpty();
        assertThat(upkeep().thin(AGENT, hour(30)).versions()).isEqualTo(counted.versions());
    }

    @Test
    void anAgentNobodyKnowsHasNothingToThinOut() {
        assertThat(upkeep().thin(AGENT, hour(1))).isEqualTo(Thinned.NOTHING);
        assertThat(upkeep().wouldThin(AGENT, hour(1))).isEqualTo(Thinned.NOTHING);
    }

    @Test
    void aVersionThatWasEditedByHandIsNotDeleted() {
        recordHours(0, 5);
        backend.sql("UPDATE status_history SET observed_at = '2025-10-15T13:30:00.000000Z' WHERE cycle_count = 1");
        backend.sql("UPDATE status_history SET observed_at = 'noon' WHERE cycle_count = 2");

        upkeep().thin(AGENT, hour(99));

        assertThat(backend.numberOf("SELECT count(*) FROM status_history WHERE cycle_count IN (0, 1, 2, 4)"))
                .isEqualTo(4);
    }

    @Test
    void aVersionThatADamagedOneBuildsOnIsNotDeleted() {
        recordHours(0, 12);
        record(accepted(next(hour(12)), 12));
        // The last one of the first day stays, and can not be told by its difference to another.
        backend.sql("UPDATE status_history SET document = x'00' WHERE cycle_count = 11");

        Thinned thinned = upkeep().thin(AGENT, hour(99));

        assertThat(thinned.held()).isEqualTo(1);
        assertThat(cycles()).containsExactly(0L, 10L, 11L, 12L);
    }

    @Test
    void whatOnlyTheVersionBeforeCouldProveIsNotKept() {
        recordHours(0, 5);
        backend.sql("UPDATE status_history SET kept_head = 3, kept_tail = 4");

        upkeep().thin(AGENT, hour(3));

        assertThat(backend.numberOf("SELECT count(*) FROM status_history WHERE kept_head IS NULL"))
                .isEqualTo(1);
        assertThat(backend.numberOf("SELECT cycle_count FROM status_history WHERE kept_head IS NULL"))
                .isEqualTo(3);
    }

    @Test
    void whatWasForgottenLeavesNoRoomBehindAndCompactingGivesBackTheRest() {
        record(accepted(sighting(OTHER.value(), 0, NOON), 1));
        recordHours(0, 200);
        upkeep().thin(AGENT, hour(199));
        upkeep().compact();
        assertThat(backend.freePages()).isZero();

        upkeep().forget(AGENT);
        assertThat(backend.freePages()).isZero();
    }
}
