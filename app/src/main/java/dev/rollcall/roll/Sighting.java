package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One look at an agent's file.
 *
 * @param expectedReading {@link Standing#reading} as seen before the file was looked at
 * @param stamp stat data and rules fingerprint, without control characters; empty when the next pass must read the bytes
 *     again
 * @param file which file it was, by device, inode and time of birth: another one has another text; empty where there is
 *     none or the system does not tell
 * @param sourcePath where the file is, for people
 * @param modifiedAt the file's modification time; null when there is no file
 * @param observedAt when the file was looked at
 */
public record Sighting(
        AgentId agent,
        long expectedReading,
        String stamp,
        String file,
        String sourcePath,
        @Nullable Instant modifiedAt,
        Instant observedAt) {
    public Sighting {
        if (stamp.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a stamp with a control character: " + stamp);
        }
    }

    /**
     * Whether the known file was written over, with no other put into its place. A file that seems to be born when it was
     * last modified may be on a file system that tells no birth, so that nobody can know.
     *
     * @param known what an earlier sighting had as its file
     */
    public boolean isWrittenOver(@Nullable String known) {
        return !file.isEmpty() && file.equals(known) && !file.endsWith(":" + modifiedAt);
    }
}
