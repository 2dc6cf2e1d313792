package dev.rollcall.app;

import dev.rollcall.document.Finding;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.RollEntry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One agent on the roll, and what follows of it at the moment somebody looks.
 *
 * @param age time since the last trustworthy sign of life; null without an accepted version
 * @param cadence how often it reports; null when nobody can tell yet
 * @param thresholds what decided its freshness
 * @param lag how far the roll trails its file
 * @param findings of its document, then those of its {@link dev.rollcall.roll.Evidence} if these were asked for, then that
 *     of its lag
 */
public record Observation(
        RollEntry entry,
        Freshness freshness,
        @Nullable Duration age,
        @Nullable Duration cadence,
        FreshnessThresholds thresholds,
        Lag lag,
        List<Finding> findings) {}
