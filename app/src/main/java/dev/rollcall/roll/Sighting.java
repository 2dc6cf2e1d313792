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
 * @param file which file it was, for as long as that exists: another one has another text; empty where there is none or
 *     the system does not tell
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
}
