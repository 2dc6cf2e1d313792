package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What is different for an agent at the window's end from what it was at an earlier moment of it. Compared are the two
 * moments: what came and went in between does not show, but for missions, points and tasks, which are counted over all of
 * the time between.
 *
 * @param before UNRECORDED for an agent that joined since
 * @param begun missions that were begun since, oldest first
 * @param ended missions that were ended since, oldest first
 * @param points gained since
 * @param tasks completed since
 */
public record AgentChange(
        AgentId agent,
        Condition before,
        Condition after,
        List<String> begun,
        List<String> ended,
        BigDecimal points,
        long tasks) {
    static AgentChange of(AgentPast past, Instant since, List<MissionStretch> missions, Activity activity) {
        Window window = past.window();
        Window part = window.cut(since, window.until());
        return new AgentChange(
                past.agent(),
                past.pieceAt(part.from()).condition(),
                past.pieceAt(window.until()).condition(),
                missions.stream()
                        .filter(mission -> mission.from().isAfter(part.from()))
                        .map(MissionStretch::mission)
                        .toList(),
                missions.stream()
                        .filter(mission -> mission.end() == MissionStretch.End.OVER)
                        .filter(mission -> mission.until().isAfter(part.from()))
                        .map(MissionStretch::mission)
                        .toList(),
                Gain.sum(activity.points(), part),
                activity.tasks().stream()
                        .filter(task -> part.reaches(task.at()))
                        .count());
    }

    public boolean isJoined() {
        return before == Condition.UNRECORDED && after != Condition.UNRECORDED;
    }

    public boolean isLeft() {
        return after == Condition.LEFT && before != Condition.LEFT;
    }

    public boolean isBlocked() {
        return after == Condition.BLOCKED && before != Condition.BLOCKED;
    }

    public boolean isUnblocked() {
        return before == Condition.BLOCKED && after != Condition.BLOCKED && after.isTold();
    }

    /** Whether there is anything to tell. */
    public boolean isAny() {
        return before != after || !begun.isEmpty() || !ended.isEmpty() || points.signum() > 0 || tasks > 0;
    }
}
