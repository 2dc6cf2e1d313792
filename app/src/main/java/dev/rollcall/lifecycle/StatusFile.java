package dev.rollcall.lifecycle;

import dev.rollcall.document.AgentId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The status.json files that lifecycle verbs write.
 *
 * <p><b>What one call does.</b> Takes the agent's lock, lets {@code work} read and replace the file, gives the lock
 * back. <b>Atomic:</b> {@link Held#replace} leaves the old or the new bytes, durable when it returns; no reader ever sees
 * a half file; mode, owner and a link's target are kept. <b>A second call</b> waits until the first is done, in this
 * process or another. <b>Absent:</b> no file reads as empty; replace creates the folder. <b>Exceptions:</b>
 * {@link dev.rollcall.problem.ProblemException} with WORKSPACE_UNREADABLE when file or folder can not be read or
 * written, is not a regular file, or lies outside the root; the file is as it was then. <b>Threads:</b> any.
 */
public interface StatusFile {
    <T> T hold(AgentId agent, Function<Held, T> work);

    /** The file while its lock is held; not to be used after that. */
    interface Held {
        /** The bytes that stand in the file now; empty when there is no file. */
        Optional<byte[]> read();

        /** Replaces the file's bytes, or creates folder and file. */
        void replace(byte[] bytes);

        /** The same; the file is then one that was last modified at this moment. */
        void replace(byte[] bytes, Instant modifiedAt);

        /**
         * Removes the file, durably, and its folder when nothing else is in it. A link is not removed, but refused. What
         * somebody without the lock has just put in the place of these bytes is left.
         *
         * @return whether it is gone
         */
        boolean remove(byte[] expected);
    }
}
