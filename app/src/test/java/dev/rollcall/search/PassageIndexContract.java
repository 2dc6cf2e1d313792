package dev.rollcall.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rollcall.search.PassageIndex.Near;
import dev.rollcall.search.PassageIndex.Numbered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link PassageIndex} promises, sentence by sentence; an adapter only subclasses this. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PassageIndexContract {
    /** No multiple of four, let alone of what a processor takes at once. */
    protected static final int DIMENSION = 387;

    /** Enough to be added that somebody searches meanwhile. */
    private static final int TOGETHER = 240;

    protected static final Embedding EAST = pointing(1, 0, 0);
    protected static final Embedding NORTH = pointing(0, 1, 0);
    protected static final Embedding NORTH_EAST = pointing(1, 1, 0);
    protected static final Embedding WEST = pointing(-1, 0, 0);

    /** An empty one, of {@value #DIMENSION} dimensions. */
    protected abstract PassageIndex index();

    protected static Embedding pointing(float east, float north, float up) {
        float[] direction = new float[DIMENSION];
        direction[0] = east;
        direction[DIMENSION / 2] = north;
        direction[DIMENSION - 1] = up;
        return Embedding.of(direction);
    }

    protected static Numbered numbered(long number, Embedding embedding) {
        return new Numbered(number, embedding);
    }

    protected static List<Long> numbers(List<Near> found) {
        return found.stream().map(Near::number).toList();
    }

    @Test
    void whatWasAddedIsFoundByItsNumberBestFirst() {
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(7, NORTH), numbered(8, WEST), numbered(9, EAST), numbered(10, NORTH_EAST)));

            assertThat(numbers(index.nearest(EAST, 4))).containsExactly(9L, 10L, 7L, 8L);
            assertThat(numbers(index.nearest(WEST, 2))).containsExactly(8L, 7L);
        }
    }

    @Test
    void amongEqualsTheLowerNumberComesFirstAndIsKept() {
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(5, EAST), numbered(3, EAST), numbered(4, EAST), numbered(2, NORTH)));
            index.add(List.of(numbered(6, EAST)));

            assertThat(numbers(index.nearest(EAST, 9))).containsExactly(3L, 4L, 5L, 6L, 2L);
            assertThat(numbers(index.nearest(EAST, 2))).containsExactly(3L, 4L);
        }
    }

    @Test
    void aCosineIsThatOfTheEmbeddings() {
        Random random = new Random(71);
        try (PassageIndex index = index()) {
            List<Numbered> vectors = LongStream.rangeClosed(1, 300)
                    .mapToObj(number -> numbered(number, random(random)))
                    .toList();
            index.add(vectors);
            Embedding asked = random(random);

            assertThat(index.nearest(asked, 300))
                    .isEqualTo(vectors.stream()
                            .map(vector -> new Near(vector.number(), asked.cosine(vector.embedding())))
                            .sorted(Comparator.comparingDouble(Near::cosine)
                                    .reversed()
                                    .thenComparingLong(Near::number))
                            .toList());
        }
    }

    @Test
    void theLongestAndTheShortestVectorsAreComparedExactly() {
        byte[] longest = new byte[DIMENSION];
        java.util.Arrays.fill(longest, Byte.MIN_VALUE);
        byte[] shortest = new byte[DIMENSION];
        shortest[DIMENSION - 1] = -1;
        Embedding all = Embedding.ofBytes(longest);
        Embedding one = Embedding.ofBytes(shortest);
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(1, all), numbered(2, one)));

            assertThat(index.nearest(all, 2))
                    .containsExactly(new Near(1, all.cosine(all)), new Near(2, all.cosine(one)));
        }
    }

    @Test
    void noMoreAreToldThanAskedForAndNoMoreThanThereAre() {
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(1, EAST), numbered(2, NORTH)));

            assertThat(index.nearest(EAST, 1)).hasSize(1);
            assertThat(index.nearest(EAST, Integer.MAX_VALUE)).hasSize(2);
        }
    }

    @Test
    void ofACallThatFailsNothingIsInAndTheSameVectorsMayComeAgain() {
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(1, NORTH)));
            Embedding other = Embedding.of(new float[] {1, 2});

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.add(List.of(numbered(2, EAST), numbered(3, other))));

            assertThat(index.newest()).isEqualTo(1);
            assertThat(numbers(index.nearest(EAST, 9))).containsExactly(1L);
            index.add(List.of(numbered(2, EAST), numbered(3, WEST)));
            assertThat(numbers(index.nearest(EAST, 9))).containsExactly(2L, 1L, 3L);
        }
    }

    @Test
    void aNumberThatIsInIsPassedOver() {
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(1, EAST), numbered(2, NORTH)));

            index.add(List.of(numbered(2, EAST), numbered(1, NORTH)));
            index.add(List.of(numbered(3, WEST), numbered(3, EAST), numbered(2, WEST)));

            assertThat(index.size()).isEqualTo(3);
            assertThat(numbers(index.nearest(EAST, 9))).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void numbersComeInAnyOrderWithinACall() {
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(40, EAST), numbered(20, NORTH_EAST), numbered(30, NORTH)));

            assertThat(index.newest()).isEqualTo(40);
            assertThat(numbers(index.nearest(EAST, 9))).containsExactly(40L, 20L, 30L);
        }
    }

    @Test
    void anEmptyIndexFindsNothingAndItsNewestNumberIsZero() {
        try (PassageIndex index = index()) {
            assertThat(index.nearest(EAST, 5)).isEmpty();
            assertThat(index.newest()).isZero();
            assertThat(index.size()).isZero();
            index.add(List.of());
            assertThat(index.size()).isZero();
        }
    }

    @Test
    void theNewestIsTheLargestNumberAndTheSizeCounts() {
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(Long.MAX_VALUE - 1, EAST), numbered(12, NORTH)));

            assertThat(index.newest()).isEqualTo(Long.MAX_VALUE - 1);
            assertThat(index.size()).isEqualTo(2);
        }
    }

    @Test
    void anotherDimensionANumberBelowOneAndALimitBelowOneAreIllegal() {
        Embedding other = Embedding.of(new float[] {1});
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(1, EAST)));

            assertThatIllegalArgumentException().isThrownBy(() -> index.add(List.of(numbered(2, other))));
            assertThatIllegalArgumentException().isThrownBy(() -> index.nearest(other, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> index.add(List.of(numbered(0, EAST))));
            assertThatIllegalArgumentException().isThrownBy(() -> index.nearest(EAST, 0));
        }
    }

    @Test
    void afterCloseEveryCallIsIllegal() {
        PassageIndex index = index();
        index.close();
        index.close();

        assertThatIllegalStateException().isThrownBy(() -> index.add(List.of(numbered(1, EAST))));
        assertThatIllegalStateException().isThrownBy(() -> index.nearest(EAST, 1));
        assertThatIllegalStateException().isThrownBy(index::newest);
        assertThatIllegalStateException().isThrownBy(index::size);
    }

    @Test
    void whoSearchesWhileAnotherAddsSeesWhatWasInWhenItBegan() throws Exception {
        int searchers = 3;
        CountDownLatch searching = new CountDownLatch(searchers);
        AtomicBoolean isFull = new AtomicBoolean();
        try (PassageIndex index = index();
                ExecutorService threads = Executors.newFixedThreadPool(searchers)) {
            List<Future<Integer>> searches = new ArrayList<>();
            for (int i = 0; i < searchers; i++) {
                searches.add(threads.submit(() -> searchUntil(isFull, index, searching)));
            }
            searching.await();
            Random random = new Random(72);
            for (long first = 1; first <= TOGETHER * 8; first += TOGETHER) {
                index.add(LongStream.range(first, first + TOGETHER)
                        .mapToObj(number -> numbered(number, random(random)))
                        .toList());
            }
            isFull.set(true);
            for (Future<Integer> search : searches) {
                assertThat(search.get()).isPositive();
            }
            assertThat(index.size()).isEqualTo(TOGETHER * 8);
        }
    }

    /** How often it searched. */
    private static int searchUntil(AtomicBoolean isFull, PassageIndex index, CountDownLatch searching) {
        int searches = 0;
        int before = 0;
        do {
            List<Long> found = numbers(index.nearest(EAST, 10_000));
            searching.countDown();
            searches++;
            assertThat(found.size()).isGreaterThanOrEqualTo(before).isEqualTo(found.size() / TOGETHER * TOGETHER);
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, found.size()).boxed().toList());
            before = found.size();
        } while (!isFull.get());
        return searches;
    }

    private static Embedding random(Random random) {
        float[] direction = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            direction[i] = (float) random.nextGaussian();
        }
        return Embedding.of(direction);
    }
}
