package dev.rollcall.report;

import java.util.List;
import java.util.Optional;

/**
 * Whether throughput rises or falls: the slope of the least-squares line through the values of the window's whole days in
 * UTC, per day and day: 2 means that each day brings about two more than the day before. Days that the window cuts, and
 * those that began before the first record of anybody, do not count. Null with fewer than three that do.
 */
public final class Trend {
    private static final int FEWEST_DAYS = 3;

    private Trend() {}

    /** @param perDay values of consecutive days, oldest first */
    public static Optional<Double> slope(List<Double> perDay) {
        int days = perDay.size();
        if (days < FEWEST_DAYS) {
            return Optional.empty();
        }
        double middle = (days - 1) / 2.0;
        double mean = perDay.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int day = 0; day < days; day++) {
            above += (day - middle) * (perDay.get(day) - mean);
            below += (day - middle) * (day - middle);
        }
        return Optional.of(above / below);
    }
}
