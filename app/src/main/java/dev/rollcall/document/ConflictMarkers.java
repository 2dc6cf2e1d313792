package dev.rollcall.document;

import java.util.OptionalInt;

/** The lines that a merge leaves in a file. Only for texts that are no JSON: within JSON a line may look like that. */
final class ConflictMarkers {
    /** Git's default {@code conflict-marker-size}. */
    private static final int LENGTH = 7;

    private ConflictMarkers() {}

    /**
     * The offset of the first marker. A line of equals or greater-than signs counts only where JSON failed, as messages
     * are ruled with such lines.
     */
    static OptionalInt first(byte[] text, int failure) {
        for (int i = 0; i < text.length; i++) {
            boolean startsLine = i == 0 || text[i - 1] == '\n' || text[i - 1] == '\r';
            if (startsLine && (isMarker(text, i, '<') || i == failure && isClosingMarker(text, i))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isClosingMarker(byte[] text, int at) {
        return isMarker(text, at, '=') || isMarker(text, at, '>');
    }

    private static boolean isMarker(byte[] text, int at, char sign) {
        int end = at + LENGTH;
        for (int i = at; i < end; i++) {
            if (i >= text.length || text[i] != sign) {
                return false;
            }
        }
        return end == text.length || text[end] == ' ' || text[end] == '\n' || text[end] == '\r';
    }
}
