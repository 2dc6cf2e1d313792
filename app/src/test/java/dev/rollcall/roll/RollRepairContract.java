package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.forced;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link RollStore} promises about tables that a hand has edited, and about rules that changed. A backend only subclasses this. */
public abstract class RollRepairContract extends RollStoreSetup {
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
    void everythingMendsARowThatAHandHasEdited() {
        RollChange.Accepted change = accepted(next(NOON), 1, "tidy");
        record(change);
        StoredAgent good = store.stored(AGENT).orElseThrow();
        backend.isTaken("UPDATE agent_workspaces SET cycle_count = 'x', points_earned = 'x'");
        backend.sql("UPDATE agent_workspaces SET status = 'x', last_updated = 'x', current_focus = 'x',"
                + " current_mission = 'x', last_updated_raw = 'x', state = 'x', agent_name = 'x',"
                + " current_phase = 'x', mission_priority = 'x', fsm_state = 'x', blockers = 'x', findings = 'x',"
                + " revision = 99, content_sha256 = 'x', presence = 'LEFT', left_at = 'x', source_path = 'x',"
                + " source_modified_at = 'x', synced_at = 'x', last_activity_at = 'x', document = '{}'");

        record(forced(accepted(next(NOON), 1, "tidy")));

        assertThat(store.stored(AGENT).orElseThrow().row()).isEqualTo(good.row());
        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void whatIsKnownOfEverybodySurvivesAnyCellThatAHandHasEdited() {
        record(accepted(next(NOON), 1, "tidy"));
        backend.sql("UPDATE agent_readings SET presence = 'x', stamp = '\u001ex\u001f'");
        boolean isAnyNumber = backend.isTaken("UPDATE agent_readings SET reading = 'x', findings = 1e30");

        Standing standing = store.standings().get(AGENT);

        long reading = isAnyNumber ? 0 : 1;
        int findings = isAnyNumber ? Integer.MAX_VALUE : standing.findings();
        assertThat(standing).isEqualTo(new Standing(AGENT, reading, "\u001ex\u001f", null, Presence.PRESENT, findings));
    }

    @Test
    void erasedRowsAndErasedReadingsAreKnownOfEverybody() {
        for (String agent : List.of("Agent-1", "Agent-2", "Agent-3")) {
            record(accepted(sighting(agent, 0, NOON), 1, "tidy"));
        }
        backend.sql("DELETE FROM agent_workspaces WHERE agent_id IN ('Agent-1', 'Agent-3')");
        backend.sql("DELETE FROM agent_readings WHERE agent_id = 'Agent-2'");

        Map<AgentId, Standing> standings = store.standings();

        assertThat(standings).hasSize(3);
        standings.forEach((agent, standing) -> assertThat(store.standing(agent)).contains(standing));
        assertThat(standings.get(new AgentId("Agent-1")).presence()).isNull();
        assertThat(standings.get(new AgentId("Agent-2")))
                .isEqualTo(new Standing(new AgentId("Agent-2"), Standing.NEVER_READ, "", null, Presence.PRESENT, 0));
    }

    @Test
    void aRowThatAHandHasErasedComesBackWithTheSameBytes() {
        record(accepted(next(NOON), 1, "tidy"));
        record(accepted(next(LATER), 2, "tidy"));
        StoredAgent good = store.stored(AGENT).orElseThrow();
        backend.sql("DELETE FROM agent_workspaces");

        record(accepted(next(LATER), 2, "tidy"));

        assertThat(store.stored(AGENT).orElseThrow().row()).isEqualTo(good.row());
    }

    @Test
    void everythingMendsPassagesAndKeepsTheVectorsOfIntactOnes() {
        record(accepted(next(NOON), 1, "intact", "edited", "erased"));
        embed("intact");
        embed("edited");
        backend.sql("UPDATE agent_status SET text = 'forged' WHERE text = 'edited'");
        backend.sql("DELETE FROM agent_status WHERE text = 'erased'");
        backend.sql("INSERT INTO agent_status (swarm, agent_id, passage, field, text, text_sha256)"
                + " VALUES ('default', 'Agent-7', 'role:0', 'role', 'extra', '0')");

        record(forced(accepted(next(NOON), 1, "intact", "edited", "erased")));

        assertThat(passageTexts()).containsExactly("edited", "erased", "intact");
        assertThat(passageRow("intact").vector()).isEqualTo(StoredAgent.Vector.FITTING);
        assertThat(passageRow("edited").vector()).isEqualTo(StoredAgent.Vector.QUEUED);
    }

    @Test
    void everythingMendsTheHistoryHead() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        StoredAgent.HistoryRow good = store.storedHistory(AGENT).getLast();
        backend.sql("UPDATE status_history SET status = 'x', last_updated = 'x', state = 'x', cycle_count = 7,"
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
        backend.sql("UPDATE status_history SET document = x'00' WHERE revision = " + head);

        record(forced(accepted(next(LATER), 2, "two")));

        assertThat(bytesOf(head)).isEqualTo(document(2, "two").bytes());
        assertThat(store.storedHistory(AGENT)).hasSize(2);
    }

    @Test
    void aForgedNewerVersionIsFollowedByTheFilesOwn() {
        record(accepted(next(NOON), 1, "one"));
        backend.sql(
                "INSERT INTO status_history (revision, swarm, agent_id, observed_at, content_sha256, encoding, delta_depth, document)"
                        + " VALUES (2, 'default', 'Agent-7', '2025-10-15T13:00:00.000000Z', 'forged', 'zstd', 0, x'00')");

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
        backend.sql("DELETE FROM status_history");

        RecordOutcome outcome = record(accepted(next(LATER), 1, "one"));

        assertThat(outcome).isEqualTo(new RecordOutcome.Recorded(2));
        assertThat(bytesOf(2)).isEqualTo(document(1, "one").bytes());
    }

    @Test
    void everyVersionIsSealed() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));

        assertThat(store.storedHistory(AGENT))
                .allSatisfy(row -> assertThat(row.columns())
                        .containsAllEntriesOf(row.seal().orElseThrow().columns()));
        assertThat(store.stored(AGENT).orElseThrow().unsealed()).isEmpty();
    }

    @Test
    void repairHistoryPutsBackWhatSealsTell() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        List<StoredAgent.HistoryRow> good = store.storedHistory(AGENT);
        backend.sql("UPDATE status_history SET observed_at = 'x', source_modified_at = NULL, origin = NULL,"
                + " content_sha256 = NULL");

        store.repairHistory(AGENT, Map.of());

        assertThat(store.storedHistory(AGENT)).isEqualTo(good);
    }

    @Test
    void anEditedDigestDoesNotHideADocumentAndASwappedDocumentIsDamaged() {
        record(accepted(next(NOON), 1, "one"));
        backend.sql("UPDATE status_history SET content_sha256 = 'x'");
        long revision = store.storedHistory(AGENT).getFirst().revision();
        assertThat(bytesOf(revision)).isEqualTo(document(1, "one").bytes());

        record(accepted(next(LATER), 2, "two"));
        backend.sql("UPDATE status_history SET (document, content_sha256, encoding) ="
                + " (SELECT o.document, o.content_sha256, o.encoding FROM status_history o ORDER BY revision LIMIT 1)");

        assertThat(store.document(AGENT, revision)).isInstanceOf(StoredDocument.Intact.class);
        assertThat(store.document(AGENT, revision + 1)).isInstanceOf(StoredDocument.Damaged.class);
    }

    @Test
    void theHeadIsToldBySealsAndNotByEditedTimes() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        long head = store.storedHistory(AGENT).getLast().revision();
        backend.sql("UPDATE status_history SET observed_at = '2031-01-01T00:00:00.000000Z' WHERE revision < " + head);

        StoredAgent stored = store.stored(AGENT).orElseThrow();
        assertThat(stored.head().orElseThrow().revision()).isEqualTo(head);
        assertThat(stored.unsealed()).hasSize(1);

        assertThat(record(forced(accepted(next(LATER), 2, "two")))).isEqualTo(new RecordOutcome.Noted(head));
        assertThat(store.stored(AGENT).orElseThrow().unsealed()).isEmpty();
    }

    @Test
    void anEditedHeadIsStillTheVersionItWasRecordedAs() {
        record(accepted(next(NOON), 1, "one"));
        backend.sql("UPDATE status_history SET content_sha256 = 'x'");

        assertThat(record(accepted(next(LATER), 1, "one"))).isInstanceOf(RecordOutcome.Noted.class);
        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void everythingSealsTheHeadAnewAndLeavesOlderSealsAsTheyAre() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        List<StoredAgent.HistoryRow> good = store.storedHistory(AGENT);
        backend.sql("UPDATE status_history SET seal = 'x'");

        record(forced(accepted(next(LATER.plusSeconds(9)), 2, "two")));

        assertThat(store.storedHistory(AGENT).getLast()).isEqualTo(good.getLast());
        assertThat(store.storedHistory(AGENT).getFirst().seal()).isEmpty();
    }

    @Test
    void repairHistoryWritesTheColumnsOfOlderVersions() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        List<StoredAgent.HistoryRow> good = store.storedHistory(AGENT);
        backend.sql("UPDATE status_history SET status = 'x', cycle_count = NULL, points_earned = -1");

        store.repairHistory(
                AGENT, Map.of(good.get(0).revision(), columns(1), good.get(1).revision(), columns(2), 99L, columns(3)));

        assertThat(store.storedHistory(AGENT)).isEqualTo(good);
    }
}
