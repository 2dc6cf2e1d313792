package dev.rollcall.document;

import java.time.Instant;
import java.util.Optional;

/** The typed reading of a document's members. */
public final class StatusView {
    private StatusView() {}

    /**
     * The columns of a document.
     *
     * @param agent the folder's name, compared with the document's own agent_id
     * @param modifiedAt the file's modification time at this version: what "in the future" is measured against, so that
     *     the same version always reads the same
     */
    public static StatusColumns columns(
            StatusDocument document, AgentId agent, ReadingRules rules, Instant modifiedAt) {
        throw new UnsupportedOperationException("stub");
    }

    /** The top-level member whose value the column shows; empty when no candidate is usable or the value is nested. */
    public static Optional<JsonValue.Member> memberBehind(StatusDocument document, StatusField field) {
        throw new UnsupportedOperationException("stub");
    }
}
