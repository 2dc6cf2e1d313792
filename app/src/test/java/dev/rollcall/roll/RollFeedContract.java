package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.forced;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.FieldChange;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.FreshnessTurn.Direction;
import dev.rollcall.roll.RollEvent.Kind;
import dev.rollcall.roll.RollStore.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@link RollFeed} promises, sentence by sentence. A backend only subclasses this. */
public abstract class RollFeedContract extends RollStoreSetup {
    private static final int WRITERS = 3;
    private static final int BATCHES = 40;
    private static final int BATCH = 5;

    private RollFeed feed() {
        return backend.feedOf(store);
    }

    private List<RollEvent> all() {
        return feed().after(RollFeed.BEGINNING, 1000);
    }

    private List<Kind> kinds() {
        return all().stream().map(RollEvent::kind).toList();
    }

    @Test
    void withoutEventsTheNewestIsTheBeginningAndNothingIsAfterIt() {
        assertThat(feed().newest()).isEqualTo(RollFeed.BEGINNING);
        assertThat(all()).isEmpty();
    }

    @Test
    void theFirstVersionIsJoinedAndTellsItsRevisionAndTime() {
        record(accepted(next(NOON), 1));

        assertThat(all()).containsExactly(new RollEvent(1, NOON, AGENT, Kind.JOINED, 1L, List.of(), null));
    }

    @Test
    void aVersionTellsWhichColumnsChangedFromWhatToWhat() {
        record(accepted(next(NOON), 1));
        record(accepted(
                next(LATER),
                document(2),
                columns(Map.of(
                        StatusField.CYCLE_COUNT, "2",
                        StatusField.POINTS_EARNED, "1300",
                        StatusField.CURRENT_PHASE, "Mooring",
                        StatusField.BLOCKERS, "[\"no oil\"]"))));

        assertThat(all().getLast())
                .isEqualTo(new RollEvent(
                        2,
                        LATER,
                        AGENT,
                        Kind.CHANGED,
                        2L,
                        List.of(
                                new FieldChange(StatusField.CYCLE_COUNT, "1", "2"),
                                new FieldChange(StatusField.POINTS_EARNED, "1250.5", "1300"),
                                new FieldChange(StatusField.CURRENT_PHASE, null, "Mooring"),
                                new FieldChange(StatusField.BLOCKERS, "[]", "[\"no oil\"]")),
                        null));
    }

    @Test
    void aVersionWithAnotherStateIsStateChangedAndNothingBesides() {
        record(accepted(next(NOON), 1));
        record(accepted(next(LATER), document(2), columns(Map.of(StatusField.STATE, "BLOCKED"))));

        assertThat(kinds()).containsExactly(Kind.JOINED, Kind.STATE_CHANGED);
        assertThat(all().getLast().changes())
                .contains(new FieldChange(StatusField.STATE, "ACTIVE", "BLOCKED"))
                .contains(new FieldChange(StatusField.CYCLE_COUNT, "1", null));
    }

    @Test
    void aVersionThatLeavesAllColumnsIsAChangeOfNone() {
        record(accepted(next(NOON), document(1, "one"), columns(1)));
        record(accepted(next(LATER), document(1, "two"), columns(1)));

        assertThat(kinds()).containsExactly(Kind.JOINED, Kind.CHANGED);
        assertThat(all().getLast().changes()).isEmpty();
    }

    @Test
    void longTextsAndListsAreCut() {
        String huge = "\ud83d\ude80".repeat(5000);
        String many = "[" + "\"stuck\",".repeat(500) + "\"stuck\"]";
        record(accepted(next(NOON), 1));
        record(accepted(
                next(LATER),
                document(2),
                columns(Map.of(StatusField.CURRENT_MISSION, huge, StatusField.BLOCKERS, many))));

        List<FieldChange> changes = all().getLast().changes();
        assertThat(changes)
                .contains(new FieldChange(
                        StatusField.CURRENT_MISSION, "Keep the \"roll\" true", "\ud83d\ude80".repeat(200) + "..."))
                .contains(new FieldChange(StatusField.BLOCKERS, "[]", "[" + "\"stuck\",".repeat(10) + "\"...\"]"));
    }

    @Test
    void theSameBytesAndARepairAndOtherRulesAreNoEvent() {
        record(accepted(next(NOON), 1));
        record(accepted(next(LATER), 1));
        record(accepted(next(LATER), document(1), columns(Map.of(StatusField.STATE, "IDLE"))));
        backend.sql("UPDATE agent_workspaces SET presence = 'LEFT', state = 'ERROR', revision = 9");
        record(forced(accepted(next(LATER), 1)));
        backend.sql("DELETE FROM agent_workspaces");
        record(forced(accepted(next(LATER), 1)));

        assertThat(kinds()).containsExactly(Kind.JOINED);
    }

    @Test
    void aSupersededChangeIsNoEvent() {
        Sighting early = next(NOON);
        record(accepted(next(NOON), 1));

        assertThat(record(accepted(early, 2))).isInstanceOf(RecordOutcome.Superseded.class);
        assertThat(kinds()).containsExactly(Kind.JOINED);
    }

    @Test
    void aRejectionIsOneEventUntilItIsAnotherOne() {
        record(refused(next(NOON), "{"));
        record(refused(next(LATER), "{"));
        record(refused(next(LATER), "{{"));

        assertThat(kinds()).containsExactly(Kind.REJECTED, Kind.REJECTED);
        RollEvent first = all().getFirst();
        assertThat(first.rejection()).isEqualTo(refused(next(NOON), "{").rejection());
        assertThat(first.revision()).isNull();
    }

    @Test
    void aRejectionThatIsOverIsRecoveredAndThenTheVersionIfThereIsANewOne() {
        record(accepted(next(NOON), 1));
        record(refused(next(NOON), "{"));
        record(accepted(next(LATER), 1));
        record(refused(next(LATER), "{"));
        record(accepted(next(LATER), 2));

        assertThat(all())
                .extracting(RollEvent::kind, RollEvent::revision)
                .containsExactly(
                        tuple(Kind.JOINED, 1L),
                        tuple(Kind.REJECTED, 1L),
                        tuple(Kind.RECOVERED, 1L),
                        tuple(Kind.REJECTED, 1L),
                        tuple(Kind.RECOVERED, 2L),
                        tuple(Kind.CHANGED, 2L));
    }

    @Test
    void leavingIsOneEventAndSoIsComingBack() {
        record(accepted(next(NOON), 1));
        record(new RollChange.Departed(next(NOON)));
        record(new RollChange.Departed(next(LATER)));
        record(accepted(next(LATER), 1));
        record(new RollChange.Departed(next(LATER)));
        record(refused(next(LATER), "{"));

        assertThat(kinds())
                .containsExactly(Kind.JOINED, Kind.LEFT, Kind.RETURNED, Kind.LEFT, Kind.RETURNED, Kind.REJECTED);
    }

    @Test
    void anAgentThatWasOnlyRejectedLeavesAndOneThatNobodyKnowsDoesNot() {
        record(new RollChange.Departed(next(NOON)));
        record(refused(next(NOON), "{"));
        record(new RollChange.Departed(next(LATER)));

        assertThat(kinds()).containsExactly(Kind.REJECTED, Kind.LEFT);
    }

    @Test
    void aBatchThatFailsLeavesNoEvent() {
        backend.refuse("INSERT", "agent_status", "new.agent_id = 'Agent-8'");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.record(
                        List.of(accepted(next(NOON), 1, "tidy"), accepted(sighting("Agent-8", 0, NOON), 1, "tidy")),
                        Durability.AT_ONCE));
        assertThat(all()).isEmpty();

        record(accepted(next(NOON), 1, "tidy"));
        assertThat(all()).hasSize(1);
    }

    @Test
    void aTurnIsNotedForThoseWhoArePresentAndEachTimeAnew() {
        record(accepted(next(NOON), 1));
        FreshnessTurn stale = new FreshnessTurn(AGENT, Direction.STALE, LATER);
        FreshnessTurn nobodys = new FreshnessTurn(new AgentId("nobody"), Direction.STALE, LATER);

        feed().note(List.of());
        feed().note(List.of(nobodys, stale, stale, new FreshnessTurn(AGENT, Direction.LIVE, LATER)));
        record(new RollChange.Departed(next(LATER)));
        feed().note(List.of(stale));

        assertThat(kinds()).containsExactly(Kind.JOINED, Kind.STALE, Kind.STALE, Kind.LIVE, Kind.LEFT);
        assertThat(all().get(1)).isEqualTo(new RollEvent(2, LATER, AGENT, Kind.STALE, 1L, List.of(), null));
    }

    @Test
    void aCursorBeyondTheNewestIsFineAndALimitBelowOneIsNot() {
        record(accepted(next(NOON), 1));

        assertThat(feed().after(1, 10)).isEmpty();
        assertThat(feed().after(Long.MAX_VALUE, 10)).isEmpty();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> feed().after(0, 0));
    }

    @Test
    void anotherSwarmsEventsAreItsOwn() {
        record(accepted(next(NOON), 1));
        try (RollStore other = backend.open(new SwarmName("night-shift"))) {
            assertThat(backend.feedOf(other).newest()).isEqualTo(RollFeed.BEGINNING);
            other.record(List.of(accepted(sighting("Agent-7", 0, NOON), 5)), Durability.AT_ONCE);
            assertThat(backend.feedOf(other).newest()).isGreaterThan(feed().newest());
            assertThat(backend.feedOf(other).after(0, 10)).hasSize(1);
        }
        assertThat(all()).hasSize(1);
    }

    @Test
    void eventsThatAHandMadeUnreadableAreLeftOutAndHideNoOthers() {
        for (int i = 1; i <= 9; i++) {
            record(accepted(sighting("Agent-" + i, 0, NOON), 1));
        }
        record(accepted(sighting("Agent-1", 1, LATER), 2));
        record(refused(sighting("Agent-2", 1, LATER), "{"));
        backend.sql("UPDATE roll_events SET kind = 'x' WHERE seq = 2");
        backend.sql("UPDATE roll_events SET at = 'x' WHERE seq = 3");
        backend.sql("UPDATE roll_events SET agent_id = '../x' WHERE seq IN (4, 5)");
        backend.sql("UPDATE roll_events SET changes = '{\"state\":[' WHERE seq >= 10");

        assertThat(feed().after(0, 3)).extracting(RollEvent::seq).containsExactly(1L, 6L, 7L);
        assertThat(feed().after(1, 1)).extracting(RollEvent::seq).containsExactly(6L);
        assertThat(feed().after(7, 5)).extracting(RollEvent::seq).containsExactly(8L, 9L);
    }

    @Test
    void aNumberIsNeverUsedTwice() {
        record(accepted(next(NOON), 1));
        backend.sql("DELETE FROM roll_events");
        record(accepted(next(LATER), 2));

        assertThat(all()).extracting(RollEvent::seq).containsExactly(2L);
    }

    @Test
    void whoGoesOnFromACursorGetsEveryEventOnceAndInOrderWhileOthersRecord() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String name = "Writer-" + writer + "-";
            writers.add(CompletableFuture.runAsync(() -> recordBatches(name)));
        }
        CompletableFuture<Void> written = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));

        List<RollEvent> read = new ArrayList<>();
        boolean isLast = false;
        while (!isLast) {
            isLast = written.isDone();
            List<RollEvent> chunk;
            do {
                long cursor =
                        read.isEmpty() ? RollFeed.BEGINNING : read.getLast().seq();
                chunk = feed().after(cursor, 1 + random.nextInt(7));
                read.addAll(chunk);
            } while (!chunk.isEmpty());
        }
        written.join();

        assertThat(read).as("seed " + seed).hasSize(WRITERS * BATCHES * BATCH).isEqualTo(all());
        assertThat(read).extracting(RollEvent::seq).isSorted().doesNotHaveDuplicates();
    }

    private void recordBatches(String name) {
        try (RollStore own = backend.open(SwarmName.DEFAULT)) {
            for (int batch = 0; batch < BATCHES; batch++) {
                List<RollChange> changes = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    changes.add(accepted(sighting(name + i, batch, NOON.plusSeconds(batch)), batch));
                }
                own.record(changes, batch % 2 == 0 ? Durability.AT_ONCE : Durability.LATER);
            }
        }
    }
}
