package dev.rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * An agent that was erased.
 *
 * @param erased what the roll held of it
 * @param remains why bytes of it may still be found in the database's files; null when none are
 */
public record Erasure(Holdings erased, @Nullable String remains) {}
