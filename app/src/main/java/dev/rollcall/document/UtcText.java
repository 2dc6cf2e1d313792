package dev.rollcall.document;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as columns and JSON show them. */
final class UtcText {
    private UtcText() {}

    /**
     * RFC 3339 in UTC with no, three, six or nine digits of a second: the same text as {@link Instant#toString}, without
     * loading java.time.format, which costs a short command a noticeable part of its time.
     */
    static String of(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > 9999) {
            return time.toString();
        }
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
}
