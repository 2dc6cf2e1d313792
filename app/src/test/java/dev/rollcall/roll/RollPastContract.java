package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Gap.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link RollPast} promises, sentence by sentence. A backend only subclasses this. */
public abstract class RollPastContract extends RollStoreSetup {
    private static final AgentId OTHER = new AgentId("Agent-8");

    private RollPast past() {
        return backend.pastOf(store);
    }

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private void recordAtMinutes(int... minutes) {
        for (int minute : minutes) {
            record(accepted(next(minute(minute)), minute));
        }
    }

    private Optional<Long> cycleAt(int minute) {
        return past().at(AGENT, minute(minute))
                .flatMap(version -> version.columns().cycleCount());
    }

    private List<Revision> between(AgentId agent, Instant from, Instant until) {
        return past().between(agent, from, until, Revision.KEPT, version -> version);
    }

    @Test
    void theVersionInForceIsTheLastOneObservedThenOrBefore() {
        recordAtMinutes(10, 20, 30);

        assertThat(cycleAt(9)).isEmpty();
        assertThat(cycleAt(10)).contains(10L);
        assertThat(cycleAt(19)).contains(10L);
        assertThat(cycleAt(20)).contains(20L);
        assertThat(cycleAt(99)).contains(30L);
    }

    @Test
    void ofSeveralVersionsAtOneMomentTheLastIsInForce() {
        record(accepted(next(minute(10)), 1));
        record(accepted(next(minute(10)), 2));

        assertThat(cycleAt(10)).contains(2L);
        assertThat(between(AGENT, minute(11), minute(12)))
                .extracting(version -> version.columns().cycleCount().orElseThrow())
                .containsExactly(2L);
    }

    @Test
    void theWholeRollAtAMomentHasEveryAgentThatHadAVersionByThen() {
        recordAtMinutes(10, 20);
        record(accepted(sighting(OTHER.value(), 0, minute(15)), 7));

        assertThat(past().at(minute(9))).isEmpty();
        assertThat(past().at(minute(12))).containsOnlyKeys(AGENT);
        assertThat(past().at(minute(20))).containsOnlyKeys(AGENT, OTHER);
        assertThat(past().at(minute(20)).get(AGENT))
                .isEqualTo(past().at(AGENT, minute(20)).orElseThrow());
    }

    @Test
    void ofAStretchTheVersionInForceAtItsBeginningIsToldAndTheOneAtItsEndIsNot() {
        recordAtMinutes(10, 20, 30, 40);

        assertThat(between(AGENT, minute(15), minute(40)))
                .extracting(version -> version.columns().cycleCount().orElseThrow())
                .containsExactly(10L, 20L, 30L);
        assertThat(between(AGENT, minute(20), minute(30)))
                .extracting(version -> version.columns().cycleCount().orElseThrow())
                .containsExactly(20L);
        assertThat(between(AGENT, minute(0), minute(15)))
                .extracting(version -> version.columns().cycleCount().orElseThrow())
                .containsExactly(10L);
        assertThat(between(OTHER, minute(0), minute(99))).isEmpty();
    }

    @Test
    void ofAStretchOnlyTheColumnsAskedForAreTold() {
        recordAtMinutes(10);
        Revision whole = past().at(AGENT, minute(10)).orElseThrow();

        Revision told = past().between(
                        AGENT, minute(10), minute(11), List.of(StatusField.CYCLE_COUNT), version -> version)
                .getFirst();

        assertThat(whole.columns().text(StatusField.STATE)).isPresent();
        assertThat(told.revision()).isEqualTo(whole.revision());
        assertThat(told.observedAt()).isEqualTo(minute(10));
        assertThat(told.columns()).isEqualTo(StatusColumns.of(Map.of(StatusField.CYCLE_COUNT, "10")));
    }

    @Test
    void aDocumentWhoseBaseIsGoneIsDamagedAndNamesIt() {
        recordAtMinutes(1, 2, 3, 4);
        List<Long> all = between(AGENT, minute(0), minute(9)).stream()
                .map(Revision::revision)
                .toList();
        backend.sql("DELETE FROM status_history WHERE revision = " + all.get(1));

        assertThat(past().document(AGENT, all.get(3)))
                .isEqualTo(new StoredDocument.Damaged("revision " + all.get(1) + ", which it builds on, is missing"));
        assertThat(past().document(AGENT, all.get(0))).isInstanceOf(StoredDocument.Intact.class);
    }

    @Test
    void aRevisionTellsItsAgentAndItsBytes() {
        recordAtMinutes(10);
        Revision version = past().at(AGENT, minute(10)).orElseThrow();

        var found = past().revision(version.revision()).orElseThrow();

        assertThat(found.getKey()).isEqualTo(AGENT);
        assertThat(found.getValue()).isEqualTo(version);
        assertThat(past().document(AGENT, version.revision()))
                .isInstanceOfSatisfying(
                        StoredDocument.Intact.class,
                        intact -> assertThat(intact.bytes())
                                .isEqualTo(document(10).bytes()));
        assertThat(past().revision(version.revision() + 1)).isEmpty();
    }

    @Test
    void anotherSwarmsVersionsAreNotTold() {
        recordAtMinutes(10);
        long revision = past().at(AGENT, minute(10)).orElseThrow().revision();
        try (RollStore other = backend.open(new SwarmName("other"))) {
            assertThat(backend.pastOf(other).at(minute(99))).isEmpty();
            assertThat(backend.pastOf(other).revision(revision)).isEmpty();
        }
    }

    @Test
    void agentsAreThoseThatHadAVersionByThen() {
        recordAtMinutes(10);
        record(accepted(sighting("Agent-10", 0, minute(15)), 7));
        record(accepted(sighting(OTHER.value(), 0, minute(15)), 7));

        assertThat(past().agents(minute(9))).isEmpty();
        assertThat(past().agents(minute(14))).containsExactly(AGENT);
        assertThat(past().agents(minute(15))).containsExactly(AGENT, OTHER, new AgentId("Agent-10"));
    }

    @Test
    void documentsOfSeveralVersionsAreThoseOfEach() {
        int[] minutes = IntStream.rangeClosed(1, 40).toArray();
        recordAtMinutes(minutes);
        List<Long> all = between(AGENT, minute(0), minute(99)).stream()
                .map(Revision::revision)
                .toList();
        backend.sql("UPDATE status_history SET document = x'00' WHERE revision = " + all.get(20));

        for (List<Long> wanted : List.of(all, all.reversed(), List.of(all.get(3), all.get(30), all.get(3), 999L))) {
            List<StoredDocument> found = new ArrayList<>();
            past().documents(AGENT, wanted, (revision, document) -> found.add(document));

            assertThat(found).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.size(); i++) {
                StoredDocument alone = past().document(AGENT, wanted.get(i));
                if (alone instanceof StoredDocument.Intact intact) {
                    assertThat(found.get(i))
                            .isInstanceOfSatisfying(
                                    StoredDocument.Intact.class,
                                    each -> assertThat(each.bytes()).isEqualTo(intact.bytes()));
                } else {
                    assertThat(found.get(i)).isEqualTo(alone);
                }
            }
        }
    }

    /** What came in later from a commit builds on the version before it, as does the one that was recorded after that. */
    @Test
    void documentsOfTwoVersionsThatBuildOnOneAreThoseOfEach() {
        recordAtMinutes(1, 2, 3, 4, 9);
        backend.archiveOf(store)
                .archive(
                        List.of(new PastVersion(
                                AGENT,
                                minute(6),
                                document(77).content(),
                                columns(77),
                                Origin.commit("0".repeat(40)),
                                null,
                                new PastVersion.Writing(NOON, 0))),
                        List.of(),
                        RollStore.Durability.AT_ONCE);
        List<Long> inTime = between(AGENT, minute(0), minute(99)).stream()
                .map(Revision::revision)
                .toList();
        List<Long> wanted = new ArrayList<>(Collections.nCopies(16, inTime.get(3)));
        wanted.addAll(inTime.subList(4, 6));

        List<StoredDocument> found = new ArrayList<>();
        past().documents(AGENT, wanted, (revision, document) -> found.add(document));

        assertThat(found).hasSize(18).allSatisfy(each -> assertThat(each).isInstanceOf(StoredDocument.Intact.class));
    }

    @Test
    void aRejectionIsAGapFromTheFirstRefusalToTheNextAcceptedVersion() {
        recordAtMinutes(10);
        record(refused(next(minute(20)), "{"));
        record(refused(next(minute(21)), "{{"));
        assertThat(past().gaps(AGENT)).containsExactly(new Gap(AGENT, Kind.REJECTED, minute(20), null, "truncated"));

        recordAtMinutes(30);
        assertThat(past().gaps(AGENT))
                .containsExactly(new Gap(AGENT, Kind.REJECTED, minute(20), minute(30), "truncated"));
    }

    @Test
    void anAbsenceIsAGapFromTheDepartureToTheReturn() {
        recordAtMinutes(10);
        record(new RollChange.Departed(next(minute(20))));
        assertThat(past().gaps(AGENT)).containsExactly(new Gap(AGENT, Kind.LEFT, minute(20), null, ""));

        record(accepted(next(minute(30)), 10));
        assertThat(past().gaps(AGENT)).containsExactly(new Gap(AGENT, Kind.LEFT, minute(20), minute(30), ""));
    }

    @Test
    void aDepartureEndsARejectionAndABrokenReturnEndsAnAbsence() {
        recordAtMinutes(10);
        record(refused(next(minute(20)), "{"));
        record(new RollChange.Departed(next(minute(30))));
        record(refused(next(minute(40)), "{"));

        assertThat(past().gaps(AGENT))
                .containsExactly(
                        new Gap(AGENT, Kind.REJECTED, minute(20), minute(30), "truncated"),
                        new Gap(AGENT, Kind.LEFT, minute(30), minute(40), ""),
                        new Gap(AGENT, Kind.REJECTED, minute(40), null, "truncated"));
    }

    @Test
    void theGapsOfAStretchAreThoseThatOverlapIt() {
        recordAtMinutes(10);
        record(refused(next(minute(20)), "{"));
        recordAtMinutes(30);
        record(new RollChange.Departed(next(minute(40))));

        assertThat(past().gaps(minute(0), minute(20))).isEmpty();
        assertThat(past().gaps(minute(25), minute(26))).extracting(Gap::kind).containsExactly(Kind.REJECTED);
        assertThat(past().gaps(minute(30), minute(40))).isEmpty();
        assertThat(past().gaps(minute(41), minute(42))).extracting(Gap::kind).containsExactly(Kind.LEFT);
    }

    @Test
    void aRejectionThatSomebodyTookOffTheRollEndsWithTheNextAcceptedVersionAndTheNextOneIsTold() {
        recordAtMinutes(10);
        record(refused(next(minute(20)), "{"));
        backend.sql("DELETE FROM rejected_documents");
        recordAtMinutes(30);
        record(refused(next(minute(40)), "{"));

        assertThat(past().gaps(AGENT))
                .containsExactly(
                        new Gap(AGENT, Kind.REJECTED, minute(20), minute(30), "truncated"),
                        new Gap(AGENT, Kind.REJECTED, minute(40), null, "truncated"));
    }

    @Test
    void anUnreadableTimeHidesNoOtherVersion() {
        recordAtMinutes(10, 20, 30);
        record(accepted(sighting(OTHER.value(), 0, minute(15)), 7));
        backend.sql("UPDATE status_history SET observed_at = '2025-10-15' WHERE cycle_count = 20");
        backend.sql("UPDATE status_history SET observed_at = '2025-10-15T12:30 o''clock' WHERE cycle_count = 30");

        assertThat(cycleAt(99)).contains(10L);
        assertThat(past().at(minute(99))).containsOnlyKeys(AGENT, OTHER);
        assertThat(between(AGENT, minute(60), minute(99)))
                .extracting(version -> version.columns().cycleCount().orElseThrow())
                .containsExactly(10L);
    }

    @Test
    void aVersionOrGapWithoutAReadableTimeIsLeftOut() {
        recordAtMinutes(10, 20);
        record(new RollChange.Departed(next(minute(30))));
        backend.sql("UPDATE status_history SET observed_at = 'noon' WHERE cycle_count = 20");
        backend.sql("UPDATE agent_gaps SET began_at = 'noon'");

        assertThat(past().at(AGENT, minute(99))
                        .flatMap(version -> version.columns().cycleCount()))
                .contains(10L);
        assertThat(between(AGENT, minute(0), minute(99))).hasSize(1);
        assertThat(past().gaps(AGENT)).isEqualTo(List.of());
    }
}
