package dev.rollcall.lifecycle;

import dev.rollcall.document.AgentId;

/**
 * How a lifecycle verb brings the roll up to date while it still holds the agent's lock.
 *
 * <p><b>What one call does.</b> Records the file's bytes before and after a verb; {@code before} only when the roll has
 * not seen them. <b>Atomic:</b> each recorded version is. <b>A second call</b> with the same bytes records nothing.
 * <b>Empty:</b> {@code before} is empty when there was no file. <b>Exceptions:</b> none for an unavailable roll: that is
 * {@link Outcome.NotSynced} with the cause, after at most 5 s. <b>Threads:</b> one at a time.
 */
public interface RollUpdate {
    Outcome record(AgentId agent, byte[] before, byte[] after);

    /** Whether the roll has the bytes that were written. */
    sealed interface Outcome {
        record Synced(long revision) implements Outcome {}

        record NotSynced(String cause) implements Outcome {}
    }
}
