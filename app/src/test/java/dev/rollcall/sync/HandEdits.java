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
        return Stream.of(
                        everyRowColumn(),
                        rows(),
                        everyHistoryColumn(),
                        revisions(),
                        sealedColumns(),
                        seals(),
                        passages())
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
                revision("1", "content_sha256 = '77'", "content_sha256"),
                revision("1", "content_sha256 = NULL", "content_sha256"),
                revision(HEAD, "document = x'28b52ffd'", "document"),
                revision(HEAD, "document = (SELECT document FROM status_history WHERE revision = 1)", "document"),
                edit("DELETE FROM status_history WHERE revision = " + HEAD, Where.ROW, "revision"),
                edit("DELETE FROM status_history WHERE agent_id = 'Ada'", Where.HISTORY, "revision"));
    }

    /** What no document tells. Times before, between and after the recorded ones, and what is no time at all. */
    private static Stream<Object[]> sealedColumns() {
        return Stream.of(
                        "observed_at = '2001-01-01T00:00:00.000000Z'",
                        "observed_at = '2031-01-01T00:00:00.000000Z'",
                        "observed_at = 'yesterday'",
                        "observed_at = CAST(observed_at AS BLOB)",
                        "source_modified_at = '2001-01-01T00:00:00.000000Z'",
                        "source_modified_at = NULL",
                        "origin = 'lifecycle'",
                        "origin = x'00ff'")
                .flatMap(change -> Stream.of(HEAD, "1")
                        .map(revision -> revision(revision, change, change.substring(0, change.indexOf(' ')))));
    }

    private static Stream<Object[]> seals() {
        return Stream.of(
                revision(HEAD, "seal = NULL", "seal"),
                revision(HEAD, "seal = x'00ff'", "seal"),
                revision(HEAD, "seal = (SELECT seal FROM status_history WHERE revision = 1)", "seal"),
                revision(HEAD, "seal = replace(seal, 'sync', 'lifecycle')", "seal"),
                revision(HEAD, "seal = replace(seal, 'sync', 'lifecycle'), origin = 'lifecycle'", "seal"),
                revision(HEAD, "seal = '', observed_at = 'x', source_modified_at = 'x', origin = 'x'", "seal"));
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
