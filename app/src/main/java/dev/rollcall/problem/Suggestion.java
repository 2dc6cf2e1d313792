package dev.rollcall.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which known names somebody may have meant. Pure. */
public final class Suggestion {
    private Suggestion() {}

    /** At most {@code count} of the known names, nearest first; only those that share enough with what was written. */
    public static List<String> nearest(String written, Collection<String> known, int count) {
        String wanted = simplified(written);
        // Of two letters one must be right.
        int tolerance = Math.min(Math.max(2, wanted.length() / 3), Math.max(0, wanted.length() - 1));
        return known.stream()
                .filter(name -> distance(wanted, simplified(name)) <= tolerance
                        || simplified(name).startsWith(wanted))
                .sorted(Comparator.<String>comparingInt(name -> distance(wanted, simplified(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .toList();
    }

    /** A sentence to append to a hint: {@code "Did you mean Agent-7?"}, or the fallback when nothing is near. */
    public static String sentence(String written, Collection<String> known, String fallback) {
        List<String> nearest = nearest(written, known, 3);
        return nearest.isEmpty() ? fallback : "Did you mean " + String.join(", ", nearest) + "?";
    }

    private static String simplified(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
    }

    /** Levenshtein distance over UTF-16 units. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substituted, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
