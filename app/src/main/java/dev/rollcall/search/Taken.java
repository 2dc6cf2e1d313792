package dev.rollcall.search;

import dev.rollcall.search.PassageIndex.Numbered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What every index asks of its arguments. Pure. */
public final class Taken {
    private Taken() {}

    /**
     * Those to take in, by rising number: above the newest, and of several with the same number the first.
     *
     * @throws IllegalArgumentException for another dimension or a number below 1
     */
    public static List<Numbered> above(long newest, List<Numbered> vectors, int dimension) {
        for (Numbered vector : vectors) {
            if (vector.number() < 1) {
                throw new IllegalArgumentException("a passage's number is at least 1, not " + vector.number());
            }
            requireDimension(vector.embedding(), dimension);
        }
        List<Numbered> rising = new ArrayList<>(vectors);
        rising.sort(Comparator.comparingLong(Numbered::number));
        List<Numbered> taken = new ArrayList<>(rising.size());
        long last = newest;
        for (Numbered vector : rising) {
            if (vector.number() > last) {
                taken.add(vector);
                last = vector.number();
            }
        }
        return taken;
    }

    public static void requireQuestion(Embedding asked, int atMost, int dimension) {
        requireDimension(asked, dimension);
        if (atMost < 1) {
            throw new IllegalArgumentException("at least one is to be found, not " + atMost);
        }
    }

    private static void requireDimension(Embedding embedding, int dimension) {
        if (embedding.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "the index is of " + dimension + " dimensions, not " + embedding.dimension());
        }
    }
}
