package dev.rollcall.sync;

import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollStore;

/**
 * The roll as a watch uses it: one connection in three roles.
 *
 * @param store closed by the watch
 */
public record WatchedRoll(RollStore store, RollQuery query, RollFeed feed) {}
