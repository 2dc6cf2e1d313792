package dev.rollcall.sync;

import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollStore;
import java.util.function.BooleanSupplier;

/**
 * The roll as a watch uses it: one connection in three roles.
 *
 * @param store closed by the watch
 * @param inPlace whether what the connection writes to is still what others find under the database's name
 */
public record WatchedRoll(RollStore store, RollQuery query, RollFeed feed, BooleanSupplier inPlace) {}
