package dev.rollcall.mcp;

import dev.rollcall.problem.ShownText;
import java.util.Locale;

/**
 * A text that somebody else wrote, as a JSON string for a model to read: it can not end its quotes, nothing in it is
 * invisible, and it is not longer than it may be. Pure.
 */
final class QuotedText {
    /** Chooses between two looks of the character before it, as emoji have them. */
    private static final int FIRST_LOOK = 0xFE0E;

    private static final int LAST_LOOK = 0xFE0F;

    private QuotedText() {}

    /** @param most so many characters; what is left out is counted at the end */
    static String of(String text, int most) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), most) + 16).append('"');
        int shown = 0;
        int at = 0;
        int before = 0;
        while (at < text.length() && shown < most) {
            int c = text.codePointAt(at);
            append(quoted, c, before);
            before = c;
            at += Character.charCount(c);
            shown++;
        }
        if (at < text.length()) {
            quoted.append("... (+")
                    .append(text.codePointCount(at, text.length()))
                    .append(" characters)");
        }
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c, int before) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (ShownText.isInvisible(c) || isHidden(c, before)) {
                    for (char unit : Character.toChars(c)) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                    }
                } else {
                    quoted.appendCodePoint(c);
                }
            }
        }
    }

    /** What is shown as nothing at all although it counts as a letter or a mark: whole messages have been hidden in it. */
    private static boolean isHidden(int c, int before) {
        if (c == FIRST_LOOK || c == LAST_LOOK) {
            return before <= 0x7F || isVariation(before);
        }
        return isVariation(c)
                || c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x2800
                || c == 0x3164
                || c == 0xFFA0;
    }

    private static boolean isVariation(int c) {
        return c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF || c >= 0x180B && c <= 0x180F;
    }
}
