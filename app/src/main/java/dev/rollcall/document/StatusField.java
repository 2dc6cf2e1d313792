package dev.rollcall.document;

import java.util.Locale;

/** What the roll derives from a status document; each is a column of {@code agent_workspaces}. */
public enum StatusField {
    STATUS,
    LAST_UPDATED,
    LAST_UPDATED_RAW,
    CURRENT_FOCUS,
    CYCLE_COUNT,
    POINTS_EARNED,
    CURRENT_MISSION,
    STATE,
    AGENT_NAME,
    CURRENT_PHASE,
    MISSION_PRIORITY,
    FSM_STATE,
    BLOCKERS,
    FINDINGS;

    /** The column's and the JSON member's name. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
