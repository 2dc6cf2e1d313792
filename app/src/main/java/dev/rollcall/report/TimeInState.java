package dev.rollcall.report;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long an agent was in each state. Seconds. A version's state lasts from the moment it was observed until the next
 * version was, or the window ends. Stretches in which nobody knows the state (rejected, left, pruned, and before the first
 * version) count under their own names and never as the state before. All together are the window's length.
 */
public final class TimeInState {
    private TimeInState() {}

    /** Conditions that did not occur are left out. */
    public static Map<Condition, Duration> of(List<Stretch> stretches) {
        Map<Condition, Duration> times = new EnumMap<>(Condition.class);
        stretches.forEach(stretch -> times.merge(stretch.condition(), stretch.length(), Duration::plus));
        return times;
    }

    /** The same over the part of the stretches that lies in a window. */
    public static Map<Condition, Duration> in(Window window, List<Stretch> stretches) {
        Map<Condition, Duration> times = new EnumMap<>(Condition.class);
        for (Stretch stretch : stretches) {
            Duration length = window.cut(stretch.from(), stretch.until()).length();
            if (!length.isZero()) {
                times.merge(stretch.condition(), length, Duration::plus);
            }
        }
        return times;
    }
}
