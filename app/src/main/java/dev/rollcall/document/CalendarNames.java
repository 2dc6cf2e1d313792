package dev.rollcall.document;

import java.util.List;

/** English names of months and weekdays, whole or by their first three letters (and Sept, Tues, Thurs). */
final class CalendarNames {
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> WEEKDAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private CalendarNames() {}

    /** 1 to 12, or 0. */
    static int month(String word) {
        return word.equals("sept") ? 9 : place(MONTHS, word);
    }

    /** 1 for Monday to 7, or 0. */
    static int weekday(String word) {
        return switch (word) {
            case "tues" -> 2;
            case "thur", "thurs" -> 4;
            default -> place(WEEKDAYS, word);
        };
    }

    private static int place(List<String> names, String word) {
        if (word.length() >= 3) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                if (name.equals(word) || word.length() == 3 && name.startsWith(word)) {
                    return i + 1;
                }
            }
        }
        return 0;
    }
}
