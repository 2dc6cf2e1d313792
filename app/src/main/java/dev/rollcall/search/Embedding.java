package dev.rollcall.search;

import java.util.Arrays;

/**
 * Where a text points in the space of an embedding model: a direction, kept as one signed byte for each dimension. Only the
 * direction counts; the largest component is 127 or -127. Against 32-bit floats a cosine differs by at most 0.003 (seen
 * over 18,000 pairs of real texts), a quarter of the memory is read in a scan, and a row of the database keeps its vector
 * in its own page. Immutable.
 */
public final class Embedding {
    private static final int LARGEST = Byte.MAX_VALUE;

    private final byte[] components;
    private final double length;

    private Embedding(byte[] components) {
        this.components = components;
        this.length = Math.sqrt(dot(components, components));
        if (length == 0) {
            throw new IllegalArgumentException("no direction: " + components.length + " components, all of them zero");
        }
    }

    /** @throws IllegalArgumentException without a component that is not zero, or with one that is no number */
    public static Embedding of(float[] direction) {
        float largest = 0;
        for (float component : direction) {
            if (!Float.isFinite(component)) {
                throw new IllegalArgumentException("no direction: a component is " + component);
            }
            largest = Math.max(largest, Math.abs(component));
        }
        byte[] components = new byte[direction.length];
        for (int i = 0; i < components.length && largest > 0; i++) {
            components[i] = (byte) Math.round(direction[i] / largest * LARGEST);
        }
        return new Embedding(components);
    }

    /**
     * As {@link #bytes} gave it.
     *
     * @throws IllegalArgumentException when all components are zero
     */
    public static Embedding ofBytes(byte[] components) {
        return new Embedding(components.clone());
    }

    /** One signed byte for each dimension. */
    public byte[] bytes() {
        return components.clone();
    }

    public int dimension() {
        return components.length;
    }

    /** 1 for the same direction, 0 for unrelated, -1 for the opposite one. */
    public double cosine(Embedding other) {
        if (other.components.length != components.length) {
            throw new IllegalArgumentException(
                    "dimensions differ: " + components.length + " and " + other.components.length);
        }
        return dot(components, other.components) / (length * other.length);
    }

    /** The direction between both; this one where they are opposite. */
    Embedding halfwayTo(Embedding other) {
        float[] between = new float[components.length];
        boolean isAnywhere = false;
        for (int i = 0; i < between.length; i++) {
            between[i] = (float) (components[i] / length + other.components[i] / other.length);
            isAnywhere |= between[i] != 0;
        }
        return isAnywhere ? of(between) : this;
    }

    private static int dot(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding && Arrays.equals(components, embedding.components);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return "embedding of " + components.length + " dimensions";
    }
}
