package dev.rollcall.document;

import org.jspecify.annotations.Nullable;

/** What stands in a file before or after the place where its one object should be. */
final class Preamble {
    private Preamble() {}

    /** The violation of a text that begins with something else than an object. */
    static Violation violation(byte[] text, int start) {
        if (beginsValue(text, start)) {
            return new Violation(RejectionCode.NOT_OBJECT, start, "the file holds JSON, but no object");
        }
        if (isCommentBeforeObject(text, start)) {
            return new Violation(RejectionCode.COMMENT, start, "JSON knows no comments, and the file begins with one");
        }
        return new Violation(
                RejectionCode.BARE_TEXT,
                start,
                "expected '{', found text that begins with " + Legible.characterAt(text, start));
    }

    /** The violation of a text that goes on after its object, or null when only white space follows. */
    static @Nullable Violation violationAfterObject(byte[] text, int end) {
        TokenScan scan = new TokenScan(text, end);
        scan.skipWhiteSpace();
        if (scan.isAtEnd()) {
            return null;
        }
        if (scan.sees('{') || scan.sees('[') && beginsList(text, scan.at())) {
            return new Violation(
                    RejectionCode.TWO_DOCUMENTS, scan.at(), "a second document begins after the end of the first");
        }
        return new Violation(
                RejectionCode.TRAILING_TEXT,
                scan.at(),
                "text that begins with " + Legible.characterAt(text, scan.at()) + " follows the end of the document");
    }

    private static boolean beginsValue(byte[] text, int start) {
        if (text[start] == '[') {
            return beginsList(text, start);
        }
        TokenScan scan = new TokenScan(text, start);
        return scan.scalar() == null && (scan.isAtEnd() || TokenScan.isWhiteSpace(text[scan.at()]));
    }

    /** Tells a list from a message like {@code [A2A] hello}: its first item is one, and goes on like one. */
    private static boolean beginsList(byte[] text, int start) {
        TokenScan scan = new TokenScan(text, start + 1);
        scan.skipWhiteSpace();
        if (scan.isAtEnd() || scan.sees('[') || scan.sees('{') || scan.sees(']')) {
            return true;
        }
        if (scan.scalar() != null) {
            return false;
        }
        scan.skipWhiteSpace();
        return scan.isAtEnd() || scan.sees(',') || scan.sees(']');
    }

    private static boolean isCommentBeforeObject(byte[] text, int start) {
        TokenScan scan = new TokenScan(text, start);
        boolean isComment = scan.seesComment();
        while (scan.seesComment()) {
            scan = new TokenScan(text, endOfComment(text, scan.at()));
            scan.skipWhiteSpace();
        }
        return isComment && scan.sees('{');
    }

    private static int endOfComment(byte[] text, int start) {
        boolean isBlock = text[start] == '/' && text[start + 1] == '*';
        for (int i = start + 1; i < text.length; i++) {
            if (isBlock ? i > start + 2 && text[i - 1] == '*' && text[i] == '/' : text[i] == '\n' || text[i] == '\r') {
                return i + 1;
            }
        }
        return text.length;
    }
}
