package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.FieldChange;
import dev.rollcall.document.ParseResult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an agent of the swarm.
 *
 * @param seq its place in the order of events, and the cursor to go on from; never used twice
 * @param at when it was seen
 * @param revision the agent's latest revision once it had happened; null where there is none
 * @param changes of {@link Kind#CHANGED} and {@link Kind#STATE_CHANGED}; a new version can leave all columns as they were
 * @param rejection of {@link Kind#REJECTED}
 */
public record RollEvent(
        long seq,
        Instant at,
        AgentId agent,
        Kind kind,
        @Nullable Long revision,
        List<FieldChange> changes,
        ParseResult.@Nullable Rejected rejection) {
    public RollEvent {
        changes = List.copyOf(changes);
    }

    /** What happened. Each new revision is exactly one of the first three. */
    public enum Kind {
        /** The first version of the agent that the roll ever accepted. */
        JOINED,
        /** Another version that reports the same state. */
        CHANGED,
        /** Another version that reports another state. */
        STATE_CHANGED,
        /** The file is not acceptable, or not acceptable in another way than before. */
        REJECTED,
        /** A file that stood rejected is acceptable again. */
        RECOVERED,
        /** The file is gone. */
        LEFT,
        /** An agent that had left is there again. */
        RETURNED,
        /** No sign of life for so long that the agent counts as stale. */
        STALE,
        /** A sign of life of an agent that was stale. */
        LIVE;

        /** The kind as it stands in JSON and in the database: lower case with underscores. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
