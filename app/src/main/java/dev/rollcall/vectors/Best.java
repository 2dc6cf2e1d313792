package dev.rollcall.vectors;

import dev.rollcall.search.PassageIndex.Near;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest of all that were offered. Not for several threads. */
final class Best {
    private static final Comparator<Near> BEST_FIRST =
            Comparator.comparingDouble(Near::cosine).reversed().thenComparingLong(Near::number);

    private final int atMost;
    private final PriorityQueue<Near> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());
    private double worst = Double.NEGATIVE_INFINITY;
    private long worstNumber = Long.MAX_VALUE;

    Best(int atMost) {
        this.atMost = atMost;
    }

    /** In any order; nearly all are turned away by one comparison. */
    void offer(long number, double cosine) {
        if (cosine > worst || (cosine == worst && number < worstNumber)) {
            worstFirst.add(new Near(number, cosine));
            if (worstFirst.size() > atMost) {
                worstFirst.remove();
            }
            if (worstFirst.size() == atMost) {
                worst = worstFirst.element().cosine();
                worstNumber = worstFirst.element().number();
            }
        }
    }

    List<Near> inOrder() {
        List<Near> found = new ArrayList<>(worstFirst);
        found.sort(BEST_FIRST);
        return List.copyOf(found);
    }
}
