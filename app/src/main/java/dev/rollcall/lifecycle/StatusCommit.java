package dev.rollcall.lifecycle;

import dev.rollcall.document.AgentId;

/**
 * Version control, as the end of a cycle uses it.
 *
 * <p><b>What one call does.</b> Commits the agent's status.json, and nothing else, with the message. <b>Atomic:</b> the
 * commit is; the file is never changed. <b>A second call</b> fails unless the file changed in between. <b>Absent:</b> no
 * file or no repository is {@link Outcome.Failed}. <b>Exceptions:</b> none: whatever goes wrong is
 * {@link Outcome.Failed} with the cause, within a time limit. <b>Threads:</b> any number.
 */
public interface StatusCommit {
    Outcome commit(AgentId agent, String message);

    /** What became of it. */
    sealed interface Outcome {
        record Committed() implements Outcome {}

        /** @param cause one line, safe to show */
        record Failed(String cause) implements Outcome {}
    }
}
