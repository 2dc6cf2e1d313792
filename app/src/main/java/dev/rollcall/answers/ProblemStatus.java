package dev.rollcall.answers;

import dev.rollcall.problem.ProblemCode;

/** The HTTP status of each kind of failure, for programs and for people alike. */
public final class ProblemStatus {
    /** What will be over after a while. */
    public static final int UNAVAILABLE = 503;

    private ProblemStatus() {}

    public static int of(ProblemCode code) {
        return switch (code) {
            case UNKNOWN_AGENT, UNKNOWN_VERSION, UNKNOWN_FIELD, NOT_KNOWN_YET -> 404;
            case REFUSED, DOCUMENT_NOT_EDITABLE -> 409;
            case WRONG_USAGE, INVALID_AGENT_ID -> 400;
            case DATABASE_UNAVAILABLE, SCHEMA_MISMATCH, WORKSPACE_UNREADABLE, MODEL_UNAVAILABLE -> UNAVAILABLE;
            case INVALID_CONFIGURATION, BUG -> 500;
        };
    }
}
