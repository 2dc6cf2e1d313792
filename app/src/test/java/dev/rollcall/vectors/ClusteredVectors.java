package dev.rollcall.vectors;

import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex.Numbered;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Vectors as texts have them: topics, around each of which texts differ in few ways, and a direction that all share. The
 * same number gives the same vector. Threads: any number.
 */
public final class ClusteredVectors {
    private static final int CLUSTERS = 2_000;
    private static final int WAYS = 256;
    private static final int WAYS_OF_A_CLUSTER = 24;
    private static final float ALONG_A_WAY = 0.144f;
    private static final float SHARED = 0.4f;
    private static final float NOISE = 0.3f;

    private final long seed;
    private final int dimension;
    private final float[][] centres;
    private final float[][] ways;

    public ClusteredVectors(long seed, int dimension) {
        this.seed = seed;
        this.dimension = dimension;
        Random random = new Random(seed);
        float[] shared = gaussian(random);
        ways = new float[WAYS][];
        for (int i = 0; i < WAYS; i++) {
            ways[i] = gaussian(random);
        }
        centres = new float[CLUSTERS][];
        for (int i = 0; i < CLUSTERS; i++) {
            centres[i] = gaussian(random);
            plus(centres[i], shared, SHARED);
        }
    }

    public Embedding of(long number) {
        return Embedding.of(floats(number));
    }

    float[] floats(long number) {
        Random random = new Random(seed * 31 + number * 0x9E3779B97F4A7C15L);
        int cluster = random.nextInt(CLUSTERS);
        float[] vector = centres[cluster].clone();
        for (int i = 0; i < WAYS_OF_A_CLUSTER; i++) {
            plus(vector, ways[(cluster * 7 + i * 11) % WAYS], ALONG_A_WAY * (float) random.nextGaussian());
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] += NOISE * (float) random.nextGaussian();
        }
        return vector;
    }

    public List<Numbered> numbered(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .parallel()
                .mapToObj(number -> new Numbered(number, of(number)))
                .toList();
    }

    private float[] gaussian(Random random) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static void plus(float[] vector, float[] other, float factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] += other[i] * factor;
        }
    }
}
