package dev.rollcall.app;

import dev.rollcall.report.VersionDocument;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One agent as it was.
 *
 * @param observation what the version in force said, and how fresh it was at that moment; without cadence, evidence and
 *     lag, which are known of the present only
 * @param at the moment
 * @param version the version in force; null when the file had never been acceptable by then
 * @param document of that version; null without one
 */
public record PastAgent(
        Observation observation,
        Instant at,
        @Nullable Revision version,
        @Nullable VersionDocument document) {}
