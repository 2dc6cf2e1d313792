package dev.rollcall.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How much time of some conditions lies between two moments, to be asked again and again: what had passed by the one is
 * taken from what had passed by the other. Immutable.
 */
final class RunningTime {
    private final NavigableMap<Instant, Passed> passed = new TreeMap<>();

    /** @param stretches in order and without overlap */
    RunningTime(List<Stretch> stretches, Predicate<Condition> counts) {
        Duration all = Duration.ZERO;
        for (Stretch stretch : stretches) {
            boolean isCounted = counts.test(stretch.condition());
            passed.put(stretch.from(), new Passed(all, isCounted));
            all = isCounted ? all.plus(stretch.length()) : all;
            passed.put(stretch.until(), new Passed(all, false));
        }
    }

    /**
     * What had passed by a moment.
     *
     * @param isRunning whether the time after the moment counts, up to the next one
     */
    private record Passed(Duration before, boolean isRunning) {}

    /** Nothing of what lies before the first stretch or after the last one. */
    Duration between(Instant first, Instant last) {
        return by(last).minus(by(first));
    }

    private Duration by(Instant time) {
        Map.Entry<Instant, Passed> entry = passed.floorEntry(time);
        if (entry == null) {
            return Duration.ZERO;
        }
        Passed then = entry.getValue();
        return then.isRunning() ? then.before().plus(Duration.between(entry.getKey(), time)) : then.before();
    }
}
