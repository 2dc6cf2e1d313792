package dev.rollcall.sync;

/** What verification says of one agent. */
public enum Verdict {
    SYNCED,
    /** The file is newer than the roll. */
    LAGGING,
    /** Same version, but row, history or search entries disagree with it. */
    DRIFTED,
    /** Never recorded. */
    UNSYNCED,
    /** The file is not acceptable. */
    REJECTED,
    /** No file, and the roll still calls the agent present. */
    MISSING,
    /** Gone, and the roll says so. */
    LEFT
}
