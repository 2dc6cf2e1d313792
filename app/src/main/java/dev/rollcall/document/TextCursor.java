package dev.rollcall.document;

import java.util.Locale;

/** A place in a text that moves forward over what it reads. Not thread-safe. */
final class TextCursor {
    private final String text;
    private int at;

    TextCursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    /** The next character, or U+0000 at the end. */
    char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** Whether at least one of the characters was there. */
    boolean skipAny(String characters) {
        int start = at;
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at > start;
    }

    int digitsAhead() {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - at;
    }

    /** The number in the next digits, at most nine, of which there must be as many. */
    int number(int digits) {
        int number = 0;
        for (int i = 0; i < digits; i++) {
            number = number * 10 + (text.charAt(at++) - '0');
        }
        return number;
    }

    /** The number in the next one or two digits, or -1 when there are none or more. */
    int upToTwoDigits() {
        int digits = digitsAhead();
        return digits == 1 || digits == 2 ? number(digits) : -1;
    }

    /** Reads over the st, nd, rd or th that directly follows a day. */
    void skipOrdinal() {
        int start = at;
        switch (word()) {
            case "st", "nd", "rd", "th" -> {}
            default -> at = start;
        }
    }

    /** The ASCII letters ahead, in lower case; empty when there are none. */
    String word() {
        int start = at;
        while (at < text.length() && isLetter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at).toLowerCase(Locale.ROOT);
    }

    /** Everything up to the character, which is read over as well; empty, and nothing read, when it does not occur. */
    String upTo(char c) {
        int end = text.indexOf(c, at);
        if (end < 0) {
            return "";
        }
        String before = text.substring(at, end);
        at = end + 1;
        return before;
    }

    /** Everything to the end. */
    String remainder() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
