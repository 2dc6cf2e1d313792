package dev.rollcall.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text that grows, in UTF-8 from the beginning: a page is large, is sent as bytes, and most of it was drawn before. For one
 * thread.
 */
final class Utf8Buffer {
    private byte[] bytes;
    private int length;

    /** @param size in bytes, that it has room for until it grows */
    Utf8Buffer(int size) {
        bytes = new byte[Math.max(16, size)];
    }

    /** @param ascii at most U+007F */
    void add(char ascii) {
        grow(1);
        bytes[length++] = (byte) ascii;
    }

    /** @param ascii of characters to U+007F alone */
    void add(String ascii) {
        int more = ascii.length();
        grow(more);
        for (int i = 0; i < more; i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    void addCodePoint(int codePoint) {
        add(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    void add(Utf8Buffer other) {
        grow(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
    }

    private void add(byte[] more) {
        grow(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void grow(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** In bytes. */
    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
