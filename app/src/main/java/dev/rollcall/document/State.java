package dev.rollcall.document;

/** What an agent is doing, derived from the status it reports; never replaces that status. */
public enum State {
    ACTIVE,
    IDLE,
    WAITING,
    BLOCKED,
    COMPLETE,
    ERROR,
    OFFLINE,
    UNKNOWN
}
