package dev.rollcall.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddingTest {
    @Test
    void theLargestComponentIs127OrMinus127() {
        assertThat(Embedding.of(new float[] {0.5f, 0.25f, 0}).bytes()).containsExactly(127, 64, 0);
        assertThat(Embedding.of(new float[] {0.5f, -2, 0}).bytes()).containsExactly(32, -127, 0);
    }

    @Test
    void onlyTheDirectionCounts() {
        assertThat(Embedding.of(new float[] {3, -1, 2})).isEqualTo(Embedding.of(new float[] {0.3f, -0.1f, 0.2f}));
        assertThat(Embedding.of(new float[] {Float.MIN_VALUE, 0}))
                .isEqualTo(Embedding.of(new float[] {Float.MAX_VALUE, 0}));
    }

    @Test
    void aComponentThatIsNoNumberIsRefused() {
        for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Embedding.of(new float[] {1, odd}))
                    .withMessageContaining(String.valueOf(odd));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 384})
    void withoutAComponentThatIsNotZeroThereIsNoDirection(int dimension) {
        assertThatIllegalArgumentException().isThrownBy(() -> Embedding.of(new float[dimension]));
        assertThatIllegalArgumentException().isThrownBy(() -> Embedding.ofBytes(new byte[dimension]));
    }

    @Test
    void bytesComeBackAsTheyWere() {
        Embedding embedding = Embedding.of(new float[] {1, -1, 0.1f});
        assertThat(Embedding.ofBytes(embedding.bytes()))
                .isEqualTo(embedding)
                .hasSameHashCodeAs(embedding)
                .isNotEqualTo(Embedding.of(new float[] {1, -1, 0.2f}));
    }

    @Test
    void whoChangesTheBytesChangesNoEmbedding() {
        byte[] given = {1, 2, 3};
        Embedding embedding = Embedding.ofBytes(given);
        given[0] = 9;
        embedding.bytes()[1] = 9;
        assertThat(embedding.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void theCosineIsOneForTheSameDirectionZeroForUnrelatedAndMinusOneForTheOpposite() {
        Embedding east = Embedding.of(new float[] {2, 0});
        assertThat(east.cosine(Embedding.of(new float[] {0.1f, 0}))).isEqualTo(1);
        assertThat(east.cosine(Embedding.of(new float[] {0, 7}))).isZero();
        assertThat(east.cosine(Embedding.of(new float[] {-1, 0}))).isEqualTo(-1);
    }

    @Test
    void theLowestByteCountsAsWell() {
        Embedding lowest = Embedding.ofBytes(new byte[] {Byte.MIN_VALUE, Byte.MIN_VALUE});
        assertThat(lowest.cosine(lowest)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aCosineIsNearlyThatOfTheFloats() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            float[] a = direction(random);
            float[] b = direction(random);
            assertThat(Embedding.of(a).cosine(Embedding.of(b))).isCloseTo(cosine(a, b), within(0.003));
        }
    }

    @Test
    void differentDimensionsCanNotBeCompared() {
        Embedding two = Embedding.of(new float[] {1, 1});
        assertThat(two.dimension()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> two.cosine(Embedding.of(new float[] {1, 1, 1})));
    }

    private static float[] direction(Random random) {
        float[] direction = new float[384];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) random.nextGaussian();
        }
        return direction;
    }

    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
