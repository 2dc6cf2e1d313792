package dev.rollcall.search;

import dev.rollcall.search.PassageIndex.Numbered;
import java.util.ArrayList;
import java.util.List;

/** Brings an index up to what the database has: numbers only ever grow, so what is above its newest is all it lacks. */
public final class IndexFilling {
    /** Vectors of one addition: an index on disk commits each, and few large commits are the quickest. */
    private static final int SLICE = 50_000;

    private IndexFilling() {}

    public static void fill(PassageIndex index, RollPassages passages, String model) {
        List<Numbered> slice = new ArrayList<>();
        passages.vectors(model, index.newest(), vector -> {
            slice.add(vector);
            if (slice.size() == SLICE) {
                index.add(slice);
                slice.clear();
            }
        });
        if (!slice.isEmpty()) {
            index.add(slice);
        }
    }
}
