package dev.rollcall.search;

import dev.rollcall.search.PassageIndex.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Brings an index up to what the database has: numbers only ever grow, so what is above its newest is all it lacks. */
public final class IndexFilling {
    /** Vectors of one addition: an index on disk commits each, and few large commits are the quickest. */
    private static final int SLICE = 50_000;

    private IndexFilling() {}

    public static void fill(PassageIndex index, RollPassages passages, String model) {
        fill(index, passages, model, SLICE, () -> false);
    }

    /**
     * @param slice vectors of one addition
     * @param isEnough asked after each addition; once true, the rest is left for another time
     */
    public static void fill(
            PassageIndex index, RollPassages passages, String model, int slice, BooleanSupplier isEnough) {
        List<Numbered> next = new ArrayList<>();
        passages.vectors(model, index.newest(), vector -> {
            next.add(vector);
            if (next.size() < slice) {
                return true;
            }
            index.add(next);
            next.clear();
            return !isEnough.getAsBoolean();
        });
        if (!next.isEmpty()) {
            index.add(next);
        }
    }
}
