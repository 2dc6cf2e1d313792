package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.StatusColumns;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of an agent's file that was made at an earlier time and is known from an archive only.
 *
 * @param at when it was made
 * @param origin of a commit, on the line that the archive follows or beside it
 * @param follows SHA-256 of the archive's version of the agent right before this one, when that was made at the same
 *     moment; else null
 */
public record PastVersion(
        AgentId agent,
        Instant at,
        DocumentContent content,
        StatusColumns columns,
        Origin origin,
        @Nullable String follows,
        Writing writing) {
    /**
     * What stays the same of a version when the history it is in is written anew, as by a rebase, under other commits and
     * mostly at other times. Together with agent and bytes it is the version's identity.
     *
     * @param at when its author says that it was written; nothing is promised about that
     * @param repeats how many versions of the agent with these bytes and this time the commits before it hold, following
     *     first parents, those left out that only repeat the one before them: above 0 for one that was taken up again with
     *     its author's time
     */
    public record Writing(Instant at, int repeats) {
        private static final int END = Integer.MAX_VALUE;

        /** The same of a version that ends the line: whatever else is known of it, from its time on it is in force. */
        public Writing atEnd() {
            return new Writing(at, END);
        }

        public boolean isAtEnd() {
            return repeats == END;
        }
    }

    /** The same as the one that ends the line. */
    public PastVersion atEnd() {
        return new PastVersion(agent, at, content, columns, origin, follows, writing.atEnd());
    }

    /** Whether it stands beside the line: kept, and at no time in force. */
    public boolean isBeside() {
        return Origin.isBeside(origin.label());
    }
}
