package dev.rollcall.roll;

/** What the store can give back of a recorded version's bytes. */
public sealed interface StoredDocument {
    /** The bytes as they were recorded: their SHA-256 is the recorded one. */
    record Intact(byte[] bytes) implements StoredDocument {}

    /** The bytes can not be had back; {@code reason} says why in half a sentence. */
    record Damaged(String reason) implements StoredDocument {}
}
