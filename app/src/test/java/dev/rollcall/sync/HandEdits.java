package dev.rollcall.sync;

import dev.rollcall.sync.Drift.Where;
import java.util.List;
import java.util.stream.Stream;

/** What a hand may do to the roll of Ada, and where verification must name it. */
final class HandEdits {
    private static final String HEAD = "(SELECT MAX(revision) FROM status_history WHERE agent_id = 'Ada')";

    private HandEdits() {}

    /** Triples of statement, {@link Where} and field. */
    static Stream<Object[]> all() {
        return Stream.of(everyRowColumn(), rows(), everyHistoryColumn(), revisions(), passages())
                .flatMap(edits -> edits);
    }

    private static Stream<Object[]> everyRowColumn() {
        return Stream.of(
                        "status",
                        "last_updated",
                        "current_focus",
                        "cycle_count",
                        "points_earned",
                        "current_mission",
                        "last_updated_raw",
                        "state",
                        "agent_name",
                        "current_phase",
                        "mission_priority",
                        "fsm_state",
                        "blockers",
                        "findings",
                        "content_sha256",
                        "document")
                .flatMap(column -> Stream.of("'[\"forged\"]'", "'0'", "x'00ff'")
                        .map(value -> row(column + " = " + value, column)));
    }

    private static Stream<Object[]> rows() {
        return Stream.of(
                row("status = NULL", "status"),
                row("points_earned = 12.6", "points_earned"),
                row("revision = 1", "revision"),
                row("presence = 'LEFT'", "presence"),
                edit("DELETE FROM agent_workspaces WHERE agent_id = 'Ada'", Where.ROW, "agent_id"));
    }

    private static Stream<Object[]> everyHistoryColumn() {
        return Stream.of(
                        "status",
                        "last_updated",
                        "current_focus",
                        "cycle_count",
                        "points_earned",
                        "current_mission",
                        "state",
                        "fsm_state")
                .flatMap(
                        column -> Stream.of(HEAD, "1").map(revision -> revision(revision, column + " = '77'", column)));
    }

    private static Stream<Object[]> revisions() {
        return Stream.of(
                revision(HEAD, "content_sha256 = '77'", "content_sha256"),
                revision(HEAD, "document = x'28b52ffd'", "document"),
                edit("DELETE FROM status_history WHERE revision = " + HEAD, Where.ROW, "revision"),
                edit("DELETE FROM status_history WHERE agent_id = 'Ada'", Where.HISTORY, "revision"));
    }

    private static Stream<Object[]> passages() {
        return Stream.of(
                passage("text = 'forged'", "text"),
                passage("field = 'role'", "field"),
                passage("text_sha256 = '00'", "text_sha256"),
                passage("revision = 1", "revision"),
                passage("passage = 'x'", "passage"),
                edit("DELETE FROM agent_status WHERE agent_id = 'Ada' AND field = 'mission'", Where.SEARCH, "passage"),
                edit(
                        "INSERT INTO agent_status (swarm, agent_id, passage, field, text, text_sha256, revision,"
                                + " updated_at) VALUES ('default', 'Ada', 'forged', 'role', 'the captain', '00', 2,"
                                + " '2026-01-01')",
                        Where.SEARCH,
                        "passage"));
    }

    private static Object[] row(String change, String field) {
        return edit("UPDATE agent_workspaces SET " + change + " WHERE agent_id = 'Ada'", Where.ROW, field);
    }

    private static Object[] revision(String revision, String change, String field) {
        return edit("UPDATE status_history SET " + change + " WHERE revision = " + revision, Where.HISTORY, field);
    }

    private static Object[] passage(String change, String field) {
        return edit(
                "UPDATE agent_status SET " + change + " WHERE agent_id = 'Ada' AND field = 'phase'",
                Where.SEARCH,
                field);
    }

    private static Object[] edit(String statement, Where where, String field) {
        return List.of(statement, where, field).toArray();
    }
}
