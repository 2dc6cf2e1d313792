package dev.rollcall.store;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of a Zstandard frame (RFC 8878, 3.1.1). Read by hand: the library decodes more than the few bytes that a
 * list has of each version, and loading it costs a short command more than everything else it does.
 */
final class FrameHeader {
    /** Magic number, descriptor, window, dictionary id and content size at their longest. */
    static final int LONGEST = 18;

    private static final int MAGIC = 0xFD2FB528;
    private static final int DESCRIPTOR = 4;
    private static final int SINGLE_SEGMENT = 0x20;

    private FrameHeader() {}

    /** How long the content is; null when the bytes begin no frame, or one that does not tell. */
    static @Nullable Long contentSize(byte @Nullable [] frame) {
        if (frame == null || frame.length <= DESCRIPTOR || number(frame, 0, 4) != Integer.toUnsignedLong(MAGIC)) {
            return null;
        }
        int descriptor = frame[DESCRIPTOR];
        boolean single = (descriptor & SINGLE_SEGMENT) != 0;
        int size = switch ((descriptor & 0xC0) >> 6) {
            case 0 -> single ? 1 : 0;
            case 1 -> 2;
            case 2 -> 4;
            default -> 8;
        };
        int dictionaryId = (1 << (descriptor & 3)) >> 1;
        int start = DESCRIPTOR + 1 + (single ? 0 : 1) + dictionaryId;
        if (size == 0 || frame.length < start + size) {
            return null;
        }
        // Two bytes count from 256, because smaller contents fit one.
        long told = number(frame, start, size) + (size == 2 ? 256 : 0);
        return told < 0 ? null : Long.valueOf(told);
    }

    private static long number(byte[] bytes, int start, int length) {
        long number = 0;
        for (int at = length - 1; at >= 0; at--) {
            number = number << 8 | (bytes[start + at] & 0xFF);
        }
        return number;
    }
}
