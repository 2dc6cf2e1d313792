package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see who open the database with a shell. */
class ViewsTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("roll.db");
    }

    @BeforeEach
    void fill() {
        try (SqlStore store = SqlStore.open(file().toString(), SwarmName.DEFAULT, Duration.ofSeconds(5))) {
            store.record(
                    List.of(
                            version(sighting("Agent-1", 0, NOON), "ACTIVE", "5", "10.5"),
                            version(sighting("Agent-2", 0, NOON), "BLOCKED", "1", "2"),
                            refused(sighting("Agent-3", 0, NOON), "{")),
                    Durability.AT_ONCE);
            store.record(
                    List.of(
                            version(sighting("Agent-1", 1, NOON.plusSeconds(90)), "BLOCKED", "7", "11"),
                            new RollChange.Departed(sighting("Agent-2", 1, NOON.plusSeconds(90)))),
                    Durability.AT_ONCE);
            store.record(
                    List.of(version(sighting("Agent-1", 2, NOON.plusSeconds(86400)), "IDLE", "6", "20")),
                    Durability.AT_ONCE);
        }
    }

    private static RollChange version(Sighting sighting, String state, String cycles, String points) {
        return accepted(
                sighting,
                document((int) sighting.expectedReading(), sighting.agent().value()),
                columns(Map.of(
                        StatusField.STATE, state,
                        StatusField.STATUS, state + " now",
                        StatusField.CYCLE_COUNT, cycles,
                        StatusField.POINTS_EARNED, points)));
    }

    @Test
    void theOverviewCountsAgentsStatesAndPoints() {
        assertThat(HandEdits.query(
                        file(),
                        "SELECT swarm, agents, present, \"left\", rejected, active, idle, waiting, blocked, complete,"
                                + " error, offline, unknown, total_points, last_synced_at FROM swarm_overview"))
                .containsExactly("default|2|1|1|1|0|1|0|0|0|0|0|0|22|2025-10-16T12:00:00.000000Z");
    }

    @Test
    void stateIntervalsLastUntilTheNextRevision() {
        assertThat(HandEdits.query(
                        file(),
                        "SELECT agent_id, state, status, started_at, ended_at, seconds FROM agent_state_intervals"
                                + " WHERE agent_id = 'Agent-1' ORDER BY started_at"))
                .containsExactly(
                        "Agent-1|ACTIVE|ACTIVE now|2025-10-15T12:00:00.000000Z|2025-10-15T12:01:30.000000Z|90.0",
                        "Agent-1|BLOCKED|BLOCKED now|2025-10-15T12:01:30.000000Z|2025-10-16T12:00:00.000000Z|86310.0",
                        "Agent-1|IDLE|IDLE now|2025-10-16T12:00:00.000000Z||");
    }

    @Test
    void dailyActivityCountsWhatWasGained() {
        assertThat(HandEdits.query(
                        file(),
                        "SELECT agent_id, day, revisions, cycles_gained, points_gained, first_observed_at,"
                                + " last_observed_at FROM agent_daily_activity ORDER BY agent_id, day"))
                .containsExactly(
                        "Agent-1|2025-10-15|2|2|0.5|2025-10-15T12:00:00.000000Z|2025-10-15T12:01:30.000000Z",
                        "Agent-1|2025-10-16|1|0|9|2025-10-16T12:00:00.000000Z|2025-10-16T12:00:00.000000Z",
                        "Agent-2|2025-10-15|1|0|0|2025-10-15T12:00:00.000000Z|2025-10-15T12:00:00.000000Z");
    }

    @Test
    void aVersionBesideTheLineIsInNoView() {
        HandEdits.run(
                file(),
                "UPDATE status_history SET origin = 'git-branch:' || hex(zeroblob(20)), cycle_count = 99"
                        + " WHERE agent_id = 'Agent-1' AND observed_at LIKE '2025-10-15T12:01%'");

        assertThat(rows("SELECT day, revisions, cycles_gained, points_gained FROM agent_daily_activity"
                        + " WHERE agent_id = 'Agent-1' ORDER BY day"))
                .containsExactly("2025-10-15|1|0|0", "2025-10-16|1|1|9.5");
        assertThat(rows("SELECT state, seconds FROM agent_state_intervals WHERE agent_id = 'Agent-1'"
                        + " ORDER BY started_at"))
                .containsExactly("ACTIVE|86400.0", "IDLE|");
        assertThat(rows("SELECT intervals FROM agent_cadence WHERE agent_id = 'Agent-1'"))
                .containsExactly("1");
    }

    private List<String> rows(String query) {
        return HandEdits.query(file(), query);
    }

    private void gap(String agent, String kind, String from, String until) {
        HandEdits.run(
                file(),
                "INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, ended_at) VALUES ('default', '" + agent
                        + "', '" + kind + "', '" + from + "', " + (until.isEmpty() ? "NULL" : "'" + until + "'") + ")");
    }

    @Test
    void stateIntervalsEndWhereAGapBeginsAndBeginAnewAfterIt() {
        gap("Agent-1", "REJECTED", "2025-10-15T18:00:00.000000Z", "2025-10-15T20:00:00.000000Z");
        gap("Agent-1", "PRUNED", "2025-10-15T19:00:00.000000Z", "2025-10-15T21:00:00.000000Z");
        gap("Agent-1", "LEFT", "2025-10-17T00:00:00.000000Z", "");

        assertThat(rows("SELECT state, started_at, ended_at, seconds FROM agent_state_intervals"
                        + " WHERE agent_id = 'Agent-1' ORDER BY started_at"))
                .containsExactly(
                        "ACTIVE|2025-10-15T12:00:00.000000Z|2025-10-15T12:01:30.000000Z|90.0",
                        "BLOCKED|2025-10-15T12:01:30.000000Z|2025-10-15T18:00:00.000000Z|21510.0",
                        "BLOCKED|2025-10-15T21:00:00.000000Z|2025-10-16T12:00:00.000000Z|54000.0",
                        "IDLE|2025-10-16T12:00:00.000000Z|2025-10-17T00:00:00.000000Z|43200.0");
        assertThat(rows("SELECT state, seconds, intervals FROM agent_time_in_state WHERE agent_id = 'Agent-1'"
                        + " ORDER BY state"))
                .containsExactly("ACTIVE|90.0|1", "BLOCKED|75510.0|2", "IDLE|43200.0|1");
        assertThat(rows("SELECT started_at, ended_at, seconds FROM agent_blocked_stretches WHERE agent_id = 'Agent-1'"
                        + " ORDER BY started_at"))
                .containsExactly(
                        "2025-10-15T12:01:30.000000Z|2025-10-15T18:00:00.000000Z|21510.0",
                        "2025-10-15T21:00:00.000000Z|2025-10-16T12:00:00.000000Z|54000.0");
    }

    @Test
    void aGapEndsTheIntervalOfWhoLeft() {
        assertThat(rows("SELECT state, started_at, ended_at FROM agent_state_intervals WHERE agent_id = 'Agent-2'"))
                .containsExactly("BLOCKED|2025-10-15T12:00:00.000000Z|2025-10-15T12:01:30.000000Z");
    }

    @Test
    void blockedVersionsInARowAreOneStretch() {
        HandEdits.run(file(), "UPDATE status_history SET state = 'BLOCKED' WHERE agent_id = 'Agent-1'");
        assertThat(rows("SELECT started_at, ended_at FROM agent_blocked_stretches WHERE agent_id = 'Agent-1'"))
                .containsExactly("2025-10-15T12:00:00.000000Z|");
    }

    @Test
    void missionsLastUntilAnotherBegins() {
        HandEdits.run(
                file(),
                "UPDATE status_history SET current_mission = CASE revision WHEN 1 THEN 'Light the lamp'"
                        + " WHEN 3 THEN ' light THE lamp' ELSE 'Mend the sail' END WHERE agent_id = 'Agent-1'");
        assertThat(rows("SELECT current_mission, started_at, ended_at, seconds FROM agent_mission_durations"
                        + " WHERE agent_id = 'Agent-1' ORDER BY started_at"))
                .containsExactly(
                        "Light the lamp|2025-10-15T12:00:00.000000Z|2025-10-16T12:00:00.000000Z|86400.0",
                        "Mend the sail|2025-10-16T12:00:00.000000Z||");
    }

    @Test
    void theCadenceIsTheMedianInterval() {
        assertThat(rows("SELECT intervals, median_seconds FROM agent_cadence WHERE agent_id = 'Agent-1'"))
                .containsExactly("2|43200.0");
        assertThat(rows("SELECT * FROM agent_cadence WHERE agent_id = 'Agent-2'"))
                .isEmpty();
    }

    @Test
    void whoWaitsIsFoundByTheIdsThatBlockersName() {
        HandEdits.run(
                file(),
                "UPDATE agent_workspaces SET blockers = '[\"waits for AGENT-2, not Agent-22\"]', presence = 'PRESENT'"
                        + " WHERE agent_id = 'Agent-1'");
        HandEdits.run(file(), "UPDATE agent_workspaces SET blockers = '[\"Agent-11\"]' WHERE agent_id = 'Agent-2'");

        assertThat(rows("SELECT agent_id, waits_for, blocker FROM agent_waits"))
                .containsExactly("Agent-1|Agent-2|waits for AGENT-2, not Agent-22");
    }

    @Test
    void circlesAreTheWaitsThatLeadBack() {
        String waits = "UPDATE agent_workspaces SET presence = 'PRESENT', blockers = CASE agent_id"
                + " WHEN 'Agent-1' THEN '[\"Agent-2\"]' WHEN 'Agent-2' THEN '%s' END";
        HandEdits.run(file(), waits.formatted("[]"));
        assertThat(rows("SELECT * FROM agent_circular_waits")).isEmpty();

        HandEdits.run(file(), waits.formatted("[\"Agent-1\"]"));

        assertThat(rows("SELECT * FROM agent_circular_waits ORDER BY agent_id"))
                .containsExactly("default|Agent-1|Agent-2", "default|Agent-2|Agent-1");
    }

    @Test
    void utilisationIsTheShareOfTimeInActive() {
        assertThat(rows("SELECT swarm, active_seconds, told_seconds, utilisation FROM swarm_utilisation"))
                .containsExactly("default|90.0|86490.0|0.001041");
    }

    /** Three whole days between the first and the last one, with 9 and 4, 0, and 10 points: one and a half fewer each day. */
    @Test
    void theTrendIsThatOfWholeDays() {
        assertThat(rows("SELECT days, points, points_trend FROM swarm_points_trend"))
                .containsExactly("0|0|");
        try (SqlStore store = SqlStore.open(file().toString(), SwarmName.DEFAULT, Duration.ofSeconds(5))) {
            String[] points = {"24", "24", "34", "99"};
            for (int day = 0; day < points.length; day++) {
                store.record(
                        List.of(version(
                                sighting(
                                        "Agent-1",
                                        3 + day,
                                        NOON.plus(Duration.ofDays(day == 0 ? 1 : day + 1))
                                                .plusSeconds(1)),
                                "ACTIVE",
                                "7",
                                points[day])),
                        Durability.AT_ONCE);
            }
        }

        assertThat(rows("SELECT days, points, points_trend FROM swarm_points_trend"))
                .containsExactly("3|23|-1.5");
    }
}
