package dev.rollcall.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers as files for programs and as people read them. */
public final class Numbers {
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_UP);

    private Numbers() {}

    /** At most six significant digits, plain: what was measured has no more. */
    public static BigDecimal rounded(double number) {
        BigDecimal rounded = new BigDecimal(number).round(SIX_DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** Whole milliseconds at most. */
    public static BigDecimal seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    /** In groups of thousands, with at most one digit after the point. */
    public static String shown(BigDecimal number) {
        BigDecimal rounded = number.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
        return String.format(Locale.ROOT, rounded.scale() > 0 ? "%,.1f" : "%,.0f", rounded);
    }

    public static String shown(long number) {
        return shown(BigDecimal.valueOf(number));
    }

    public static String shown(double number) {
        return shown(BigDecimal.valueOf(number));
    }

    public static String percent(double share) {
        double percent = share * 100;
        return percent > 0 && percent < 1 ? "<1%" : String.format(Locale.ROOT, "%.0f%%", percent);
    }

    /** The two largest units that fit: {@code 3d 4h}, {@code 2h 5m}, {@code 40s}. */
    public static String shown(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + "d" + rest(duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + rest(duration.toMinutesPart(), "m");
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + "m" + rest(duration.toSecondsPart(), "s")
                : duration.toSeconds() + "s";
    }

    private static String rest(int amount, String unit) {
        return amount == 0 ? "" : " " + amount + unit;
    }
}
