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

    /**
     * Adds the parts of the stretches to the windows in which they lie.
     *
     * @param times by windows in order and without overlap
     * @param stretches in order and without overlap
     */
    static void add(Map<Window, Map<Condition, Duration>> times, List<Stretch> stretches) {
        int next = 0;
        for (Map.Entry<Window, Map<Condition, Duration>> part : times.entrySet()) {
            Window window = part.getKey();
            while (next < stretches.size() && !stretches.get(next).until().isAfter(window.from())) {
                next++;
            }
            // The last one that begins in this window may reach into the next.
            for (int i = next; i < stretches.size() && stretches.get(i).from().isBefore(window.until()); i++) {
                Stretch stretch = stretches.get(i);
                Duration length = window.cut(stretch.from(), stretch.until()).length();
                if (!length.isZero()) {
                    part.getValue().merge(stretch.condition(), length, Duration::plus);
                }
            }
        }
    }
}
