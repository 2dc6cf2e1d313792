package dev.rollcall.cli;

import dev.rollcall.problem.ShownText;
import java.util.Locale;

/** Text from files, made fit for a terminal: nothing in it moves the cursor, hides, or turns the reading direction. */
final class TerminalText {
    private static final String CUT = "\u2026";

    private TerminalText() {}

    /** One line; control, invisible and direction-changing characters are shown as escapes. */
    static String safe(String text) {
        if (text.codePoints().noneMatch(ShownText::isInvisible)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (ShownText.isInvisible(c)) {
                        shown.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\u{%x}" : "\\u%04x", c));
                    } else {
                        shown.appendCodePoint(c);
                    }
                }
            }
        });
        return shown.toString();
    }

    /** Several lines, each safe. */
    static String safeLines(String text) {
        return String.join("\n", text.lines().map(TerminalText::safe).toList());
    }

    /** Safe, and at most this many terminal columns wide. */
    static String cut(String text, int columns) {
        String safe = safe(text);
        if (width(safe) <= columns) {
            return safe;
        }
        StringBuilder kept = new StringBuilder();
        int used = 1;
        for (int c : safe.codePoints().toArray()) {
            used += width(c);
            if (used > columns) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.append(CUT).toString();
    }

    /** Safe, cut and filled up with spaces to exactly this many columns. */
    static String pad(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(Math.max(0, columns - width(cut)));
    }

    static String padLeft(String text, int columns) {
        String cut = cut(text, columns);
        return " ".repeat(Math.max(0, columns - width(cut))) + cut;
    }

    /**
     * Safe, broken between words, and within those that are longer than a line, into lines that all begin so many columns
     * in and end within a terminal.
     */
    static String wrapped(String text, int indent) {
        String margin = " ".repeat(indent);
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        int columns = Table.WIDTH - indent;
        for (String word : safe(text).split(" ", -1)) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
                lines.append(margin).append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (width(line.toString()) > columns) {
                int fitting = fitting(line.toString(), columns);
                lines.append(margin).append(line, 0, fitting).append('\n');
                line.delete(0, fitting);
            }
        }
        return lines.append(margin).append(line).toString();
    }

    /** How many chars of a text that is wider than this many columns stand in them. */
    private static int fitting(String text, int columns) {
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            used += width(c);
            if (used > columns) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    /** Columns of a code point: wide for East Asian scripts and emoji (Unicode TR 11), none for combining marks. */
    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD)
                || Character.isEmojiPresentation(c);
        return wide ? 2 : 1;
    }
}
