package dev.rollcall.document;

import org.jspecify.annotations.Nullable;

/** What became of a file's bytes. */
public sealed interface ParseResult {
    record Parsed(StatusDocument document) implements ParseResult {}

    /**
     * @param message one sentence for a person, with no text of the file in it that could not be shown safely
     * @param position where it went wrong, or null where there is no text to point into
     */
    record Rejected(
            RejectionCode code, String message, @Nullable Position position) implements ParseResult {}
}
