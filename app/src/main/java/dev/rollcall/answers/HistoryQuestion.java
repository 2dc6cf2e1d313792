package dev.rollcall.answers;

import dev.rollcall.document.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * Which of an agent's versions are wanted.
 *
 * @param field only versions in which this column or member changed; null for all versions
 * @param since a moment as it was typed; null for the beginning
 * @param until likewise, included; null for now
 * @param limit only the newest so many, at least 0
 */
public record HistoryQuestion(
        AgentId agent,
        @Nullable String field,
        @Nullable String since,
        @Nullable String until,
        int limit) {}
