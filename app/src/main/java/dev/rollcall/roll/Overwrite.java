package dev.rollcall.roll;

import java.util.Arrays;

/**
 * What a version that was written over the one before it, in the same file, has in common with that.
 *
 * @param head bytes at the beginning that both have
 * @param tail bytes at the end that both have, where both are of one size; else 0
 */
public record Overwrite(long head, long tail) {
    public Overwrite {
        if (head < 0 || tail < 0) {
            throw new IllegalArgumentException("no number of bytes: " + head + ", " + tail);
        }
    }

    public static Overwrite of(byte[] before, byte[] after) {
        int differs = Arrays.mismatch(before, after);
        int tail = 0;
        if (before.length == after.length) {
            while (tail < after.length && before[before.length - 1 - tail] == after[after.length - 1 - tail]) {
                tail++;
            }
        }
        return new Overwrite(differs < 0 ? after.length : differs, tail);
    }
}
