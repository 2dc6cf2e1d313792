package dev.rollcall.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An increase of a counter.
 *
 * @param at when the version that shows it was observed
 * @param amount above 0
 */
public record Gain(Instant at, BigDecimal amount) {
    public static BigDecimal sum(List<Gain> gains) {
        return gains.stream().map(Gain::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The sum of those in a window. */
    public static BigDecimal sum(List<Gain> gains, Window window) {
        return sum(gains.stream().filter(gain -> window.reaches(gain.at())).toList());
    }
}
