package dev.rollcall.app;

import java.util.List;

/** The published codes of findings, as a fixed list that can be counted by: a row in the database may say anything. */
final class FindingCodes {
    /** Stands for all of {@code from_<member>}. */
    static final String FALLBACK = "from_member";

    /** Stands for what is not published. */
    static final String OTHER = "other";

    static final List<String> ALL = List.of(
            "missing_agent_id",
            "agent_id_differs",
            "missing_status",
            "unknown_status",
            "wrong_type",
            FALLBACK,
            "time_missing",
            "time_unreadable",
            "time_without_zone",
            "time_in_future",
            "duplicate_key",
            "byte_order_mark",
            "rejected_since",
            "active_with_blockers",
            "status_contradicts_fsm",
            "cycle_count_unchanged",
            "points_fell",
            "time_unchanged",
            "time_after_seen",
            "clocks_apart",
            "document_shrunk",
            "unusual_step",
            "in_place_writer",
            "lagging",
            OTHER);

    private FindingCodes() {}

    /** One of {@link #ALL}. */
    static String counted(String code) {
        return ALL.contains(code) ? code : code.startsWith("from_") ? FALLBACK : OTHER;
    }
}
