package dev.rollcall.sync;

import dev.rollcall.document.ReadingRules;
import dev.rollcall.roll.FreshnessPolicy;

/** How a watch reads documents, and when it calls an agent stale. */
public record WatchRules(ReadingRules reading, FreshnessPolicy freshness) {}
