package dev.rollcall.problem;

/** The kinds of failure, each with the exit code a command ends with. */
public enum ProblemCode {
    UNKNOWN_AGENT(1),
    /** A revision or commit that no version is of. */
    UNKNOWN_VERSION(1),
    /** A column or member that no version has. */
    UNKNOWN_FIELD(1),
    /** A moment before an agent's first version. */
    NOT_KNOWN_YET(1),
    /** Not done, because it would not last or would do harm; the message tells why. */
    REFUSED(1),
    /** Too many ask for the same at once; it can be asked for again. */
    BUSY(1),
    WRONG_USAGE(2),
    INVALID_AGENT_ID(2),
    INVALID_CONFIGURATION(2),
    DATABASE_UNAVAILABLE(3),
    SCHEMA_MISMATCH(3),
    WORKSPACE_UNREADABLE(4),
    DOCUMENT_NOT_EDITABLE(4),
    /** The embedding model can not be loaded or run. */
    MODEL_UNAVAILABLE(4),
    BUG(70);

    private final int exitCode;

    ProblemCode(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The code as scripts see it: lower case with underscores. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
