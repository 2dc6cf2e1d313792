package dev.rollcall.report;

import java.time.Instant;

/**
 * A task that an agent completed.
 *
 * @param at when the version that shows it first was observed
 * @param text as the agent wrote it
 */
public record CompletedTask(Instant at, String text) {}
