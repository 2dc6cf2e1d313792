package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.STAMP;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.passage;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.JsonLists;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link RollStore} promises about recording, sentence by sentence. A backend only subclasses this. */
public abstract class RollStoreContract extends RollStoreSetup {
    @Test
    void aFileAtRestChangesTheStampOnlyAndOnlyWhileItsReadingIsTheLast() {
        record(accepted(next(NOON), 1));
        Standing before = store.standing(AGENT).orElseThrow();
        Sighting looked = next(LATER);

        assertThat(record(new RollChange.Rested(restamped(looked, "rested")))).isInstanceOf(RecordOutcome.Noted.class);
        assertThat(store.standing(AGENT))
                .contains(new Standing(AGENT, before.reading(), "rested", null, Presence.PRESENT, before.findings()));

        record(accepted(next(LATER), 2));
        assertThat(record(new RollChange.Rested(restamped(looked, "late")))).isEqualTo(new RecordOutcome.Superseded());
        assertThat(store.standing(AGENT).orElseThrow().stamp()).isNotEqualTo("late");
    }

    private static Sighting restamped(Sighting sighting, String stamp) {
        return new Sighting(
                sighting.agent(),
                sighting.expectedReading(),
                stamp,
                sighting.file(),
                sighting.sourcePath(),
                sighting.modifiedAt(),
                sighting.observedAt());
    }

    @Test
    void anAgentNobodyKnowsHasNothing() {
        assertThat(store.standings()).isEmpty();
        assertThat(store.standing(AGENT)).isEmpty();
        assertThat(store.stored(AGENT)).isEmpty();
        assertThat(store.storedHistory(AGENT)).isEmpty();
        assertThat(store.sizes()).isEmpty();
        assertThat(store.document(AGENT, 1)).isInstanceOf(StoredDocument.Damaged.class);
    }

    @Test
    void theSizeOfADocumentIsThatOfItsBytes() {
        RollChange.Accepted change = accepted(next(NOON), 1, "t\u00FCr \uD83D\uDEAA");
        record(change);

        assertThat(store.sizes())
                .containsOnly(Map.entry(AGENT, (long) change.content().bytes().length));
    }

    @Test
    void anEmptyListOfChangesIsNoTransaction() {
        assertThat(store.record(List.of(), Durability.AT_ONCE)).isEmpty();
    }

    @Test
    void aFirstDocumentBecomesARevisionWithItsRowAndItsPassages() {
        RollChange.Accepted change = accepted(next(NOON), 1, "tidy", "sweep");
        RecordOutcome outcome = record(change);

        assertThat(outcome).isInstanceOf(RecordOutcome.Recorded.class);
        long revision = ((RecordOutcome.Recorded) outcome).revision();
        StoredAgent stored = store.stored(AGENT).orElseThrow();
        assertThat(stored.row())
                .containsEntry("swarm", "default")
                .containsEntry("status", "ACTIVE")
                .containsEntry("cycle_count", "1")
                .containsEntry("points_earned", "1250.5")
                .containsEntry("last_updated", "2025-10-15T11:58:00Z")
                .containsEntry("current_phase", null)
                .containsEntry("revision", Long.toString(revision))
                .containsEntry("content_sha256", change.content().sha256())
                .containsEntry("presence", "PRESENT")
                .containsEntry("left_at", null)
                .containsEntry("source_path", "/swarm/Agent-7/status.json")
                .containsEntry("source_modified_at", "2025-10-15T12:00:00.000000Z")
                .containsEntry("document", new String(change.content().utf8(), UTF_8));
        assertThat(stored.head().orElseThrow().columns())
                .containsEntry("cycle_count", "1")
                .containsEntry("origin", "sync")
                .containsEntry("observed_at", "2025-10-15T12:00:00.000000Z")
                .containsEntry("content_sha256", change.content().sha256());
        assertThat(passageTexts()).containsExactly("sweep", "tidy");
        assertThat(stored.passages())
                .allMatch(row -> row.revision() == revision && row.vector() == StoredAgent.Vector.QUEUED);
        assertThat(bytesOf(revision)).isEqualTo(change.content().bytes());
    }

    @Test
    void standingsTellWhatStandingTells() {
        store.record(
                List.of(
                        accepted(sighting("Agent-1", 0, NOON), 1, "a"),
                        refused(sighting("Agent-2", 0, NOON), "{"),
                        accepted(sighting("Agent-3", 0, NOON), 3)),
                Durability.AT_ONCE);
        record(new RollChange.Departed(sighting("Agent-3", 1, LATER)));

        Map<AgentId, Standing> standings = store.standings();

        assertThat(standings).hasSize(3);
        standings.forEach((agent, standing) -> assertThat(store.standing(agent)).contains(standing));
        assertThat(standings.get(new AgentId("Agent-1")))
                .isEqualTo(new Standing(new AgentId("Agent-1"), 1, STAMP, null, Presence.PRESENT, 0));
        assertThat(standings.get(new AgentId("Agent-2")).rejectedSha256()).isNotNull();
        assertThat(standings.get(new AgentId("Agent-2")).presence()).isNull();
        assertThat(standings.get(new AgentId("Agent-3")).presence()).isEqualTo(Presence.LEFT);
    }

    @Test
    void theStandingCountsTheFindingsOfTheLastGoodDocument() {
        String findings = JsonLists.ofFindings(List.of(
                new Finding("duplicate_key", "status", "occurs twice"), new Finding("wrong_type", "", "is odd")));
        record(accepted(next(NOON), document(1), columns(Map.of(StatusField.FINDINGS, findings))));
        record(refused(next(LATER), "{"));
        assertThat(store.standing(AGENT).orElseThrow().findings()).isEqualTo(2);
        assertThat(store.standings().get(AGENT).findings()).isEqualTo(2);

        record(accepted(next(LATER), 2));
        assertThat(store.standing(AGENT).orElseThrow().findings()).isZero();
    }

    @Test
    void theSameBytesAgainAddNoRevision() {
        record(accepted(next(NOON), 1, "tidy"));

        RecordOutcome second = record(accepted(next(LATER), 1, "tidy"));

        assertThat(second).isInstanceOf(RecordOutcome.Noted.class);
        assertThat(store.storedHistory(AGENT)).hasSize(1);
        assertThat(store.standing(AGENT).orElseThrow().reading()).isEqualTo(2);
    }

    @Test
    void aChangeOfSomebodyWhoLookedBeforeTheLastRecordIsSuperseded() {
        Sighting early = next(NOON);
        record(accepted(next(NOON), 1, "tidy"));
        StoredAgent before = store.stored(AGENT).orElseThrow();

        assertThat(record(accepted(early, 2, "late"))).isEqualTo(new RecordOutcome.Superseded());
        assertThat(record(refused(early, "{"))).isEqualTo(new RecordOutcome.Superseded());
        assertThat(record(new RollChange.Departed(early))).isEqualTo(new RecordOutcome.Superseded());
        assertThat(store.stored(AGENT)).contains(before);
    }

    @Test
    void oneFailingChangeUndoesAllOfTheCall() {
        backend.refuse("INSERT", "agent_status", "new.agent_id = 'Agent-2'");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.record(
                        List.of(
                                accepted(sighting("Agent-1", 0, NOON), 1, "a"),
                                accepted(sighting("Agent-2", 0, NOON), 2, "b")),
                        Durability.AT_ONCE));

        assertThat(store.standings()).isEmpty();
        assertThat(store.storedHistory(new AgentId("Agent-1"))).isEmpty();
        assertThat(record(accepted(sighting("Agent-1", 0, NOON), 1, "a"))).isInstanceOf(RecordOutcome.Recorded.class);
    }

    @Test
    void outcomesStandInTheOrderOfTheChanges() {
        List<RecordOutcome> outcomes = store.record(
                List.of(
                        accepted(sighting("Agent-1", 0, NOON), 1),
                        accepted(sighting("Agent-2", 5, NOON), 2),
                        refused(sighting("Agent-3", 0, NOON), "{")),
                Durability.AT_ONCE);

        assertThat(outcomes.get(0)).isInstanceOf(RecordOutcome.Recorded.class);
        assertThat(outcomes.get(1)).isEqualTo(new RecordOutcome.Superseded());
        assertThat(outcomes.get(2)).isEqualTo(new RecordOutcome.Noted(RecordOutcome.Noted.NONE));
    }

    @Test
    void passagesFollowTheDocumentAndKeepTheirVectorsWhileTheyStay() {
        record(accepted(next(NOON), 1, "stays", "goes"));
        embed("stays");

        long revision = ((RecordOutcome.Recorded) record(accepted(next(LATER), 2, "stays", "comes"))).revision();

        assertThat(passageTexts()).containsExactly("comes", "stays");
        assertThat(passageRow("stays").vector()).isEqualTo(StoredAgent.Vector.FITTING);
        assertThat(passageRow("stays").revision()).isEqualTo(revision);
        assertThat(passageRow("comes").vector()).isEqualTo(StoredAgent.Vector.QUEUED);
    }

    @Test
    void passageTextsSurviveExactly() {
        String odd = "\"quoted\" back\\slash tab\t none\ufffd emoji \ud83d\ude00 'apostrophe' [1,{\"a\":2}] \u2028";
        record(accepted(next(NOON), document(1), columns(1), odd));

        assertThat(passageRow(odd).passage()).isEqualTo(passage(odd));
    }

    @Test
    void aHundredPassagesAreAHundredRows() {
        String[] tasks = new String[100];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = "task " + i;
        }
        record(accepted(next(NOON), 1, tasks));

        assertThat(passageTexts()).containsExactlyInAnyOrder(tasks);
    }

    @Test
    void aRefusalKeepsTheLastGoodRevisionAndSinceWhenItStands() {
        record(accepted(next(NOON), 1, "tidy"));
        StoredAgent good = store.stored(AGENT).orElseThrow();

        RecordOutcome outcome = record(refused(next(LATER), "{ \"status\""));
        record(refused(next(LATER.plusSeconds(60)), "{ \"status\": "));

        StoredAgent stored = store.stored(AGENT).orElseThrow();
        assertThat(outcome)
                .isEqualTo(new RecordOutcome.Noted(good.head().orElseThrow().revision()));
        assertThat(stored.row()).isEqualTo(good.row());
        assertThat(stored.passages()).isEqualTo(good.passages());
        RejectedDocument rejected = query().rejected().getFirst();
        assertThat(rejected.since()).isEqualTo(LATER);
        assertThat(rejected.contentSha256())
                .isEqualTo(refused(next(NOON), "{ \"status\": ").contentSha256());
        assertThat(rejected.rejection()).isEqualTo(refused(next(NOON), "{").rejection());
        assertThat(stored.rejected()).isEqualTo(rejected);
    }

    @Test
    void anAcceptedDocumentEndsARefusal() {
        record(accepted(next(NOON), 1, "tidy"));
        record(refused(next(LATER), "{"));

        record(accepted(next(LATER.plusSeconds(1)), 1, "tidy"));

        assertThat(query().rejected()).isEmpty();
        assertThat(store.standing(AGENT).orElseThrow().rejectedSha256()).isNull();
    }

    @Test
    void aDepartureKeepsRowHistoryAndPassages() {
        record(accepted(next(NOON), 1, "tidy"));
        record(refused(next(NOON), "{"));

        RecordOutcome outcome = record(new RollChange.Departed(next(LATER)));

        StoredAgent stored = store.stored(AGENT).orElseThrow();
        assertThat(outcome)
                .isEqualTo(new RecordOutcome.Noted(stored.head().orElseThrow().revision()));
        assertThat(stored.row())
                .containsEntry("presence", "LEFT")
                .containsEntry("left_at", "2025-10-15T12:01:00.000000Z")
                .containsEntry("cycle_count", "1");
        assertThat(passageTexts()).containsExactly("tidy");
        assertThat(stored.rejected()).isNull();
    }

    @Test
    void anAgentThatLeftKeepsTheTimeItLeftAt() {
        record(accepted(next(NOON), 1));
        record(new RollChange.Departed(next(LATER)));
        record(new RollChange.Departed(next(LATER.plusSeconds(60))));

        assertThat(store.stored(AGENT).orElseThrow().row()).containsEntry("left_at", "2025-10-15T12:01:00.000000Z");
    }

    @Test
    void anAgentWithoutAnyVersionIsForgottenByItsDeparture() {
        record(refused(next(NOON), "{"));

        assertThat(record(new RollChange.Departed(next(LATER)))).isEqualTo(new RecordOutcome.Noted(0));
        assertThat(store.stored(AGENT)).isEmpty();
        assertThat(store.standings()).isEmpty();
    }

    @Test
    void theDepartureOfAnAgentNobodyKnowsLeavesNothing() {
        assertThat(record(new RollChange.Departed(next(NOON)))).isEqualTo(new RecordOutcome.Noted(0));
        assertThat(store.standings()).isEmpty();
    }

    @Test
    void anAgentThatComesBackIsPresentWithTheSameRevision() {
        record(accepted(next(NOON), 1, "tidy"));
        record(new RollChange.Departed(next(LATER)));

        record(accepted(next(LATER.plusSeconds(1)), 1, "tidy"));

        assertThat(store.stored(AGENT).orElseThrow().row())
                .containsEntry("presence", "PRESENT")
                .containsEntry("left_at", null);
        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void anAgentThatComesBackRejectedIsPresent() {
        record(accepted(next(NOON), 1, "tidy"));
        record(new RollChange.Departed(next(LATER)));

        record(refused(next(LATER.plusSeconds(1)), "{"));

        assertThat(query().find(AGENT).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void anotherSwarmInTheSameDatabaseIsAnotherRoll() {
        record(accepted(next(NOON), 1, "one"));
        try (RollStore other = backend.open(new SwarmName("night-shift"))) {
            assertThat(other.standings()).isEmpty();
            assertThat(other.document(AGENT, 1)).isInstanceOf(StoredDocument.Damaged.class);
            other.record(List.of(accepted(sighting("Agent-7", 0, NOON), 5, "five")), Durability.AT_ONCE);
        }
        assertThat(store.stored(AGENT).orElseThrow().row()).containsEntry("cycle_count", "1");
        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void whatIsRecordedIsThereForTheNextToOpen() {
        record(accepted(next(NOON), 1, "one"));
        StoredAgent stored = store.stored(AGENT).orElseThrow();
        try (RollStore second = backend.open(SwarmName.DEFAULT)) {
            assertThat(second.stored(AGENT)).contains(stored);
        }
    }
}
