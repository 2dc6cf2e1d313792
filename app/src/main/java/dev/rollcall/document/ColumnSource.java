package dev.rollcall.document;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The candidates of a column that shows one value as it is reported, in the order they are tried; the published table
 * stands in docs/status-json.md.
 */
record ColumnSource(StatusField field, List<Candidate> candidates) {
    record Candidate(String member, Shape shape) {}

    /** Where a column's value was found. */
    record Found(JsonValue.Member member, Reading.Present reading) {
        String path() {
            return member.name() + reading.below();
        }
    }

    private static final Map<StatusField, ColumnSource> ALL = all();

    static ColumnSource of(StatusField field) {
        ColumnSource source = ALL.get(field);
        if (source == null) {
            throw new IllegalArgumentException(field + " is derived, it has no member of its own");
        }
        return source;
    }

    static boolean exists(StatusField field) {
        return ALL.containsKey(field);
    }

    /** The first usable candidate; what was odd on the way is added to the findings. */
    Optional<Found> find(JsonMembers members, Findings findings) {
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            JsonValue.Member member = members.member(candidate.member());
            if (member == null) {
                continue;
            }
            switch (candidate.shape().read(member.value())) {
                case Reading.Absent absent -> {}
                case Reading.Malformed malformed -> findings.wrongType(candidate.member(), malformed);
                case Reading.Present present -> {
                    if (i > 0) {
                        findings.fallback(field.column(), candidate.member(), present.below());
                    }
                    return Optional.of(new Found(member, present));
                }
            }
        }
        return Optional.empty();
    }

    private static Map<StatusField, ColumnSource> all() {
        Map<StatusField, ColumnSource> all = new EnumMap<>(StatusField.class);
        Shape text = Shape::text;
        Shape fsmState = Shape.textOrPart(List.of("current_state"));
        put(
                all,
                StatusField.STATUS,
                of("status", text),
                of("state", text),
                of("fsm_state", fsmState),
                of("work_status", Shape.partOnly("status")));
        put(
                all,
                StatusField.CURRENT_FOCUS,
                of("current_focus", text),
                of("current_phase", text),
                of("current_task", Shape.textOrPart(Shape.WORK_NAMES)),
                of("current_tasks", Shape::firstItem));
        put(
                all,
                StatusField.CURRENT_MISSION,
                of("current_mission", Shape.textOrPart(Shape.MISSION_NAMES)),
                of("mission", text),
                of("current_contract", Shape.partOnly("title")),
                of("mission_description", text));
        put(
                all,
                StatusField.CYCLE_COUNT,
                of("cycle_count", Shape::wholeNumber),
                of("cycles_completed", Shape::wholeNumber),
                of("completed_cycles", Shape::wholeNumber),
                of("cycle", Shape::wholeNumber));
        put(
                all,
                StatusField.POINTS_EARNED,
                of("points_earned", Shape::numberOrNumericText),
                of("points_total", Shape::numberOrNumericText),
                of("total_points", Shape::numberOrNumericText),
                of("total_points_earned", Shape::numberOrNumericText));
        put(all, StatusField.AGENT_NAME, of("agent_name", text), of("role", text), of("specialty", text));
        put(all, StatusField.CURRENT_PHASE, of("current_phase", text));
        put(all, StatusField.MISSION_PRIORITY, of("mission_priority", text));
        put(all, StatusField.FSM_STATE, of("fsm_state", fsmState));
        return all;
    }

    private static Candidate of(String member, Shape shape) {
        return new Candidate(member, shape);
    }

    private static void put(Map<StatusField, ColumnSource> all, StatusField field, Candidate... candidates) {
        all.put(field, new ColumnSource(field, List.of(candidates)));
    }
}
