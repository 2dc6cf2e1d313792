package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** JSON strings and the texts they stand for. */
final class Spelling {
    private Spelling() {}

    /**
     * The text as a JSON string, quotes included, with as few escapes as possible: what JSON demands, the line
     * separators U+2028 and U+2029 that break JavaScript, and halves of surrogate pairs, which UTF-8 can not hold.
     */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> appendEscaped(json, c));
        return json.append('"').toString();
    }

    /** The text of the valid JSON string whose opening quote is at {@code start} and whose end is {@code end}. */
    static String unquoted(byte[] utf8, int start, int end) {
        String raw = new String(utf8, start + 1, end - start - 2, StandardCharsets.UTF_8);
        int backslash = raw.indexOf('\\');
        if (backslash < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        int from = 0;
        while (backslash >= 0) {
            text.append(raw, from, backslash);
            char kind = raw.charAt(backslash + 1);
            from = backslash + (kind == 'u' ? 6 : 2);
            text.append(kind == 'u' ? (char) Integer.parseInt(raw, backslash + 2, from, 16) : unescaped(kind));
            backslash = raw.indexOf('\\', from);
        }
        return text.append(raw, from, raw.length()).toString();
    }

    /** The offset after the closing quote of the valid JSON string that starts here. */
    static int endOf(String json, int start) {
        int end = json.indexOf('"', start + 1);
        while (isEscaped(json, end)) {
            end = json.indexOf('"', end + 1);
        }
        return end + 1;
    }

    /** Whether an odd number of backslashes stands before this place inside of a JSON string. */
    private static boolean isEscaped(String json, int at) {
        int first = at;
        while (json.charAt(first - 1) == '\\') {
            first--;
        }
        return (at - first) % 2 == 1;
    }

    private static char unescaped(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }

    private static void appendEscaped(StringBuilder json, int c) {
        switch (c) {
            case '"', '\\' -> json.append('\\').appendCodePoint(c);
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                boolean isHalfPair = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                if (c < 0x20 || c == 0x2028 || c == 0x2029 || isHalfPair) {
                    json.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else {
                    json.appendCodePoint(c);
                }
            }
        }
    }
}
