package dev.rollcall.vectors;

import java.io.IOException;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Compares rows by their cosine. Lucene's own arithmetic is eight times as slow without the JVM's incubating vector module,
 * and with it the start-up cache of every command is worth little (docs/decisions/0015). The similarity that a field names
 * is not asked for.
 */
final class RowScorer implements FlatVectorsScorer {
    @Override
    public RandomVectorScorerSupplier getRandomVectorScorerSupplier(
            VectorSimilarityFunction unused, KnnVectorValues values) {
        return new Suppliers((ByteVectorValues) values);
    }

    @Override
    public RandomVectorScorer getRandomVectorScorer(
            VectorSimilarityFunction unused, KnnVectorValues values, float[] target) {
        throw new IllegalArgumentException("rows are bytes");
    }

    @Override
    public RandomVectorScorer getRandomVectorScorer(
            VectorSimilarityFunction unused, KnnVectorValues values, byte[] target) {
        FlatVectorsScorer.checkDimensions(target.length, values.dimension());
        Asked asked = Asked.of(target);
        ByteVectorValues rows = (ByteVectorValues) values;
        return new RandomVectorScorer.AbstractRandomVectorScorer(rows) {
            @Override
            public float score(int node) throws IOException {
                return RowScorer.score(asked, rows, node);
            }
        };
    }

    /** Lucene wants no negative scores. */
    private static float score(Asked asked, ByteVectorValues rows, int node) throws IOException {
        return (float) ((1 + asked.cosine(rows.vectorValue(node), 0)) / 2);
    }

    private record Suppliers(ByteVectorValues rows) implements RandomVectorScorerSupplier {
        @Override
        public UpdateableRandomVectorScorer scorer() throws IOException {
            // Values on disk give the same array each time, and every scorer is asked from a thread of its own.
            ByteVectorValues own = rows.copy();
            Asked asked = new Asked(own.dimension());
            return new UpdateableRandomVectorScorer.AbstractUpdateableRandomVectorScorer(own) {
                @Override
                public void setScoringOrdinal(int node) throws IOException {
                    asked.turnTo(own.vectorValue(node));
                }

                @Override
                public float score(int node) throws IOException {
                    return RowScorer.score(asked, own, node);
                }
            };
        }

        @Override
        public RandomVectorScorerSupplier copy() {
            return this;
        }
    }
}
