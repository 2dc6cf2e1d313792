package dev.rollcall.document;

import dev.rollcall.problem.ShownText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A file's own characters in a message: nothing invisible, nothing long. */
final class Legible {
    private static final int MAX_CODE_POINTS = 60;

    private Legible() {}

    /** The character at an offset, in quotes or as its code point. */
    static String characterAt(byte[] utf8, int offset) {
        int length = Math.min(4, utf8.length - offset);
        int c = new String(utf8, offset, length, StandardCharsets.UTF_8).codePointAt(0);
        return c == ' ' || isInvisible(c) ? String.format(Locale.ROOT, "U+%04X", c) : "'" + Character.toString(c) + "'";
    }

    /** The text with escapes for all that can not be seen, cut off where it gets long. */
    static String text(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(MAX_CODE_POINTS)
                .forEach(c -> shown.append(
                        isInvisible(c) ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c)));
        return text.codePointCount(0, text.length()) > MAX_CODE_POINTS
                ? shown.append("...").toString()
                : shown.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> ShownText.isInvisible(c);
        };
    }
}
