package dev.rollcall.sync;

import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollSources;
import dev.rollcall.roll.RollStore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The roll as a watch uses it: one connection in four roles.
 *
 * @param store closed by the watch
 * @param inPlace whether what the connection writes to is still what others find under the database's name
 * @param othersChanges a number that is another one after anybody else has written to the database
 */
public record WatchedRoll(
        RollStore store,
        RollQuery query,
        RollFeed feed,
        RollSources sources,
        BooleanSupplier inPlace,
        LongSupplier othersChanges) {}
