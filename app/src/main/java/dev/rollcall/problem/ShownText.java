package dev.rollcall.problem;

import java.util.Locale;

/** Text from outside, made fit for a message: one line of at most {@value #MAX_CODE_POINTS} visible characters. Pure. */
public final class ShownText {
    public static final int MAX_CODE_POINTS = 300;

    private ShownText() {}

    /** Control, invisible and direction-changing characters become escapes; what is too long ends with three dots. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_CODE_POINTS).forEach(c -> append(shown, c));
        return text.codePointCount(0, text.length()) > MAX_CODE_POINTS
                ? shown.append("...").toString()
                : shown.toString();
    }

    private static void append(StringBuilder shown, int codePoint) {
        if (isInvisible(codePoint)) {
            shown.append(String.format(Locale.ROOT, codePoint > 0xFFFF ? "\\u{%x}" : "\\u%04x", codePoint));
        } else {
            shown.appendCodePoint(codePoint);
        }
    }

    /** Whether a character can not be seen for what it is: control, format, half a pair, private, not assigned. */
    public static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
