package dev.rollcall.app;

import dev.rollcall.document.ReadingRules;
import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, decided.
 *
 * @param root the workspaces root; it need not exist yet
 * @param database where the roll is kept, and as whom
 * @param freshness what was named of the thresholds, for everybody and for single agents
 * @param events how much of the log of events a watch keeps
 * @param maxDocumentBytes larger files are rejected before they are read whole
 * @param window where {@code rollcall up} opens its window
 * @param configuration the rollcall.toml that was read; null when there is none
 */
public record Settings(
        Path root,
        DatabaseSettings database,
        SwarmName swarm,
        ReadingRules rules,
        FreshnessPolicy freshness,
        EventLimits events,
        long maxDocumentBytes,
        WindowSettings window,
        @Nullable Path configuration) {
    public static final long DEFAULT_MAX_DOCUMENT_BYTES = 4L * 1024 * 1024;
}
