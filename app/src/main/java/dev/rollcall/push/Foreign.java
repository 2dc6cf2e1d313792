package dev.rollcall.push;

/** What is to become of a document at the receiver that this host has not put there. */
public enum Foreign {
    LEAVE,
    TAKE_OVER
}
