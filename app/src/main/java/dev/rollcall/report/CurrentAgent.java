package dev.rollcall.report;

import dev.rollcall.roll.Lag;
import dev.rollcall.roll.RollEntry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the roll knows of an agent now and history does not tell.
 *
 * @param cadence how often it reports; null when nobody can tell yet
 * @param lag how far the roll trails its file
 */
public record CurrentAgent(RollEntry entry, @Nullable Duration cadence, Lag lag) {}
