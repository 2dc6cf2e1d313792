package dev.rollcall.document;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads one spelled-out time from left to right: an optional weekday, a date, a time, a zone. By hand because commands
 * that run for a tenth of a second can not wait for java.time.format. Used once, by one thread.
 */
final class TimestampScanner {
    /** The longest shape, a browser's date with the zone's full name, has about 70 characters. */
    static final int MAX_LENGTH = 100;

    /** 2000-01-01T00:00:00Z and 2100-01-01T00:00:00Z in seconds since 1970. */
    static final long YEAR_2000 = 946_684_800L;

    static final long YEAR_2100 = 4_102_444_800L;

    /** RFC 3339 has four digits for a year: 0001-01-01T00:00:00Z and 10000-01-01T00:00:00Z in seconds since 1970. */
    private static final long YEAR_1 = -62_135_596_800L;

    private static final long YEAR_10000 = 253_402_300_800L;

    private static final int NOT_READ = -1;

    private final TextCursor cursor;
    private int year = NOT_READ;
    private int month = NOT_READ;
    private int day = NOT_READ;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private @Nullable ZoneId zone;

    TimestampScanner(String text) {
        this.cursor = new TextCursor(text);
    }

    TimestampReading read(ZoneId zoneOfZoneless) {
        int weekday = weekday();
        if (!date() || !rest() || !cursor.atEnd() || !exists()) {
            return new TimestampReading.Unreadable();
        }
        LocalDate date = LocalDate.of(year, month, day);
        if (weekday > 0 && date.getDayOfWeek().getValue() != weekday) {
            return new TimestampReading.Unreadable();
        }
        LocalDateTime local = LocalDateTime.of(date, LocalTime.of(hour, minute, second, nano));
        Instant instant = local.atZone(zone == null ? zoneOfZoneless : zone).toInstant();
        if (instant.getEpochSecond() < YEAR_1 || instant.getEpochSecond() >= YEAR_10000) {
            return new TimestampReading.Unreadable();
        }
        return zone == null ? new TimestampReading.Zoneless(instant) : new TimestampReading.Zoned(instant);
    }

    /** Whether calendar and clock show such a time; leap seconds and 24:00 they do not. */
    private boolean exists() {
        return year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth()
                && hour <= 23
                && minute <= 59
                && second <= 59;
    }

    /** The number of a leading weekday, Monday being 1, or 0 when there is none. */
    private int weekday() {
        int start = cursor.mark();
        int weekday = CalendarNames.weekday(cursor.word());
        if (weekday == 0) {
            cursor.reset(start);
        } else {
            cursor.skipAny(",. ");
        }
        return weekday;
    }

    private boolean date() {
        int digits = cursor.digitsAhead();
        return switch (digits) {
            case 0 -> monthFirst();
            case 1, 2 -> dayFirst(digits);
            case 4 -> yearFirst();
            case 8, 14 -> {
                year = cursor.number(4);
                month = cursor.number(2);
                day = cursor.number(2);
                yield true;
            }
            default -> false;
        };
    }

    /** 2025-10-14, 2025/10/14. */
    private boolean yearFirst() {
        year = cursor.number(4);
        char separator = cursor.peek();
        if (separator != '-' && separator != '/') {
            return false;
        }
        cursor.skip(separator);
        month = cursor.upToTwoDigits();
        if (!cursor.skip(separator)) {
            return false;
        }
        day = cursor.upToTwoDigits();
        return day > 0;
    }

    /** 14 Oct 2025, 14-October-2025. A month in digits could be the day as well. */
    private boolean dayFirst(int digits) {
        day = cursor.number(digits);
        cursor.skipOrdinal();
        cursor.skipAny(" -.");
        month = CalendarNames.month(cursor.word());
        cursor.skipAny(" -.,");
        return month > 0 && readYear();
    }

    /** October 14, 2025, or Oct 14 with the year after the time. */
    private boolean monthFirst() {
        month = CalendarNames.month(cursor.word());
        cursor.skipAny(" .");
        day = cursor.upToTwoDigits();
        cursor.skipOrdinal();
        int start = cursor.mark();
        cursor.skipAny(", ");
        if (cursor.digitsAhead() == 4) {
            return month > 0 && readYear();
        }
        cursor.reset(start);
        return month > 0 && day > 0;
    }

    private boolean readYear() {
        if (cursor.digitsAhead() != 4) {
            return false;
        }
        year = cursor.number(4);
        return true;
    }

    private boolean rest() {
        if (cursor.atEnd()) {
            return true;
        }
        boolean fourteenDigits = cursor.digitsAhead() == 6;
        char separator = fourteenDigits ? 'T' : timeSeparator();
        if (separator == 0 || !time(separator) || !halfOfDay()) {
            return false;
        }
        if (year == NOT_READ) {
            return yearAfterTime();
        }
        return zone();
    }

    /** What stands between date and time, or 0 when there is nothing of the kind. */
    private char timeSeparator() {
        char first = cursor.peek();
        if (first == 'T' || first == 't' || first == '_') {
            cursor.skip(first);
            return first == '_' ? '_' : 'T';
        }
        if (!cursor.skipAny(" ,")) {
            return 0;
        }
        int start = cursor.mark();
        if (cursor.word().equals("at")) {
            cursor.skipAny(" ");
        } else {
            cursor.reset(start);
        }
        return ' ';
    }

    private boolean time(char separator) {
        int digits = cursor.digitsAhead();
        if (separator != ' ' && (digits == 6 || digits == 4)) {
            hour = cursor.number(2);
            minute = cursor.number(2);
            second = digits == 6 ? cursor.number(2) : 0;
            return fraction();
        }
        hour = cursor.upToTwoDigits();
        // File names can not hold colons everywhere: 2025-10-14_10-30-00.
        char between = separator != ' ' && cursor.peek() == '-' ? '-' : ':';
        if (hour < 0 || !cursor.skip(between) || cursor.digitsAhead() != 2) {
            return false;
        }
        minute = cursor.number(2);
        if (cursor.skip(between)) {
            if (cursor.digitsAhead() != 2) {
                return false;
            }
            second = cursor.number(2);
            return fraction();
        }
        return between == ':';
    }

    private boolean fraction() {
        if (cursor.peek() != '.' && cursor.peek() != ',') {
            return true;
        }
        cursor.skip(cursor.peek());
        int digits = cursor.digitsAhead();
        if (digits < 1 || digits > 9) {
            return false;
        }
        nano = cursor.number(digits);
        for (int i = digits; i < 9; i++) {
            nano *= 10;
        }
        return true;
    }

    /** Turns an hour with AM or PM into that of the day; false when no such hour exists. */
    private boolean halfOfDay() {
        int start = cursor.mark();
        cursor.skipAny(" ");
        String word = cursor.word();
        if (word.length() == 1 && cursor.skip('.')) {
            word += cursor.word();
            cursor.skip('.');
        }
        if (!word.equals("am") && !word.equals("pm")) {
            cursor.reset(start);
            return true;
        }
        if (hour < 1 || hour > 12) {
            return false;
        }
        hour = hour % 12 + (word.equals("pm") ? 12 : 0);
        return true;
    }

    /** Tue Oct 14 10:00:00 2025, Tue Oct 14 10:00:00 CDT 2025, Tue Oct 14 10:00:00 2025 -0500. */
    private boolean yearAfterTime() {
        cursor.skipAny(" ");
        if (cursor.digitsAhead() == 0) {
            zone = ZoneNames.named(cursor.word());
            cursor.skipAny(" ");
            return zone != null && readYear();
        }
        return readYear() && zone();
    }

    private boolean zone() {
        cursor.skipAny(" ");
        if (cursor.atEnd()) {
            return true;
        }
        zone = ZoneNames.read(cursor);
        return zone != null;
    }
}
