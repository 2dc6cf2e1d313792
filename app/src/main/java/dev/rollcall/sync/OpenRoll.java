package dev.rollcall.sync;

import dev.rollcall.roll.RollStore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The roll of a daemon, opened when it is needed and anew after it was closed. For one thread at a time. */
final class OpenRoll {
    private final Supplier<WatchedRoll> opener;
    private @Nullable WatchedRoll roll;

    OpenRoll(Supplier<WatchedRoll> opener) {
        this.opener = opener;
    }

    /** @throws dev.rollcall.problem.ProblemException when it is not open and can not be opened */
    WatchedRoll opened() {
        if (roll == null) {
            roll = opener.get();
        }
        return roll;
    }

    /** Whether what is open is not what others find under the database's name. */
    boolean isElsewhere() {
        return roll != null && !roll.inPlace().getAsBoolean();
    }

    void close() {
        if (roll != null) {
            RollStore closing = roll.store();
            roll = null;
            closing.close();
        }
    }
}
