package dev.rollcall.document;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times as columns and JSON show them. */
public final class UtcText {
    /** Up to whole seconds; zero in each place of a digit. */
    private static final String SHAPE = "0000-00-00T00:00:00";

    /** Seconds since 1970; other years have no four digits. */
    private static final long YEAR_0 = -62_167_219_200L;

    private static final long YEAR_10000 = 253_402_300_800L;

    private UtcText() {}

    /**
     * RFC 3339 in UTC with no, three, six or nine digits of a second: the same text as {@link Instant#toString}, without
     * loading java.time.format, which costs a short command a noticeable part of its time.
     */
    public static String of(Instant time) {
        if (time.getEpochSecond() < YEAR_0 || time.getEpochSecond() >= YEAR_10000) {
            return time.toString();
        }
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(30);
        padded(text, utc.getYear(), 4).append('-');
        padded(text, utc.getMonthValue(), 2).append('-');
        padded(text, utc.getDayOfMonth(), 2).append('T');
        padded(text, utc.getHour(), 2).append(':');
        padded(text, utc.getMinute(), 2).append(':');
        padded(text, utc.getSecond(), 2);
        int nano = utc.getNano();
        if (nano != 0) {
            text.append('.');
            if (nano % 1_000_000 == 0) {
                padded(text, nano / 1_000_000, 3);
            } else if (nano % 1_000 == 0) {
                padded(text, nano / 1_000, 6);
            } else {
                padded(text, nano, 9);
            }
        }
        return text.append('Z').toString();
    }

    private static StringBuilder padded(StringBuilder text, int number, int width) {
        for (int limit = 10, digits = 1; digits < width; digits++, limit *= 10) {
            if (number < limit) {
                text.append('0');
            }
        }
        return text.append(number);
    }

    /**
     * A time as {@link #of} writes it, with any number of digits of a second up to nine; null for every other text, also
     * for such as {@link Instant#parse} can read.
     *
     * @throws java.time.DateTimeException when it looks like a time and is none: the 30th of February
     */
    public static @Nullable Instant read(String text) {
        int end = text.length() - 1;
        boolean isLong = end > SHAPE.length() + 1 && end <= SHAPE.length() + 10 && text.charAt(SHAPE.length()) == '.';
        if (!(isLong || end == SHAPE.length()) || text.charAt(end) != 'Z' || !hasShape(text)) {
            return null;
        }
        int nano = 0;
        for (int at = SHAPE.length() + 1, place = 100_000_000; place > 0; at++, place /= 10) {
            int digit = at < end ? text.charAt(at) - '0' : 0;
            if (digit < 0 || digit > 9) {
                return null;
            }
            nano += digit * place;
        }
        int hour = number(text, 11, 13);
        int second = number(text, 17, 19);
        return hour > 23 || second > 59
                ? null
                : LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 5, 7),
                                number(text, 8, 10),
                                hour,
                                number(text, 14, 16),
                                second,
                                nano)
                        .toInstant(ZoneOffset.UTC);
    }

    private static boolean hasShape(String text) {
        for (int at = 0; at < SHAPE.length(); at++) {
            char wanted = SHAPE.charAt(at);
            char found = text.charAt(at);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int at = start; at < end; at++) {
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }
}
