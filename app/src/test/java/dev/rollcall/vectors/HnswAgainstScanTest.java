package dev.rollcall.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex.Near;
import dev.rollcall.search.PassageIndex.Numbered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graph, exact index and a plain scan over the same vectors, added in stretches of any size. */
final class HnswAgainstScanTest {
    private static final int DIMENSION = 64;
    private static final int SIZE = 6_000;
    private static final int WANTED = 10;
    private static final int QUESTIONS = 100;

    @TempDir
    Path folder;

    @Test
    void theGraphFindsNearlyAllThatAScanFindsAndTheExactIndexAll() {
        long seed = new Random().nextLong();
        System.out.println("HnswAgainstScanTest: seed " + seed);
        List<Numbered> vectors = new ClusteredVectors(seed, DIMENSION).numbered(1, SIZE);
        ClusteredVectors questions = new ClusteredVectors(seed, DIMENSION);
        try (ExactIndex exact = new ExactIndex(DIMENSION);
                HnswIndex graph = HnswIndex.open(folder, DIMENSION)) {
            Random random = new Random(seed);
            for (int first = 0; first < SIZE; ) {
                int end = Math.min(SIZE, first + 1 + random.nextInt(2_500));
                exact.add(vectors.subList(first, end));
                graph.add(vectors.subList(first, end));
                first = end;
            }
            int hits = 0;
            for (int i = 1; i <= QUESTIONS; i++) {
                Embedding asked = questions.of(-i);
                List<Near> truth = scan(vectors, asked);
                List<Near> found = graph.nearest(asked, WANTED);
                assertThat(exact.nearest(asked, WANTED)).as("seed %d", seed).isEqualTo(truth);
                assertThat(found)
                        .as("seed %d", seed)
                        .allSatisfy(near ->
                                assertThat(near).isEqualTo(near(asked, vectors.get((int) near.number() - 1))));
                hits += shared(truth, found);
            }
            assertThat(hits).as("seed %d", seed).isGreaterThanOrEqualTo(QUESTIONS * WANTED * 98 / 100);
        }
    }

    private static int shared(List<Near> truth, List<Near> found) {
        Set<Long> numbers = truth.stream().map(Near::number).collect(Collectors.toSet());
        return (int)
                found.stream().filter(near -> numbers.contains(near.number())).count();
    }

    private static List<Near> scan(List<Numbered> vectors, Embedding asked) {
        List<Near> all = new ArrayList<>();
        vectors.forEach(vector -> all.add(near(asked, vector)));
        all.sort(Comparator.comparingDouble(Near::cosine).reversed().thenComparingLong(Near::number));
        return all.subList(0, WANTED);
    }

    private static Near near(Embedding asked, Numbered vector) {
        return new Near(vector.number(), asked.cosine(vector.embedding()));
    }
}
