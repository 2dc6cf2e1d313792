package dev.rollcall.store;

import dev.rollcall.document.UtcText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as the tables hold them: RFC 3339 in UTC with microseconds, all of one width, so that text order is time order. */
final class Timestamps {
    /** Zero in each place of a date and time. */
    private static final String ZERO = "0000-00-00T00:00:00.000000Z";

    /** RFC 3339 has years of four digits; a file's modification time can lie outside them. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Timestamps() {}

    static String text(Instant time) {
        Instant shown = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
        LocalDateTime utc = LocalDateTime.ofEpochSecond(shown.getEpochSecond(), shown.getNano(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(ZERO);
        put(text, 4, utc.getYear());
        put(text, 7, utc.getMonthValue());
        put(text, 10, utc.getDayOfMonth());
        put(text, 13, utc.getHour());
        put(text, 16, utc.getMinute());
        put(text, 19, utc.getSecond());
        put(text, 26, utc.getNano() / 1_000);
        return text.toString();
    }

    /** Writes a number's digits before an offset. By hand: java.time.format is slow to load and to run. */
    private static void put(StringBuilder text, int end, int number) {
        for (int at = end, rest = number; rest > 0; rest /= 10) {
            text.setCharAt(--at, (char) ('0' + rest % 10));
        }
    }

    static @Nullable String textOrNull(@Nullable Instant time) {
        return time == null ? null : text(time);
    }

    /** Empty for null and for text that a hand edit made into something else. */
    static Optional<Instant> read(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Instant plain = UtcText.read(text);
            return Optional.of(plain == null ? Instant.parse(text) : plain);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
