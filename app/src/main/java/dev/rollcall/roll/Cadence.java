package dev.rollcall.roll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How often an agent reports, told by the moments at which its latest versions were observed. Pure. */
public final class Cadence {
    /**
     * Versions to look at. More than {@link #REPORTS}, so that an agent whose reports are a few versions each, written
     * within a second, still shows its rhythm; and few, because a list asks this of every agent.
     */
    public static final int VERSIONS = 32;

    /** Eight intervals: three long nights or three short corrections among them do not move the median far. */
    private static final int REPORTS = 9;

    /** Two intervals are an accident; of three the middle one is an opinion. */
    private static final int FEWEST_INTERVALS = 3;

    /** A writer that saves twice, or a program that changes one member after the other, reports once. */
    private static final Duration BURST = Duration.ofSeconds(1);

    private Cadence() {}

    /**
     * The median interval between the latest reports; of an even number the mean of the two in the middle. Empty where
     * there are too few to tell.
     *
     * @param observed when the latest versions were observed, in any order
     */
    public static Optional<Duration> of(List<Instant> observed) {
        return median(intervals(observed));
    }

    /** The median; of an even number the mean of the two in the middle. Empty where there are too few to tell. */
    public static Optional<Duration> median(List<Duration> intervals) {
        if (intervals.size() < FEWEST_INTERVALS) {
            return Optional.empty();
        }
        List<Duration> sorted = intervals.stream().sorted().toList();
        Duration upper = sorted.get(sorted.size() / 2);
        Duration lower = sorted.get((sorted.size() - 1) / 2);
        return Optional.of(lower.plus(upper).dividedBy(2));
    }

    /** Whether versions so far apart are one report. */
    public static boolean isBurst(Duration interval) {
        return interval.compareTo(BURST) < 0;
    }

    private static List<Duration> intervals(List<Instant> observed) {
        List<Instant> newestFirst = new ArrayList<>(observed);
        newestFirst.sort(Comparator.reverseOrder());
        List<Duration> intervals = new ArrayList<>();
        Instant later = null;
        for (Instant moment : newestFirst) {
            if (later == null) {
                later = moment;
                continue;
            }
            Duration interval = Duration.between(moment, later);
            if (!isBurst(interval) && intervals.size() < REPORTS - 1) {
                intervals.add(interval);
                later = moment;
            }
        }
        return intervals;
    }
}
