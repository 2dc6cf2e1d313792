package dev.rollcall.document;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first place at which a text stops being one JSON object: the parser that decides about acceptance tells
 * neither the class of a fault nor always its place. Works without recursion, in time linear in the text.
 */
final class Diagnosis {
    private enum Expected {
        FIRST_NAME,
        NAME,
        COLON,
        VALUE,
        FIRST_ITEM,
        ITEM,
        COMMA
    }

    private final byte[] text;
    private final TokenScan scan;
    private final boolean[] objects = new boolean[JsonTree.MAX_DEPTH];
    private int depth;
    private Expected expected = Expected.VALUE;
    private int lastComma;
    private @Nullable String topMember;

    private Diagnosis(byte[] text) {
        this.text = text;
        this.scan = new TokenScan(text, 0);
    }

    /**
     * The first violation, or empty when the text is one object nested at most {@link JsonTree#MAX_DEPTH} deep.
     *
     * @param utf8 well-formed, not blank
     */
    static Optional<Violation> of(byte[] utf8) {
        return Optional.ofNullable(new Diagnosis(utf8).firstViolation());
    }

    private @Nullable Violation firstViolation() {
        scan.skipWhiteSpace();
        if (!scan.sees('{')) {
            return Preamble.violation(text, scan.at());
        }
        Violation violation = open();
        while (violation == null && depth > 0) {
            scan.skipWhiteSpace();
            violation = step();
        }
        return violation == null ? Preamble.violationAfterObject(text, scan.at()) : violation(violation);
    }

    private @Nullable Violation step() {
        if (scan.isAtEnd()) {
            return scan.truncated();
        }
        if (scan.seesComment()) {
            return new Violation(RejectionCode.COMMENT, scan.at(), "JSON knows no comments");
        }
        return switch (expected) {
            case FIRST_NAME -> scan.sees('}') ? close() : name();
            case NAME -> seesClosing() ? trailingComma() : name();
            case COLON -> colon();
            case VALUE -> value();
            case FIRST_ITEM -> scan.sees(']') ? close() : value();
            case ITEM -> seesClosing() ? trailingComma() : value();
            case COMMA -> commaOrClosing();
        };
    }

    private @Nullable Violation name() {
        if (!scan.sees('"')) {
            return scan.syntax(scan.at(), "the name of a member in double quotes");
        }
        int start = scan.at();
        Violation violation = scan.string();
        if (violation != null) {
            return violation;
        }
        if (depth == 1) {
            topMember = Legible.text(Spelling.unquoted(text, start, scan.at()));
        }
        expected = Expected.COLON;
        return null;
    }

    private @Nullable Violation colon() {
        if (!scan.sees(':')) {
            return scan.syntax(scan.at(), "a colon after the name of a member");
        }
        scan.advance();
        expected = Expected.VALUE;
        return null;
    }

    private @Nullable Violation value() {
        if (scan.sees('{') || scan.sees('[')) {
            return open();
        }
        Violation violation = scan.scalar();
        if (violation == null) {
            expected = Expected.COMMA;
        }
        return violation;
    }

    private @Nullable Violation open() {
        if (depth == JsonTree.MAX_DEPTH) {
            return new Violation(
                    RejectionCode.TOO_DEEP, scan.at(), "nested more than " + JsonTree.MAX_DEPTH + " levels deep");
        }
        boolean isObject = scan.sees('{');
        objects[depth++] = isObject;
        expected = isObject ? Expected.FIRST_NAME : Expected.FIRST_ITEM;
        scan.advance();
        return null;
    }

    private @Nullable Violation close() {
        depth--;
        expected = Expected.COMMA;
        scan.advance();
        return null;
    }

    private @Nullable Violation commaOrClosing() {
        boolean isObject = objects[depth - 1];
        char closing = isObject ? '}' : ']';
        if (scan.sees(closing)) {
            return close();
        }
        if (!scan.sees(',')) {
            return scan.syntax(scan.at(), "a comma or '" + closing + "'");
        }
        lastComma = scan.at();
        scan.advance();
        expected = isObject ? Expected.NAME : Expected.ITEM;
        return null;
    }

    private boolean seesClosing() {
        return scan.sees('}') || scan.sees(']');
    }

    private Violation trailingComma() {
        return new Violation(
                RejectionCode.TRAILING_COMMA,
                lastComma,
                "a comma stands before the closing " + Legible.characterAt(text, scan.at()));
    }

    /** The violation with the member of the outermost object it was met at. */
    private Violation violation(Violation bare) {
        String message;
        if (bare.code() == RejectionCode.TRUNCATED) {
            message = topMember == null
                    ? "the file ends before its first member"
                    : "the file ends " + (isBetweenMembers() ? "after" : "inside") + " the value of " + topMember;
        } else {
            message = topMember == null ? bare.message() : bare.message() + ", at member " + topMember;
        }
        return new Violation(bare.code(), bare.offset(), message);
    }

    private boolean isBetweenMembers() {
        return depth == 1 && (expected == Expected.NAME || expected == Expected.COMMA);
    }
}
