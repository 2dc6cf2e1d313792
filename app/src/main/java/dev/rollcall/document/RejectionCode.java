package dev.rollcall.document;

import java.util.Locale;

/** Why a file is not acceptable as a status document. */
public enum RejectionCode {
    EMPTY,
    NUL_BYTES,
    NOT_UTF8,
    CONFLICT_MARKERS,
    BARE_TEXT,
    TWO_DOCUMENTS,
    TRAILING_TEXT,
    TRAILING_COMMA,
    COMMENT,
    CONTROL_CHARACTER,
    TRUNCATED,
    SYNTAX,
    TOO_DEEP,
    TOO_LARGE,
    NOT_OBJECT,
    NOT_REGULAR_FILE,
    UNREADABLE;

    /** The code as it stands in JSON and in the database: lower case with underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
