package dev.rollcall.vectors;

import dev.rollcall.search.Embedding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A direction that others are compared with, and the layout of these others.
 *
 * <p>A row is one vector in a byte array: its components, zeros up to a multiple of 384, and its squared length as an int,
 * so that a cosine reads one stretch of memory. The arithmetic is that of {@link Embedding#cosine}, to the last bit.
 *
 * <p>Rows are read four bytes at a time and the asked components are spread accordingly, because the optimizing compiler
 * makes vector instructions of a loop over ints and none of one over bytes; and in blocks of a constant size, because it
 * does so reliably only then (docs/decisions/0015). Not for several threads.
 */
final class Asked {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** Ints of a row that are taken at once. */
    private static final int BLOCK = 96;

    private static final int BLOCK_BYTES = BLOCK * Integer.BYTES;

    /** Of each block the first bytes of its ints, then the second ones, the third, the fourth. */
    private final int[] spread;

    private double length;

    /** @param rowBytes the size of a row, as {@link #rowBytes} tells it */
    Asked(int rowBytes) {
        spread = new int[rowBytes - Integer.BYTES];
    }

    static Asked of(byte[] row) {
        Asked asked = new Asked(row.length);
        asked.turnTo(row);
        return asked;
    }

    /** How many bytes the row of a vector of so many dimensions takes. */
    static int rowBytes(int dimension) {
        return (dimension + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES + Integer.BYTES;
    }

    static byte[] row(Embedding embedding) {
        byte[] components = embedding.bytes();
        byte[] row = new byte[rowBytes(components.length)];
        System.arraycopy(components, 0, row, 0, components.length);
        int squares = 0;
        for (byte component : components) {
            squares += component * component;
        }
        INT.set(row, row.length - Integer.BYTES, squares);
        return row;
    }

    /** From now on the direction of this row is the asked one. */
    void turnTo(byte[] row) {
        for (int block = 0; block < spread.length; block += BLOCK_BYTES) {
            for (int i = 0; i < BLOCK; i++) {
                int four = (int) INT.get(row, block + i * Integer.BYTES);
                spread[block + i] = four << 24 >> 24;
                spread[block + BLOCK + i] = four << 16 >> 24;
                spread[block + 2 * BLOCK + i] = four << 8 >> 24;
                spread[block + 3 * BLOCK + i] = four >> 24;
            }
        }
        length = Math.sqrt((int) INT.get(row, spread.length));
    }

    /** With the row that begins there. */
    double cosine(byte[] rows, int offset) {
        int dot = 0;
        for (int block = 0; block < spread.length; block += BLOCK_BYTES) {
            dot += dot(spread, block, rows, offset + block);
        }
        return dot / (length * Math.sqrt((int) INT.get(rows, offset + spread.length)));
    }

    private static int dot(int[] spread, int block, byte[] rows, int offset) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            int four = (int) INT.get(rows, offset + i * Integer.BYTES);
            sum += spread[block + i] * (four << 24 >> 24)
                    + spread[block + BLOCK + i] * (four << 16 >> 24)
                    + spread[block + 2 * BLOCK + i] * (four << 8 >> 24)
                    + spread[block + 3 * BLOCK + i] * (four >> 24);
        }
        return sum;
    }
}
