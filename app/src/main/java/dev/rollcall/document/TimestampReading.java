package dev.rollcall.document;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A reported time. Read are the shapes that programs and agents write and that mean one instant only; a date whose day
 * and month could be swapped, a time that no clock shows or a text with more to say is unreadable, never a guess. The
 * shapes are listed in docs/status-json.md.
 */
public sealed interface TimestampReading {
    /** The text names its zone, or counts from 1970 in UTC. */
    record Zoned(Instant instant) implements TimestampReading {}

    /** The text names no zone; the instant is that of the zone asked for, a mere date being the start of its day. */
    record Zoneless(Instant instant) implements TimestampReading {}

    record Unreadable() implements TimestampReading {}

    /**
     * Reads a text.
     *
     * @param zone the zone of texts that name none; a local time that a clock change skipped is moved on by the gap,
     *     one that occurs twice is the first
     */
    static TimestampReading of(String text, ZoneId zone) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > TimestampScanner.MAX_LENGTH) {
            return new Unreadable();
        }
        return isCount(stripped) ? ofCount(stripped) : new TimestampScanner(stripped).read(zone);
    }

    /**
     * Reads a JSON number, or digits in a text: seconds, milliseconds, microseconds or nanoseconds since 1970, whichever
     * falls into the years 2000 to 2099, which do not overlap between the units.
     */
    static TimestampReading ofCount(String literal) {
        if (literal.length() > TimestampScanner.MAX_LENGTH) {
            return new Unreadable();
        }
        double approximate = Double.parseDouble(literal);
        for (int digits = 9; digits >= 0; digits -= 3) {
            double seconds = approximate / Math.pow(10, 9 - digits);
            if (seconds >= TimestampScanner.YEAR_2000 && seconds < TimestampScanner.YEAR_2100) {
                BigDecimal nanos = new BigDecimal(literal).movePointRight(digits);
                long whole = nanos.toBigInteger().longValue();
                return new Zoned(Instant.ofEpochSecond(
                        Math.floorDiv(whole, 1_000_000_000L), Math.floorMod(whole, 1_000_000_000L)));
            }
        }
        return new Unreadable();
    }

    /** Nine or more digits, with a fraction or without; fourteen digits are a date and a time run together. */
    private static boolean isCount(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits < 9 || digits == 14) {
            return false;
        }
        if (digits < text.length() && text.charAt(digits) == '.' && digits + 1 < text.length()) {
            for (int i = digits + 1; i < text.length(); i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return false;
                }
            }
            return true;
        }
        return digits == text.length();
    }
}
