package dev.rollcall.process;

/** How long to torment: shortly in every check, long in {@code ./check --soak}. */
final class Soak {
    /** Set by {@code ./check --soak}. */
    static final String PROPERTY = "rollcall.soak";

    private Soak() {}

    static int times(int inEveryCheck, int inSoak) {
        return Boolean.getBoolean(PROPERTY) ? inSoak : inEveryCheck;
    }

    /** The same in every check, unless {@code -Drollcall.seed=N} says otherwise; a soak takes another every time. */
    static long seed() {
        return Long.getLong("rollcall.seed", Boolean.getBoolean(PROPERTY) ? System.nanoTime() : 20251015);
    }
}
