package dev.rollcall.sync;

/** Told how far a long pass is. */
@FunctionalInterface
public interface Progress {
    /** Nobody is told. */
    Progress NONE = (done, total) -> {};

    void at(int done, int total);
}
