package dev.rollcall.search;

import java.util.Locale;

/**
 * Knows letters and no meaning: two texts are near when they have many groups of three characters in common. For tests
 * that need an embedder and no model.
 */
public final class LettersEmbedder implements Embedder {
    private static final int DIMENSION = 256;
    private static final int WINDOW = 2_000;

    private volatile boolean closed;

    @Override
    public String model() {
        return "letters/" + DIMENSION;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public Embedding embed(String text) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        String read = text.substring(0, Math.min(text.length(), WINDOW)).toLowerCase(Locale.ROOT);
        String framed = "  " + read + "  ";
        float[] counts = new float[DIMENSION];
        for (int i = 0; i + 3 <= framed.length(); i++) {
            // The remainder by a prime spreads the groups; by the dimension itself it would only see the last letter.
            counts[Math.floorMod(framed.substring(i, i + 3).hashCode(), 65_521) % DIMENSION]++;
        }
        return Embedding.of(counts);
    }

    @Override
    public void close() {
        closed = true;
    }
}
