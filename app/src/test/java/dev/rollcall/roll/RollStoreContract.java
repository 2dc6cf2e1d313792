package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.STAMP;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.forced;
import static dev.rollcall.roll.ChangeFixtures.passage;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.JsonLists;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.UnparsedDocuments;
import dev.rollcall.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link RollStore} promises, sentence by sentence; a backend only subclasses this. */
public abstract class RollStoreContract {
    protected static final AgentId AGENT = new AgentId("Agent-7");
    protected static final Instant LATER = NOON.plusSeconds(60);

    protected RollStore store;

    /** Opens the same roll again with every call, for the swarm of that name. */
    protected abstract RollStore open(SwarmName swarm);

    protected abstract RollQuery queryOf(RollStore store);

    /** Edits the tables by hand. */
    protected abstract void sql(String statement);

    /** From now on the database refuses any row of agent_status for this agent. */
    protected abstract void refusePassagesOf(String agent);

    @BeforeEach
    void openStore() {
        store = open(SwarmName.DEFAULT);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected RecordOutcome record(RollChange change) {
        return store.record(List.of(change)).getFirst();
    }

    protected Sighting next(Instant at) {
        return sighting(
                AGENT.value(), store.standing(AGENT).map(Standing::reading).orElse(Standing.NEVER_READ), at);
    }

    private List<String> passageTexts() {
        return store.stored(AGENT).orElseThrow().passages().stream()
                .map(row -> row.passage().text())
                .sorted()
                .toList();
    }

    private StoredAgent.PassageRow passageRow(String text) {
        return store.stored(AGENT).orElseThrow().passages().stream()
                .filter(row -> row.passage().equals(passage(text)))
                .findFirst()
                .orElseThrow();
    }

    private void embed(String text) {
        sql("UPDATE agent_status SET embedding = x'0102', model = 'test' WHERE text = '" + text + "'");
    }

    private byte[] bytesOf(long revision) {
        return ((StoredDocument.Intact) store.document(AGENT, revision)).bytes();
    }

    @Test
    void anAgentNobodyKnowsHasNothing() {
        assertThat(store.standings()).isEmpty();
        assertThat(store.standing(AGENT)).isEmpty();
        assertThat(store.stored(AGENT)).isEmpty();
        assertThat(store.storedHistory(AGENT)).isEmpty();
        assertThat(store.document(AGENT, 1)).isInstanceOf(StoredDocument.Damaged.class);
    }

    @Test
    void anEmptyListOfChangesIsNoTransaction() {
        assertThat(store.record(List.of())).isEmpty();
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
                .containsEntry("content_sha256", change.document().sha256())
                .containsEntry("presence", "PRESENT")
                .containsEntry("left_at", null)
                .containsEntry("source_path", "/swarm/Agent-7/status.json")
                .containsEntry("source_modified_at", "2025-10-15T12:00:00.000000Z")
                .containsEntry("document", change.document().text());
        assertThat(stored.head().orElseThrow().columns())
                .containsEntry("cycle_count", "1")
                .containsEntry("origin", "sync")
                .containsEntry("observed_at", "2025-10-15T12:00:00.000000Z")
                .containsEntry("content_sha256", change.document().sha256());
        assertThat(passageTexts()).containsExactly("sweep", "tidy");
        assertThat(stored.passages()).allMatch(row -> row.revision() == revision && !row.embedded());
        assertThat(bytesOf(revision)).isEqualTo(change.document().bytes());
    }

    @Test
    void standingsTellWhatStandingTells() {
        store.record(List.of(
                accepted(sighting("Agent-1", 0, NOON), 1, "a"),
                refused(sighting("Agent-2", 0, NOON), "{"),
                accepted(sighting("Agent-3", 0, NOON), 3)));
        record(new RollChange.Departed(sighting("Agent-3", 1, LATER)));

        Map<AgentId, Standing> standings = store.standings();

        assertThat(standings).hasSize(3);
        standings.forEach((agent, standing) -> assertThat(store.standing(agent)).contains(standing));
        assertThat(standings.get(new AgentId("Agent-1")))
                .isEqualTo(new Standing(
                        new AgentId("Agent-1"), 1, STAMP, document(1, "a").sha256(), null, Presence.PRESENT, 0));
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
        refusePassagesOf("Agent-2");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> store.record(List.of(
                        accepted(sighting("Agent-1", 0, NOON), 1, "a"),
                        accepted(sighting("Agent-2", 0, NOON), 2, "b"))));

        assertThat(store.standings()).isEmpty();
        assertThat(store.storedHistory(new AgentId("Agent-1"))).isEmpty();
        assertThat(record(accepted(sighting("Agent-1", 0, NOON), 1, "a"))).isInstanceOf(RecordOutcome.Recorded.class);
    }

    @Test
    void outcomesStandInTheOrderOfTheChanges() {
        List<RecordOutcome> outcomes = store.record(List.of(
                accepted(sighting("Agent-1", 0, NOON), 1),
                accepted(sighting("Agent-2", 5, NOON), 2),
                refused(sighting("Agent-3", 0, NOON), "{")));

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
        assertThat(passageRow("stays").embedded()).isTrue();
        assertThat(passageRow("stays").revision()).isEqualTo(revision);
        assertThat(passageRow("comes").embedded()).isFalse();
    }

    @Test
    void passageTextsSurviveExactly() {
        String odd = "\"quoted\" back\\slash tab\t nul\u0000 emoji \ud83d\ude00 'apostrophe' [1,{\"a\":2}] \u2028";
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
        RejectedDocument rejected = queryOf(store).rejected().getFirst();
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

        assertThat(queryOf(store).rejected()).isEmpty();
        assertThat(store.standing(AGENT).orElseThrow().rejectedSha256()).isNull();
    }

    @Test
    void anAgentThatWasOnlyEverRejectedHasAnEntryWithoutColumns() {
        record(refused(next(NOON), "{"));

        RollEntry entry = queryOf(store).find(AGENT).orElseThrow();

        assertThat(entry).isEqualTo(new RollEntry(AGENT, StatusColumns.NONE, 0, Presence.PRESENT, null, NOON));
        assertThat(queryOf(store).list()).containsExactly(entry);
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

        assertThat(queryOf(store).find(AGENT).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void columnsReadByOtherRulesAreWrittenToRowAndHead() {
        record(accepted(next(NOON), 1, "tidy"));
        StatusColumns other = columns(Map.of(StatusField.STATE, "IDLE", StatusField.AGENT_NAME, "Janitor"));

        record(accepted(next(LATER), document(1, "tidy"), other, "tidy", "new kind"));

        StoredAgent stored = store.stored(AGENT).orElseThrow();
        assertThat(stored.row()).containsEntry("state", "IDLE").containsEntry("agent_name", "Janitor");
        assertThat(stored.row()).containsEntry("cycle_count", null);
        assertThat(stored.head().orElseThrow().columns()).containsEntry("state", "IDLE");
        assertThat(passageTexts()).containsExactly("new kind", "tidy");
        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void aRevisionIsNeverObservedBeforeTheLatestOne() {
        record(accepted(next(LATER), 1));
        record(accepted(next(NOON), 2));

        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);
        assertThat(history).extracting(row -> row.columns().get("cycle_count")).containsExactly("1", "2");
        assertThat(history.getLast().columns()).containsEntry("observed_at", "2025-10-15T12:01:00.000000Z");
    }

    @Test
    void everyVersionComesBackByteForByte() {
        for (int cycle = 1; cycle <= 40; cycle++) {
            record(accepted(next(NOON.plusSeconds(cycle)), cycle, "task " + cycle, "task " + cycle / 2));
        }

        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);
        assertThat(history).hasSize(40);
        for (int cycle = 1; cycle <= 40; cycle++) {
            assertThat(bytesOf(history.get(cycle - 1).revision()))
                    .isEqualTo(document(cycle, "task " + cycle, "task " + cycle / 2)
                            .bytes());
        }
    }

    @Test
    void aDocumentInUtf16ComesBackInUtf16AndReadsAsText() {
        StatusDocument first = UnparsedDocuments.inUtf16("{\"status\": \"ACTIVE \u00e9\"}");
        StatusDocument second = UnparsedDocuments.inUtf16("{\"status\": \"IDLE \u00e9\"}");
        record(accepted(next(NOON), first, columns(1)));
        record(accepted(next(LATER), second, columns(2)));

        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);
        assertThat(bytesOf(history.get(0).revision())).isEqualTo(first.bytes());
        assertThat(bytesOf(history.get(1).revision())).isEqualTo(second.bytes());
        assertThat(queryOf(store).currentDocument(AGENT)).contains("{\"status\": \"IDLE \u00e9\"}");
    }

    @Test
    void documentsOfTwoBytesHaveAHistoryToo() {
        record(accepted(next(NOON), UnparsedDocuments.of("{}"), columns(1)));
        record(accepted(next(LATER), UnparsedDocuments.of("{ }"), columns(1)));

        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);
        assertThat(bytesOf(history.get(0).revision()))
                .isEqualTo("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(bytesOf(history.get(1).revision()))
                .isEqualTo("{ }".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aDocumentThatCanNotBeGivenBackIsDamagedAndNeverOtherBytes() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);

        sql("UPDATE status_history SET document = x'00' WHERE revision = "
                + history.get(0).revision());

        assertThat(store.document(AGENT, history.get(0).revision())).isInstanceOf(StoredDocument.Damaged.class);
        assertThat(store.document(AGENT, history.get(1).revision())).isInstanceOf(StoredDocument.Damaged.class);
    }

    @Test
    void aVersionWhoseDigestDoesNotFitIsDamaged() {
        record(accepted(next(NOON), 1, "one"));
        sql("UPDATE status_history SET content_sha256 = 'edited'");

        assertThat(store.document(AGENT, store.storedHistory(AGENT).getFirst().revision()))
                .isEqualTo(new StoredDocument.Damaged("its bytes have another SHA-256 than was recorded"));
    }

    @Test
    void aVersionThatBuildsOnAnErasedOneIsDamaged() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        long first = store.storedHistory(AGENT).getFirst().revision();
        sql("DELETE FROM status_history WHERE revision = " + first);

        assertThat(store.document(AGENT, store.storedHistory(AGENT).getFirst().revision()))
                .isEqualTo(new StoredDocument.Damaged("revision " + first + ", which it builds on, is missing"));
    }

    @Test
    void everythingMendsARowThatAHandHasEdited() {
        RollChange.Accepted change = accepted(next(NOON), 1, "tidy");
        record(change);
        StoredAgent good = store.stored(AGENT).orElseThrow();
        sql("UPDATE agent_workspaces SET status = 'x', last_updated = 'x', current_focus = 'x', cycle_count = 'x',"
                + " points_earned = 'x', current_mission = 'x', last_updated_raw = 'x', state = 'x', agent_name = 'x',"
                + " current_phase = 'x', mission_priority = 'x', fsm_state = 'x', blockers = 'x', findings = 'x',"
                + " revision = 99, content_sha256 = 'x', presence = 'LEFT', left_at = 'x', source_path = 'x',"
                + " source_modified_at = 'x', synced_at = 'x', last_activity_at = 'x', document = '{}'");

        record(forced(accepted(next(NOON), 1, "tidy")));

        assertThat(store.stored(AGENT).orElseThrow().row()).isEqualTo(good.row());
        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void aRowThatAHandHasErasedComesBackWithTheSameBytes() {
        record(accepted(next(NOON), 1, "tidy"));
        record(accepted(next(LATER), 2, "tidy"));
        StoredAgent good = store.stored(AGENT).orElseThrow();
        sql("DELETE FROM agent_workspaces");

        record(accepted(next(LATER), 2, "tidy"));

        assertThat(store.stored(AGENT).orElseThrow().row()).isEqualTo(good.row());
    }

    @Test
    void everythingMendsPassagesAndKeepsTheVectorsOfIntactOnes() {
        record(accepted(next(NOON), 1, "intact", "edited", "erased"));
        embed("intact");
        embed("edited");
        sql("UPDATE agent_status SET text = 'forged' WHERE text = 'edited'");
        sql("DELETE FROM agent_status WHERE text = 'erased'");
        sql("INSERT INTO agent_status (swarm, agent_id, passage, field, text, text_sha256)"
                + " VALUES ('default', 'Agent-7', 'role:0', 'role', 'extra', '0')");

        record(forced(accepted(next(NOON), 1, "intact", "edited", "erased")));

        assertThat(passageTexts()).containsExactly("edited", "erased", "intact");
        assertThat(passageRow("intact").embedded()).isTrue();
        assertThat(passageRow("edited").embedded()).isFalse();
    }

    @Test
    void everythingMendsTheHistoryHead() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        StoredAgent.HistoryRow good = store.storedHistory(AGENT).getLast();
        sql("UPDATE status_history SET status = 'x', last_updated = 'x', state = 'x', cycle_count = 7,"
                + " points_earned = 7, current_mission = 'x', current_focus = 'x', fsm_state = 'x', content_sha256 = 'x'"
                + " WHERE revision = " + good.revision());

        record(forced(accepted(next(LATER), 2, "two")));

        assertThat(store.storedHistory(AGENT).getLast()).isEqualTo(good);
        assertThat(bytesOf(good.revision())).isEqualTo(document(2, "two").bytes());
    }

    @Test
    void everythingMendsTheHeadsDocument() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        long head = store.storedHistory(AGENT).getLast().revision();
        sql("UPDATE status_history SET document = x'00' WHERE revision = " + head);

        record(forced(accepted(next(LATER), 2, "two")));

        assertThat(bytesOf(head)).isEqualTo(document(2, "two").bytes());
        assertThat(store.storedHistory(AGENT)).hasSize(2);
    }

    @Test
    void aForgedNewerVersionIsFollowedByTheFilesOwn() {
        record(accepted(next(NOON), 1, "one"));
        sql("INSERT INTO status_history (swarm, agent_id, observed_at, content_sha256, encoding, delta_depth, document)"
                + " VALUES ('default', 'Agent-7', '2025-10-15T13:00:00.000000Z', 'forged', 'zstd', 0, x'00')");

        assertThat(record(forced(accepted(next(LATER), 1, "one")))).isInstanceOf(RecordOutcome.Recorded.class);

        StoredAgent stored = store.stored(AGENT).orElseThrow();
        StoredAgent.HistoryRow head = stored.head().orElseThrow();
        assertThat(head.columns())
                .containsEntry("content_sha256", document(1, "one").sha256());
        assertThat(stored.row()).containsEntry("revision", Long.toString(head.revision()));
        assertThat(bytesOf(head.revision())).isEqualTo(document(1, "one").bytes());
    }

    @Test
    void anAgentWhoseHistoryIsGoneGetsANewRevision() {
        record(accepted(next(NOON), 1, "one"));
        sql("DELETE FROM status_history");

        RecordOutcome outcome = record(accepted(next(LATER), 1, "one"));

        assertThat(outcome).isEqualTo(new RecordOutcome.Recorded(2));
        assertThat(bytesOf(2)).isEqualTo(document(1, "one").bytes());
    }

    @Test
    void repairHistoryWritesTheColumnsOfOlderVersions() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        List<StoredAgent.HistoryRow> good = store.storedHistory(AGENT);
        sql("UPDATE status_history SET status = 'x', cycle_count = NULL, points_earned = 'x'");

        store.repairHistory(
                AGENT, Map.of(good.get(0).revision(), columns(1), good.get(1).revision(), columns(2), 99L, columns(3)));

        assertThat(store.storedHistory(AGENT)).isEqualTo(good);
    }

    @Test
    void anotherSwarmInTheSameDatabaseIsAnotherRoll() {
        record(accepted(next(NOON), 1, "one"));
        try (RollStore other = open(new SwarmName("night-shift"))) {
            assertThat(other.standings()).isEmpty();
            assertThat(other.document(AGENT, 1)).isInstanceOf(StoredDocument.Damaged.class);
            other.record(List.of(accepted(sighting("Agent-7", 0, NOON), 5, "five")));
        }
        assertThat(store.stored(AGENT).orElseThrow().row()).containsEntry("cycle_count", "1");
        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void whatIsRecordedIsThereForTheNextToOpen() {
        record(accepted(next(NOON), 1, "one"));
        StoredAgent stored = store.stored(AGENT).orElseThrow();
        try (RollStore second = open(SwarmName.DEFAULT)) {
            assertThat(second.stored(AGENT)).contains(stored);
        }
    }

    @Test
    void atFirstSightTheOlderOfFileTimeAndPlausibleClaimIsTheLastActivity() {
        record(accepted(next(NOON), 1));
        assertThat(queryOf(store).find(AGENT).orElseThrow().lastActivityAt())
                .isEqualTo(Instant.parse("2025-10-15T11:58:00Z"));

        AgentId dreamer = new AgentId("Dreamer");
        record(accepted(
                sighting("Dreamer", 0, NOON),
                document(1),
                columns(Map.of(StatusField.LAST_UPDATED, "1970-01-01T00:00:00Z"))));
        assertThat(queryOf(store).find(dreamer).orElseThrow().lastActivityAt()).isEqualTo(NOON);
    }

    @Test
    void afterTheFirstRecordTheRollsOwnSeeingIsTheLastActivity() {
        record(accepted(next(NOON), 1));
        record(accepted(next(LATER), 2));

        assertThat(queryOf(store).find(AGENT).orElseThrow().lastActivityAt()).isEqualTo(LATER);
    }

    @Test
    void theListIsInTheOrderOfIdsAndHoldsThoseThatLeft() {
        store.record(List.of(
                accepted(sighting("b", 0, NOON), 1),
                refused(sighting("a", 0, NOON), "{"),
                accepted(sighting("c", 0, NOON), 3)));
        record(new RollChange.Departed(sighting("c", 1, LATER)));

        assertThat(queryOf(store).list())
                .extracting(entry -> entry.agent().value(), RollEntry::presence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", Presence.PRESENT),
                        org.assertj.core.groups.Tuple.tuple("b", Presence.PRESENT),
                        org.assertj.core.groups.Tuple.tuple("c", Presence.LEFT));
    }

    @Test
    void historyTellsTheVersionsOldestFirst() {
        RollChange.Accepted first = accepted(next(NOON), 1, "one");
        record(first);
        record(accepted(next(LATER), 2, "two"));

        List<Revision> history = queryOf(store).history(AGENT);

        assertThat(history)
                .extracting(revision -> revision.columns().cycleCount().orElseThrow())
                .containsExactly(1L, 2L);
        assertThat(history.getFirst().contentSha256())
                .isEqualTo(first.document().sha256());
        assertThat(history.getFirst().observedAt()).isEqualTo(NOON);
        assertThat(history.getFirst().origin()).isEqualTo("sync");
        assertThat(queryOf(store).history(new AgentId("nobody"))).isEmpty();
    }

    @Test
    void aValueThatAHandMadeUnreadableCountsAsAbsentForThoseWhoAsk() {
        record(accepted(next(NOON), 1));
        sql(
                "UPDATE agent_workspaces SET cycle_count = 'many', points_earned = 'x', state = 'BUSY', last_updated = 'now'");

        StatusColumns columns = queryOf(store).list().getFirst().columns();

        assertThat(columns.cycleCount()).isEmpty();
        assertThat(columns.pointsEarned()).isEmpty();
        assertThat(columns.text(StatusField.STATE)).isEmpty();
        assertThat(columns.lastUpdated()).isEmpty();
        assertThat(columns.text(StatusField.STATUS)).contains("ACTIVE");
    }

    @Test
    void numbersOfAnySizeComeBackExactly() {
        for (String points : List.of(
                "0",
                "-3",
                "0.1",
                "1250.5",
                "9223372036854775807",
                "12345678901234567890.125",
                "1000000000000000000000")) {
            record(accepted(
                    next(NOON),
                    UnparsedDocuments.of("{\"points_earned\": " + points + "}"),
                    columns(Map.of(
                            StatusField.POINTS_EARNED, points, StatusField.CYCLE_COUNT, "9223372036854775807"))));
            StoredAgent stored = store.stored(AGENT).orElseThrow();
            assertThat(stored.row()).containsEntry("points_earned", points);
            assertThat(stored.row()).containsEntry("cycle_count", "9223372036854775807");
            assertThat(stored.head().orElseThrow().columns()).containsEntry("points_earned", points);
        }
    }

    @Test
    void ofARejectedFileAtMost64KiBAreKept() {
        record(refused(next(NOON), "x".repeat(200_000)));

        assertThat(queryOf(store).rejected()).hasSize(1);
        assertThat(keptBytesOfRejected()).isEqualTo(64 << 10);
    }

    /** length(bytes) of the one rejected document. */
    protected abstract long keptBytesOfRejected();
}
