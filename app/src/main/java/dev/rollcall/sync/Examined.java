package dev.rollcall.sync;

import dev.rollcall.roll.RollChange;
import dev.rollcall.sync.SettledReader.Waiting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One agent after a look: something for the roll, somebody to wait for, or nothing to do. */
final class Examined {
    static final Examined NOTHING = new Examined(null, null, 0);

    private final @Nullable RollChange change;
    private final @Nullable Waiting unsettled;
    private final int bytes;

    private Examined(@Nullable RollChange change, @Nullable Waiting unsettled, int bytes) {
        this.change = change;
        this.unsettled = unsettled;
        this.bytes = bytes;
    }

    static Examined change(RollChange change, int bytes) {
        return new Examined(change, null, bytes);
    }

    static Examined waiting(Waiting unsettled) {
        return new Examined(null, unsettled, 0);
    }

    Optional<RollChange> change() {
        return Optional.ofNullable(change);
    }

    Optional<Waiting> unsettled() {
        return Optional.ofNullable(unsettled);
    }

    /** What it keeps in memory, roughly: the size of the file. */
    int bytes() {
        return bytes;
    }
}
