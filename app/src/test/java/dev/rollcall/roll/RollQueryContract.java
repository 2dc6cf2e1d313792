package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollStore.Durability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link RollQuery} promises, sentence by sentence. A backend only subclasses this. */
public abstract class RollQueryContract extends RollStoreSetup {
    @Test
    void anAgentThatWasOnlyEverRejectedHasAnEntryWithoutColumns() {
        record(refused(next(NOON), "{"));

        RollEntry entry = query().find(AGENT).orElseThrow();

        assertThat(entry).isEqualTo(new RollEntry(AGENT, StatusColumns.NONE, 0, Presence.PRESENT, null, NOON));
        assertThat(query().list()).containsExactly(entry);
    }

    @Test
    void atFirstSightTheOlderOfFileTimeAndPlausibleClaimIsTheLastActivity() {
        record(accepted(next(NOON), 1));
        assertThat(query().find(AGENT).orElseThrow().lastActivityAt()).isEqualTo(Instant.parse("2025-10-15T11:58:00Z"));

        AgentId dreamer = new AgentId("Dreamer");
        record(accepted(
                sighting("Dreamer", 0, NOON),
                document(1),
                columns(Map.of(StatusField.LAST_UPDATED, "1970-01-01T00:00:00Z"))));
        assertThat(query().find(dreamer).orElseThrow().lastActivityAt()).isEqualTo(NOON);
    }

    @Test
    void afterTheFirstRecordTheRollsOwnSeeingIsTheLastActivity() {
        record(accepted(next(NOON), 1));
        record(accepted(next(LATER), 2));

        assertThat(query().find(AGENT).orElseThrow().lastActivityAt()).isEqualTo(LATER);
    }

    @Test
    void theListIsInTheOrderOfIdsAndHoldsThoseThatLeft() {
        store.record(
                List.of(
                        accepted(sighting("b", 0, NOON), 1),
                        refused(sighting("a", 0, NOON), "{"),
                        accepted(sighting("c", 0, NOON), 3)),
                Durability.AT_ONCE);
        record(new RollChange.Departed(sighting("c", 1, LATER)));

        assertThat(query().list())
                .extracting(entry -> entry.agent().value(), RollEntry::presence)
                .containsExactly(tuple("a", Presence.PRESENT), tuple("b", Presence.PRESENT), tuple("c", Presence.LEFT));
    }

    @Test
    void historyTellsTheVersionsOldestFirst() {
        RollChange.Accepted first = accepted(next(NOON), 1, "one");
        record(first);
        record(accepted(next(LATER), 2, "two"));

        List<Revision> history = query().history(AGENT);

        assertThat(history)
                .extracting(revision -> revision.columns().cycleCount().orElseThrow())
                .containsExactly(1L, 2L);
        assertThat(history.getFirst().contentSha256()).isEqualTo(first.content().sha256());
        assertThat(history.getFirst().observedAt()).isEqualTo(NOON);
        assertThat(history.getFirst().origin()).isEqualTo("sync");
        assertThat(query().history(new AgentId("nobody"))).isEmpty();
    }

    @Test
    void aValueThatAHandMadeUnreadableCountsAsAbsentForThoseWhoAsk() {
        record(accepted(next(NOON), 1));
        backend.sql(
                "UPDATE agent_workspaces SET cycle_count = 'many', points_earned = 'x', state = 'BUSY', last_updated = 'now'");

        StatusColumns columns = query().list().getFirst().columns();

        assertThat(columns.cycleCount()).isEmpty();
        assertThat(columns.pointsEarned()).isEmpty();
        assertThat(columns.text(StatusField.STATE)).isEmpty();
        assertThat(columns.lastUpdated()).isEmpty();
        assertThat(columns.text(StatusField.STATUS)).contains("ACTIVE");
    }

    @Test
    void ofARejectedFileAtMost64KiBAreKept() {
        record(refused(next(NOON), "x".repeat(200_000)));

        assertThat(query().rejected()).hasSize(1);
        assertThat(backend.numberOf("SELECT length(bytes) FROM rejected_documents"))
                .isEqualTo(64 << 10);
    }
}
