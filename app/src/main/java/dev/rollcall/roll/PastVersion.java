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
 * @param origin of a commit
 * @param follows SHA-256 of the archive's version of the agent right before this one, when that was made at the same
 *     moment; else null
 */
public record PastVersion(
        AgentId agent,
        Instant at,
        DocumentContent content,
        StatusColumns columns,
        Origin origin,
        @Nullable String follows) {}
