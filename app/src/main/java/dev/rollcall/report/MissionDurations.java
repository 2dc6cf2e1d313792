package dev.rollcall.report;

import dev.rollcall.document.StatusField;
import dev.rollcall.report.MissionStretch.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long an agent was on each mission. Seconds. A stretch is a run of versions with the same {@code current_mission},
 * whose texts are the same when they differ in case and white space only; a mission that is taken up again later is
 * another stretch. Of each stretch counts what lies in the window. Gaps do not end a mission that goes on after them, and
 * do not count to its duration. Versions without a mission are on none.
 */
public final class MissionDurations {
    private final RunningTime told;
    private final List<MissionStretch> stretches = new ArrayList<>();
    private String mission = "";
    private Instant since = Instant.MIN;

    private MissionDurations(AgentPast past) {
        this.told = new RunningTime(past.stretches(), Condition::isTold);
    }

    /** Oldest first. */
    public static List<MissionStretch> of(AgentPast past) {
        MissionDurations durations = new MissionDurations(past);
        for (PastVersion version : past.versions()) {
            durations.take(version);
        }
        durations.end(past.window().until(), End.GOES_ON);
        return List.copyOf(durations.stretches);
    }

    private void take(PastVersion version) {
        String told = version.revision()
                .columns()
                .text(StatusField.CURRENT_MISSION)
                .map(String::strip)
                .orElse("");
        if (!Contents.plain(told).equals(Contents.plain(mission))) {
            end(version.observedAt(), End.OVER);
            mission = told;
            since = version.observedAt();
        }
    }

    private void end(Instant at, End end) {
        // A version that was overtaken at the very moment at which it was observed was on no mission.
        if (!mission.isEmpty() && at.isAfter(since)) {
            stretches.add(new MissionStretch(mission, since, at, told.between(since, at), end));
        }
    }
}
