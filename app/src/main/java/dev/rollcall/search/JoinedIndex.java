package dev.rollcall.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An index that is costly to add to, and a small one in memory for what came since. What is added goes to the second; both
 * answer. What another process has added to the first meanwhile may be in both, and is told once.
 */
public final class JoinedIndex implements PassageIndex {
    private final PassageIndex settled;
    private final PassageIndex recent;

    /** @param recent is to hold numbers above the newest of {@code settled} */
    public JoinedIndex(PassageIndex settled, PassageIndex recent) {
        this.settled = settled;
        this.recent = recent;
    }

    @Override
    public void add(List<Numbered> vectors) {
        recent.add(vectors);
    }

    @Override
    public List<Near> nearest(Embedding asked, int atMost) {
        return Stream.concat(settled.nearest(asked, atMost).stream(), recent.nearest(asked, atMost).stream())
                .distinct()
                .sorted(Comparator.comparingDouble(Near::cosine).reversed().thenComparingLong(Near::number))
                .limit(atMost)
                .toList();
    }

    @Override
    public long newest() {
        return Math.max(settled.newest(), recent.newest());
    }

    @Override
    public int size() {
        return settled.size() + recent.size();
    }

    @Override
    public void close() {
        settled.close();
        recent.close();
    }
}
