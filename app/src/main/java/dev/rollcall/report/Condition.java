package dev.rollcall.report;

import dev.rollcall.document.State;
import dev.rollcall.roll.Gap;
import java.util.Locale;

/** What the roll can say of an agent at a moment: its state, or why nobody knows it. */
public enum Condition {
    ACTIVE,
    IDLE,
    WAITING,
    BLOCKED,
    COMPLETE,
    ERROR,
    OFFLINE,
    /** The agent reported something that no rule turns into a state. */
    UNKNOWN,
    /** Its file was not acceptable. */
    REJECTED,
    /** Its file was gone. */
    LEFT,
    /** Versions from then were deleted to keep the database bounded. */
    PRUNED,
    /** Before its first version. */
    UNRECORDED;

    static Condition of(State state) {
        return valueOf(state.name());
    }

    static Condition of(Gap.Kind kind) {
        return valueOf(kind.name());
    }

    /** Whether the agent's version in force tells what it was at. */
    public boolean isTold() {
        return compareTo(UNKNOWN) <= 0;
    }

    /** As files for programs spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
