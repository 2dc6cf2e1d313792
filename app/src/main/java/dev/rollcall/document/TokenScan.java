package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Walks over the tokens of a JSON text and stops at the first byte that JSON forbids. Not thread-safe. */
final class TokenScan {
    private final byte[] text;
    private int at;

    TokenScan(byte[] text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The offset of the next byte that is not yet accepted. */
    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at >= text.length;
    }

    void advance() {
        at++;
    }

    void skipWhiteSpace() {
        while (at < text.length && isWhiteSpace(text[at])) {
            at++;
        }
    }

    static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Whether the byte here is this one. */
    boolean sees(char expected) {
        return at < text.length && text[at] == expected;
    }

    boolean seesDigit() {
        return at < text.length && text[at] >= '0' && text[at] <= '9';
    }

    /** Whether a comment of another language begins here. */
    boolean seesComment() {
        return sees('#') || sees('/') && at + 1 < text.length && (text[at + 1] == '/' || text[at + 1] == '*');
    }

    /** Goes over the text, number or word that begins here; null when it is well-formed, and not when none begins. */
    @Nullable
    Violation scalar() {
        if (sees('"')) {
            return string();
        }
        if (sees('-') || seesDigit()) {
            return number();
        }
        return word();
    }

    Violation syntax(int offset, String expected) {
        return new Violation(
                RejectionCode.SYNTAX, offset, "expected " + expected + ", found " + Legible.characterAt(text, offset));
    }

    Violation truncated() {
        return new Violation(RejectionCode.TRUNCATED, text.length, "the file ends too early");
    }

    @Nullable
    Violation string() {
        int i = at + 1;
        while (i < text.length && text[i] != '"') {
            if (text[i] >= 0 && text[i] < ' ') {
                return controlCharacter(i);
            }
            if (text[i] != '\\') {
                i++;
                continue;
            }
            int length = escapeLength(i);
            if (length <= 0) {
                return length < 0 ? truncated() : syntax(i, "a known escape in the text");
            }
            i += length;
        }
        at = i + 1;
        return i < text.length ? null : truncated();
    }

    /** A text that is never closed was cut off; one that is closed later merely holds what it must not hold. */
    private Violation controlCharacter(int offset) {
        int i = offset;
        while (i < text.length && text[i] != '"') {
            i += text[i] == '\\' ? 2 : 1;
        }
        if (i >= text.length) {
            return truncated();
        }
        String what = text[offset] == '\n' || text[offset] == '\r'
                ? "a line break"
                : "the control character " + Legible.characterAt(text, offset);
        return new Violation(
                RejectionCode.CONTROL_CHARACTER, offset, "a text holds " + what + " that is not written as an escape");
    }

    /** Bytes of the escape that begins here, 0 when it is none, negative when the text ends inside it. */
    private int escapeLength(int backslash) {
        if (backslash + 1 >= text.length) {
            return -1;
        }
        return switch (text[backslash + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> hexEscapeLength(backslash);
            default -> 0;
        };
    }

    private int hexEscapeLength(int backslash) {
        for (int i = backslash + 2; i < backslash + 6; i++) {
            if (i >= text.length) {
                return -1;
            }
            if (text[i] < 0 || Character.digit(text[i], 16) < 0) {
                return 0;
            }
        }
        return 6;
    }

    private @Nullable Violation number() {
        if (sees('-')) {
            at++;
        }
        Violation violation = null;
        if (sees('0')) {
            at++;
        } else {
            violation = digits();
        }
        if (violation == null && sees('.')) {
            at++;
            violation = digits();
        }
        if (violation == null && (sees('e') || sees('E'))) {
            at++;
            if (sees('+') || sees('-')) {
                at++;
            }
            violation = digits();
        }
        return violation;
    }

    private @Nullable Violation digits() {
        if (isAtEnd()) {
            return truncated();
        }
        if (!seesDigit()) {
            return syntax(at, "a digit");
        }
        while (seesDigit()) {
            at++;
        }
        return null;
    }

    private @Nullable Violation word() {
        String word = sees('t') ? "true" : sees('f') ? "false" : "null";
        String found = new String(text, at, Math.min(word.length(), text.length - at), StandardCharsets.ISO_8859_1);
        if (found.equals(word)) {
            at += word.length();
            return null;
        }
        return word.startsWith(found) ? truncated() : syntax(at, "a value");
    }
}
