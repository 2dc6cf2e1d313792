package dev.rollcall.document;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The ways to name a zone after a time. Abbreviations are those that RFC 2822, section 4.3, gives a meaning; any other,
 * such as IST, names several zones and is not read.
 */
final class ZoneNames {
    /** As java.time.ZoneOffset has it. */
    private static final int MAX_OFFSET_HOURS = 18;

    /** tzdata has none with more than five letters. */
    private static final int LONGEST_ABBREVIATION = 5;

    private ZoneNames() {}

    /** Null for a lower-case word that names no zone. */
    static @Nullable ZoneId named(String word) {
        return switch (word) {
            case "z", "utc", "gmt", "ut" -> ZoneOffset.UTC;
            case "edt" -> ZoneOffset.ofHours(-4);
            case "est", "cdt" -> ZoneOffset.ofHours(-5);
            case "cst", "mdt" -> ZoneOffset.ofHours(-6);
            case "mst", "pdt" -> ZoneOffset.ofHours(-7);
            case "pst" -> ZoneOffset.ofHours(-8);
            default -> null;
        };
    }

    /** The zone up to the end of the text, or null when that is something else. */
    static @Nullable ZoneId read(TextCursor cursor) {
        if (isSign(cursor.peek())) {
            ZoneId offset = offset(cursor);
            return offset != null && isComment(cursor) ? offset : null;
        }
        if (cursor.skip('[')) {
            return wholeName(cursor.upTo(']'));
        }
        if (cursor.skip('(')) {
            return wholeName(cursor.upTo(')'));
        }
        int start = cursor.mark();
        ZoneId named = named(cursor.word());
        if (ZoneOffset.UTC.equals(named) && isSign(cursor.peek())) {
            ZoneId offset = offset(cursor);
            return offset != null && isComment(cursor) ? offset : null;
        }
        if (named != null && (cursor.atEnd() || isRegionComment(cursor))) {
            return named;
        }
        cursor.reset(start);
        return wholeName(cursor.remainder());
    }

    private static @Nullable ZoneId wholeName(String name) {
        return name.indexOf('/') > 0 ? region(name) : named(name.toLowerCase(Locale.ROOT));
    }

    private static @Nullable ZoneId region(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknownRegion) {
            return null;
        }
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-' || c == '\u2212';
    }

    /** +02:00, +2:00, +0200, +02. */
    private static @Nullable ZoneOffset offset(TextCursor cursor) {
        int sign = cursor.peek() == '+' ? 1 : -1;
        cursor.skip(cursor.peek());
        int digits = cursor.digitsAhead();
        if (digits != 1 && digits != 2 && digits != 4) {
            return null;
        }
        int hours = cursor.number(Math.min(digits, 2));
        int minutes = digits == 4 ? cursor.number(2) : 0;
        if (digits < 4 && cursor.skip(':')) {
            if (cursor.digitsAhead() != 2) {
                return null;
            }
            minutes = cursor.number(2);
        } else if (digits == 1) {
            return null;
        }
        if (minutes > 59 || hours * 60 + minutes > MAX_OFFSET_HOURS * 60) {
            return null;
        }
        return ZoneOffset.ofTotalSeconds(sign * (hours * 60 + minutes) * 60);
    }

    /** After an offset programs repeat the zone for people: [Europe/Berlin], (Central European Summer Time), CDT. */
    private static boolean isComment(TextCursor cursor) {
        if (isRegionComment(cursor)) {
            return true;
        }
        if (cursor.skip('(')) {
            return !cursor.upTo(')').isEmpty();
        }
        int start = cursor.mark();
        if (cursor.word().length() <= LONGEST_ABBREVIATION) {
            int end = cursor.mark();
            cursor.reset(start);
            while (cursor.mark() < end && cursor.peek() <= 'Z') {
                cursor.skip(cursor.peek());
            }
        }
        return cursor.atEnd();
    }

    private static boolean isRegionComment(TextCursor cursor) {
        cursor.skipAny(" ");
        return cursor.skip('[') && !cursor.upTo(']').isEmpty();
    }
}
