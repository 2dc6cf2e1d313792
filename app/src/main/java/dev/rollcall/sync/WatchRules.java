package dev.rollcall.sync;

import dev.rollcall.document.ReadingRules;
import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.FreshnessPolicy;

/** How a watch reads documents, when it calls an agent stale, and how long it keeps events. */
public record WatchRules(ReadingRules reading, FreshnessPolicy freshness, EventLimits events) {}
