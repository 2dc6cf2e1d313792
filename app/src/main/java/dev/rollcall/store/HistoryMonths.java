package dev.rollcall.store;

import java.time.YearMonth;

/** Months as the partitions of {@code status_history} in PostgreSQL are named by them: {@code 2026-11}. */
final class HistoryMonths {
    static final int LENGTH = "2026-11".length();

    private static final String FIRST = "2015-01";
    private static final String LAST = "2050-12";

    private HistoryMonths() {}

    /** Whether the month has a partition of its own; what is before or after all of these shares one. */
    static boolean isOwn(String month) {
        return month.length() == LENGTH && month.compareTo(FIRST) >= 0 && month.compareTo(LAST) <= 0;
    }

    static String after(String month) {
        return YearMonth.parse(month).plusMonths(1).toString();
    }
}
