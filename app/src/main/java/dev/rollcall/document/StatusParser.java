package dev.rollcall.document;

/** Reads the bytes of a status.json strictly. Stateless. */
public final class StatusParser {
    private StatusParser() {}

    /** Accepts or rejects; never throws for any bytes. The size is the caller's to limit. */
    public static ParseResult parse(byte[] bytes) {
        throw new UnsupportedOperationException("stub");
    }
}
