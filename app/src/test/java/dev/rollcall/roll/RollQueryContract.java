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
import java.time.Duration;
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
    void theLatestVersionsAreAtMostSoManyOldestFirst() {
        for (int cycle = 1; cycle <= 5; cycle++) {
            record(accepted(next(NOON.plusSeconds(cycle)), cycle));
        }
        record(accepted(sighting("other", 0, NOON), 9));

        List<Revision> all = query().history(AGENT);

        assertThat(query().latest(AGENT, 3)).isEqualTo(all.subList(2, 5));
        assertThat(query().latest(AGENT, 9)).isEqualTo(all);
        assertThat(query().latest(new AgentId("nobody"), 3)).isEmpty();
        assertThat(query().latest(3))
                .containsOnlyKeys(AGENT, new AgentId("other"))
                .containsEntry(AGENT, all.subList(2, 5))
                .containsEntry(new AgentId("other"), query().history(new AgentId("other")));
    }

    @Test
    void theLatestAreThoseThatWereObservedLast() {
        for (int cycle = 1; cycle <= 3; cycle++) {
            record(accepted(next(NOON.plusSeconds(cycle)), cycle));
        }
        backend.sql("UPDATE status_history SET observed_at = '2031-01-01T00:00:00.000000Z' WHERE cycle_count = 1");

        assertThat(query().latest(AGENT, 2))
                .isEqualTo(query().latest(2).get(AGENT))
                .extracting(revision -> revision.columns().cycleCount().orElseThrow())
                .containsExactly(3L, 1L);
    }

    @Test
    void aVersionTellsTheSizeOfItsDocument() {
        RollChange.Accepted first = accepted(next(NOON), 1, "one", "two", "x".repeat(3000));
        record(first);
        RollChange.Accepted second = accepted(next(LATER), 2, "one");
        record(second);

        assertThat(query().latest(AGENT, 2))
                .extracting(Revision::bytes)
                .containsExactly((long) first.content().bytes().length, (long)
                        second.content().bytes().length);
        backend.sql("UPDATE status_history SET document = x'00'");
        assertThat(query().history(AGENT)).extracting(Revision::bytes).containsExactly(null, null);
    }

    @Test
    void theCadenceOfAnAgentIsThatOfItsLatestVersions() {
        AgentId other = new AgentId("other");
        for (int report = 0; report < 4; report++) {
            record(accepted(next(NOON.plusSeconds(2400L * report)), report));
            record(accepted(
                    sighting(
                            "other",
                            store.standing(other).map(Standing::reading).orElse(0L),
                            NOON.plusSeconds(report)),
                    report));
        }
        record(accepted(sighting("new", 0, NOON), 9));

        assertThat(query().cadence(AGENT)).contains(Duration.ofMinutes(40));
        assertThat(query().cadence(new AgentId("new"))).isEmpty();
        assertThat(query().cadence(new AgentId("nobody"))).isEmpty();
        assertThat(query().cadences())
                .containsOnly(Map.entry(AGENT, Duration.ofMinutes(40)), Map.entry(other, Duration.ofSeconds(1)));
    }

    @Test
    void aVersionWhoseTimeAHandMadeUnreadableIsLeftOutOfLatestAndCadence() {
        for (int report = 0; report < 5; report++) {
            record(accepted(next(NOON.plusSeconds(60L * report)), report));
        }
        backend.sql("UPDATE status_history SET observed_at = 'soon, or later' WHERE cycle_count = 4");

        assertThat(query().latest(AGENT, 9)).hasSize(4);
        assertThat(query().latest(9).get(AGENT)).hasSize(4);
        assertThat(query().cadence(AGENT)).contains(Duration.ofMinutes(1));
        assertThat(query().cadences()).containsEntry(AGENT, Duration.ofMinutes(1));
    }

    @Test
    void aValueThatAHandMadeUnreadableCountsAsAbsentForThoseWhoAsk() {
        record(accepted(next(NOON), 1));
        backend.sql("UPDATE agent_workspaces SET state = 'BUSY', last_updated = 'now'");
        boolean isAnyNumber = backend.isTaken("UPDATE agent_workspaces SET cycle_count = 'many', points_earned = 'x'");

        StatusColumns columns = query().list().getFirst().columns();

        assertThat(columns.cycleCount().isEmpty()).isEqualTo(isAnyNumber);
        assertThat(columns.pointsEarned().isEmpty()).isEqualTo(isAnyNumber);
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
