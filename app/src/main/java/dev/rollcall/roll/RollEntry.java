package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One agent on the roll, as people and programs ask for it.
 *
 * @param columns what its last good document says; all absent when no version was ever accepted
 * @param revision 0 when no version was ever accepted
 * @param presence whether its workspace is there
 * @param lastActivityAt the newest trustworthy sign of life, see {@link Freshness}; null without an accepted version
 * @param rejectedSince since when the file is unacceptable; null when it is not
 */
public record RollEntry(
        AgentId agent,
        StatusColumns columns,
        long revision,
        Presence presence,
        @Nullable Instant lastActivityAt,
        @Nullable Instant rejectedSince) {}
