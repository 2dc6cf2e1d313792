package dev.rollcall.report;

import java.util.Locale;

/** Every figure of a report by the name that CSV, JSON and docs/analytics.md call it. */
public enum Figure {
    TIME_IN_STATE("seconds"),
    BLOCKED_TIME("seconds"),
    CYCLES("cycles"),
    CYCLES_PER_DAY("cycles/day"),
    POINTS("points"),
    POINTS_PER_DAY("points/day"),
    POINTS_PER_CYCLE("points/cycle"),
    TASKS_COMPLETED("tasks"),
    MISSION_DURATION("seconds"),
    REPORTING_CADENCE("seconds"),
    VERSIONS("versions"),
    STALE_TIME("seconds"),
    UTILISATION("share"),
    RECORDED("share"),
    POINTS_TREND("points/day/day"),
    TASKS_TREND("tasks/day/day"),
    LEADERBOARD("rank"),
    BLOCKED_SINCE("time"),
    WAITS_FOR("blocker"),
    CIRCULAR_WAIT("agents"),
    CHANGED("condition");

    private final String unit;

    Figure(String unit) {
        this.unit = unit;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String unit() {
        return unit;
    }
}
