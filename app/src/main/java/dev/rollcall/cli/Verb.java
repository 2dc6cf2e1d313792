package dev.rollcall.cli;

import java.util.concurrent.Callable;

/** A command that was chosen: does its work, prints its result, tells its exit code. */
abstract class Verb implements Callable<Integer> {
    static final int FINE = 0;
    static final int NEEDS_ATTENTION = 1;

    private final RollcallCommand rollcall;

    Verb(RollcallCommand rollcall) {
        this.rollcall = rollcall;
    }

    RollcallCommand root() {
        return rollcall;
    }

    static int attention(boolean fine) {
        return fine ? FINE : NEEDS_ATTENTION;
    }
}
