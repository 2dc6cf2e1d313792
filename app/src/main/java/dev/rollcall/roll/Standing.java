package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * What the roll knows of an agent without opening its document.
 *
 * @param reading grows with every change the roll makes for this agent; a change is accepted only from somebody who
 *     looked at the file after seeing the current number
 * @param stamp the stat data and reading rules at the last recorded reading; empty when the file must be read
 * @param rejectedSha256 of the bytes that stand rejected, or null when nothing does
 * @param presence null when no version was ever accepted
 * @param findings how many findings the current document has
 */
public record Standing(
        AgentId agent,
        long reading,
        String stamp,
        @Nullable String rejectedSha256,
        @Nullable Presence presence,
        int findings) {
    /** The number that {@link #reading} has before an agent was ever seen. */
    public static final long NEVER_READ = 0;

    /** The standing of an agent nobody knows. */
    public static Standing unknown(AgentId agent) {
        return new Standing(agent, NEVER_READ, "", null, null, 0);
    }

    public boolean isPresent() {
        return presence == Presence.PRESENT;
    }

    /** Whether the roll would have to note that the agent's file is gone. */
    public boolean hasSomethingToLose() {
        return isPresent() || rejectedSha256 != null;
    }
}
