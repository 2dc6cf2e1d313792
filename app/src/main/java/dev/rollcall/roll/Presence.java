package dev.rollcall.roll;

/** Whether an agent's workspace is there. */
public enum Presence {
    PRESENT,
    LEFT
}
