package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Gap.Kind;
import dev.rollcall.roll.RollArchive.Outcome;
import dev.rollcall.roll.RollStore.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link RollArchive} promises, sentence by sentence. A backend only subclasses this. */
public abstract class RollArchiveContract extends RollStoreSetup {
    private RollPast past() {
        return backend.pastOf(store);
    }

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private static Origin commit(int number) {
        return Origin.commit("%040x".formatted(number));
    }

    /** The commit's number is the minute. */
    private static PastVersion version(int minute, int cycle) {
        return version(minute, minute, cycle, null);
    }

    private static PastVersion version(int commit, int minute, int cycle, @Nullable String follows) {
        return new PastVersion(
                AGENT,
                minute(minute),
                document(cycle).content(),
                columns(cycle),
                commit(commit),
                follows,
                new PastVersion.Writing(minute(minute), 0));
    }

    /** The same written at another minute, and as often before. */
    private static PastVersion written(PastVersion version, int minute, int repeats) {
        return new PastVersion(
                version.agent(),
                version.at(),
                version.content(),
                version.columns(),
                version.origin(),
                version.follows(),
                new PastVersion.Writing(minute(minute), repeats));
    }

    private static PastVersion beside(PastVersion version) {
        return new PastVersion(
                version.agent(),
                version.at(),
                version.content(),
                version.columns(),
                version.origin().besideLine(),
                version.follows(),
                version.writing());
    }

    private static Gap gap(Kind kind, int from, @Nullable Integer until) {
        return new Gap(AGENT, kind, minute(from), until == null ? null : minute(until), "");
    }

    private List<Outcome> archive(PastVersion... versions) {
        return archive(List.of(versions), List.of());
    }

    private List<Outcome> archive(List<PastVersion> versions, List<Gap> gaps) {
        return backend.archiveOf(store).archive(versions, gaps, Durability.AT_ONCE);
    }

    private List<Long> cycles() {
        return query().history(AGENT).stream()
                .map(version -> version.columns().cycleCount().orElseThrow())
                .toList();
    }

    @Test
    void versionsGoIntoHistoryEachAtItsOwnTime() {
        record(accepted(next(minute(30)), 30));

        assertThat(archive(version(10, 10), version(20, 20))).containsExactly(Outcome.RECORDED, Outcome.RECORDED);

        assertThat(cycles()).containsExactly(10L, 20L, 30L);
        assertThat(past().at(AGENT, minute(15)).orElseThrow()).satisfies(version -> {
            assertThat(version.observedAt()).isEqualTo(minute(10));
            assertThat(version.sourceModifiedAt()).isEqualTo(minute(10));
            assertThat(version.origin()).isEqualTo(commit(10).label());
        });
    }

    @Test
    void everyVersionComesBackByteForByteBeforeAndBetweenAndBehindOthers() {
        record(accepted(next(minute(50)), 50));
        record(accepted(next(minute(100)), 100));
        IntStream.range(1, 99).filter(minute -> minute != 50).forEach(minute -> archive(version(minute, minute)));

        assertThat(query().history(AGENT)).hasSize(99);
        query().history(AGENT)
                .forEach(version -> assertThat(bytesOf(version.revision()))
                        .isEqualTo(document(Math.toIntExact(
                                        version.columns().cycleCount().orElseThrow()))
                                .bytes()));
        assertThat(store.stored(AGENT).orElseThrow().unsealed()).isEmpty();
        assertThat(store.storedHistory(AGENT)).allMatch(row -> row.seal().isPresent());
    }

    @Test
    void whatTellsOfNowStaysAsItIs() {
        record(accepted(next(minute(30)), 30, "polish the lamp"));
        StoredAgent before = store.stored(AGENT).orElseThrow();
        long events = backend.feedOf(store).newest();

        archive(List.of(version(10, 10)), List.of(gap(Kind.LEFT, 15, 20)));

        assertThat(store.stored(AGENT)).contains(before);
        assertThat(backend.feedOf(store).newest()).isEqualTo(events);
    }

    @Test
    void anAgentNobodyKnowsGetsAHistoryAndNoRow() {
        archive(version(10, 10), version(20, 20));

        assertThat(cycles()).containsExactly(10L, 20L);
        assertThat(query().find(AGENT)).isEmpty();
        assertThat(store.standings()).isEmpty();
        assertThat(store.stored(AGENT))
                .hasValueSatisfying(
                        stored -> assertThat(stored.isOnlyImported()).isTrue());
    }

    @Test
    void ofAFollowedAgentOnlyWhatWasBeforeItsLatestVersionIsAdded() {
        record(accepted(next(minute(30)), 30));

        assertThat(archive(version(29, 29), version(30, 99), version(31, 31)))
                .containsExactly(Outcome.RECORDED, Outcome.NEWER, Outcome.NEWER);
        assertThat(archive(version(32, 30))).containsExactly(Outcome.UNCHANGED);
        assertThat(cycles()).containsExactly(29L, 30L);
    }

    @Test
    void anAgentWhoseLatestVersionCameInFromACommitIsFollowedOnceSomebodyLooked() {
        archive(version(10, 10));
        assertThat(record(accepted(next(minute(20)), 10))).isInstanceOf(RecordOutcome.Noted.class);

        assertThat(archive(version(15, 15))).containsExactly(Outcome.NEWER);
        assertThat(archive(version(5, 5))).containsExactly(Outcome.RECORDED);
        assertThat(query().find(AGENT).orElseThrow().revision())
                .isEqualTo(past().at(AGENT, minute(99)).orElseThrow().revision());
    }

    @Test
    void aVersionWhoseOriginTheAgentHasIsKnown() {
        archive(version(10, 10), version(20, 20));

        assertThat(archive(version(10, 10), version(20, 20))).containsOnly(Outcome.KNOWN);
        assertThat(archive(version(10, 12, 77, null))).containsExactly(Outcome.KNOWN);
        assertThat(cycles()).containsExactly(10L, 20L);
    }

    @Test
    void aVersionOfAnotherCommitWithTheBytesAndTheAuthorsTimeIsKnownAndTellsItsCommit() {
        archive(version(10, 10), version(20, 20), version(30, 30));

        assertThat(archive(written(version(77, 60, 20, null), 20, 0))).containsExactly(Outcome.REWRITTEN);
        assertThat(past().at(AGENT, minute(25)).orElseThrow()).satisfies(version -> {
            assertThat(version.observedAt()).isEqualTo(minute(20));
            assertThat(version.origin()).isEqualTo(commit(77).label());
        });
        assertThat(store.stored(AGENT).orElseThrow().unsealed()).isEmpty();
        assertThat(archive(written(version(78, 60, 20, null), 20, 1))).containsExactly(Outcome.RECORDED);
        assertThat(archive(written(version(79, 60, 20, null), 20, 0).atEnd())).containsExactly(Outcome.KNOWN);
        assertThat(archive(written(version(79, 61, 20, null), 21, 0))).containsExactly(Outcome.UNCHANGED);
        assertThat(cycles()).containsExactly(10L, 20L, 30L, 20L);
    }

    @Test
    void aVersionBesideTheLineIsKeptAndNeverInForce() {
        record(accepted(next(minute(30)), 30));

        assertThat(archive(version(10, 10), beside(version(20, 20)), beside(version(40, 40))))
                .containsOnly(Outcome.RECORDED);

        assertThat(cycles()).containsExactly(10L, 20L, 30L, 40L);
        assertThat(past().at(AGENT, minute(25)).orElseThrow().observedAt()).isEqualTo(minute(10));
        assertThat(past().at(minute(99)).get(AGENT).observedAt()).isEqualTo(minute(30));
        assertThat(query().latest(AGENT, 9)).hasSize(2);
        assertThat(store.stored(AGENT).orElseThrow().head().orElseThrow().recorded("observed_at"))
                .startsWith("2025-10-15T12:30:00");
        assertThat(archive(version(21, 10))).containsExactly(Outcome.UNCHANGED);
    }

    @Test
    void aKnownVersionIsPutOnTheSideOnWhichItIsNow() {
        archive(version(10, 10), beside(version(20, 20)));

        assertThat(archive(beside(version(10, 10)), version(20, 20))).containsOnly(Outcome.KNOWN);

        assertThat(past().at(AGENT, minute(15))).isEmpty();
        assertThat(past().at(AGENT, minute(25)).orElseThrow().observedAt()).isEqualTo(minute(20));
        assertThat(store.stored(AGENT).orElseThrow().unsealed()).isEmpty();
    }

    @Test
    void theLatestVersionOfAFollowedAgentStaysOnTheLine() {
        archive(version(10, 10), beside(version(20, 20)));
        assertThat(record(accepted(next(minute(30)), 10))).isInstanceOf(RecordOutcome.Noted.class);

        assertThat(archive(beside(version(10, 10)))).containsExactly(Outcome.KNOWN);
        assertThat(archive(version(20, 20))).containsExactly(Outcome.NEWER);

        assertThat(past().at(AGENT, minute(25)).orElseThrow().observedAt()).isEqualTo(minute(10));
    }

    @Test
    void aVersionOfATimeThatWasThinnedOutStaysOut() {
        archive(version(10, 10), version(20, 20), version(30, 30));
        backend.sql("INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, ended_at, detail) VALUES ('default',"
                + " 'Agent-7', 'PRUNED', '2025-10-15T12:12:00.000000Z', '2025-10-15T12:20:00.000000Z', '3')");

        assertThat(archive(version(11, 11), version(12, 12), version(19, 19), version(21, 21)))
                .containsExactly(Outcome.RECORDED, Outcome.PRUNED, Outcome.PRUNED, Outcome.RECORDED);
        assertThat(cycles()).containsExactly(10L, 11L, 20L, 21L, 30L);
    }

    @Test
    void aVersionWithTheBytesOfTheOneBeforeItIsUnchanged() {
        record(accepted(next(minute(10)), 1));
        record(accepted(next(minute(30)), 3));

        assertThat(archive(version(11, 1), version(12, 2), version(13, 2)))
                .containsExactly(Outcome.UNCHANGED, Outcome.RECORDED, Outcome.UNCHANGED);
        assertThat(archive(version(11, 1), version(12, 2), version(13, 2)))
                .containsExactly(Outcome.UNCHANGED, Outcome.KNOWN, Outcome.UNCHANGED);
    }

    @Test
    void commitsOfOneMomentFollowEachOtherOnlyAsTheySay() {
        List<PastVersion> versions = List.of(
                version(1, 10, 1, null),
                version(2, 20, 1, null),
                version(3, 20, 2, document(1).sha256()),
                version(4, 20, 1, document(2).sha256()),
                written(version(5, 20, 1, document(1).sha256()), 20, 1));

        List<Outcome> first = archive(versions, List.of());
        List<Outcome> second = archive(versions, List.of());

        assertThat(first)
                .containsExactly(
                        Outcome.RECORDED, Outcome.UNCHANGED, Outcome.RECORDED, Outcome.RECORDED, Outcome.UNCHANGED);
        assertThat(second)
                .containsExactly(Outcome.KNOWN, Outcome.REWRITTEN, Outcome.KNOWN, Outcome.REWRITTEN, Outcome.UNCHANGED);
        assertThat(cycles()).containsExactly(1L, 2L, 1L);
    }

    @Test
    void aCallIsOneTransaction() {
        backend.refuse("INSERT", "agent_gaps", "TRUE");

        assertThatThrownBy(() -> archive(List.of(version(10, 10)), List.of(gap(Kind.LEFT, 15, 20))))
                .isInstanceOf(ProblemException.class);
        assertThat(cycles()).isEmpty();

        backend.refuseNothing("agent_gaps");
        assertThat(archive(List.of(version(10, 10)), List.of(gap(Kind.LEFT, 15, 20))))
                .containsExactly(Outcome.RECORDED);
    }

    @Test
    void nothingToAddIsNothing() {
        assertThat(archive(List.of(), List.of())).isEmpty();
    }

    @Test
    void gapsAreAddedOnce() {
        for (int time = 0; time < 2; time++) {
            archive(
                    List.of(version(10, 10)),
                    List.of(gap(Kind.LEFT, 15, 20), gap(Kind.REJECTED, 20, 25), gap(Kind.LEFT, 30, null)));
            assertThat(past().gaps(AGENT))
                    .containsExactly(gap(Kind.LEFT, 15, 20), gap(Kind.REJECTED, 20, 25), gap(Kind.LEFT, 30, null));
        }
    }

    @Test
    void anAcceptableVersionEndsAGapThatLasts() {
        archive(List.of(version(10, 10)), List.of(gap(Kind.LEFT, 15, null)));
        archive(version(20, 20));
        assertThat(past().gaps(AGENT)).containsExactly(gap(Kind.LEFT, 15, 20));

        archive(List.of(), List.of(gap(Kind.LEFT, 30, null)));
        record(accepted(next(minute(40)), 20));
        assertThat(past().gaps(AGENT)).containsExactly(gap(Kind.LEFT, 15, 20), gap(Kind.LEFT, 30, 40));
    }

    @Test
    void aVersionAtTheBeginningOfAGapThatLastsLeavesNothingOfIt() {
        archive(List.of(version(10, 10)), List.of(gap(Kind.LEFT, 15, null)));
        archive(version(15, 15));
        assertThat(past().gaps(AGENT)).isEmpty();
    }

    @Test
    void aGapEndsAtTheFirstVersionThatSomebodySaw() {
        record(accepted(next(minute(30)), 30));
        archive(
                List.of(version(10, 10)),
                List.of(gap(Kind.LEFT, 15, 20), gap(Kind.LEFT, 25, null), gap(Kind.LEFT, 30, 31)));

        assertThat(past().gaps(AGENT)).containsExactly(gap(Kind.LEFT, 15, 20), gap(Kind.LEFT, 25, 30));
    }

    @Test
    void betweenTwoVersionsThatSomebodySawAGapIsAddedAndEndsAtTheNext() {
        record(accepted(next(minute(10)), 10));
        record(accepted(next(minute(40)), 40));
        archive(List.of(), List.of(gap(Kind.REJECTED, 15, 20), gap(Kind.LEFT, 30, null), gap(Kind.REJECTED, 40, 45)));

        assertThat(past().gaps(AGENT)).containsExactly(gap(Kind.REJECTED, 15, 20), gap(Kind.LEFT, 30, 40));
    }

    @Test
    void whatSomebodySawInTheSecondOfItsCommitIsNoVersionAgain() {
        record(accepted(next(minute(20).plusMillis(400)), 20));
        record(accepted(next(minute(30)), 30));
        assertThat(archive(version(20, 20))).containsExactly(Outcome.UNCHANGED);
    }

    @Test
    void aGapEndsAtTheNextVersionOfTheAgent() {
        archive(version(10, 10), version(20, 20));
        archive(List.of(), List.of(gap(Kind.LEFT, 15, null)));
        assertThat(past().gaps(AGENT)).containsExactly(gap(Kind.LEFT, 15, 20));
    }

    @Test
    void aGapThatSomebodySawStaysAsItIs() {
        record(refused(next(minute(20)), "{"));
        archive(List.of(version(10, 10), version(25, 25)), List.of(gap(Kind.LEFT, 15, null)));
        archive(List.of(), List.of(gap(Kind.LEFT, 22, 24)));

        Gap seen = new Gap(AGENT, Kind.REJECTED, minute(20), null, "truncated");
        assertThat(past().gaps(AGENT)).containsExactly(gap(Kind.LEFT, 15, 20), seen);

        record(accepted(next(minute(30)), 30));
        record(new RollChange.Departed(next(minute(40))));
        archive(List.of(version(12, 12)), List.of(gap(Kind.LEFT, 40, 45)));
        assertThat(past().gaps(AGENT)).last().isEqualTo(gap(Kind.LEFT, 40, null));
    }

    @Test
    void theFirstLookAtAFileWithAHistoryIsTheBeginningAllTheSame() {
        archive(version(10, 10));
        record(accepted(next(minute(30)), 30));

        assertThat(backend.feedOf(store).after(0, 9))
                .extracting(RollEvent::kind)
                .containsExactly(RollEvent.Kind.JOINED);
        // Of the file's own times the older one counts, as for every agent at first sight.
        assertThat(query().find(AGENT).orElseThrow().lastActivityAt()).isBefore(minute(10));
    }

    @Test
    void anotherSwarmsHistoryIsNotTouched() {
        try (RollStore other = backend.open(new SwarmName("other"))) {
            backend.archiveOf(other).archive(List.of(version(10, 10)), List.of(), Durability.AT_ONCE);
        }

        assertThat(cycles()).isEmpty();
        assertThat(archive(version(10, 10))).containsExactly(Outcome.RECORDED);
    }

    @Test
    void whatAnotherProcessBroughtInMeanwhileIsKnown() {
        archive(version(10, 10));
        try (RollStore other = backend.open(SwarmName.DEFAULT)) {
            backend.archiveOf(other).archive(List.of(version(20, 20)), List.of(), Durability.AT_ONCE);
        }

        assertThat(archive(version(20, 20))).containsExactly(Outcome.KNOWN);
    }
}
