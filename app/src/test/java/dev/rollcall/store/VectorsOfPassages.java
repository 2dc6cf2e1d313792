package dev.rollcall.store;

import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.RollPassages.Shared;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The database's own index, and before each addition a passage's words for each number, without which none is taken in. */
record VectorsOfPassages(SqlStore store, PassageIndex index) implements PassageIndex {
    static PassageIndex index(SqlStore store) {
        Shared shared = store.passages().shared(store.passages().place());
        return Objects.requireNonNull(shared.index(), shared.condition());
    }

    @Override
    public void add(List<Numbered> vectors) {
        String rows = vectors.stream()
                .map(vector -> "(" + vector.number() + ", 'tidy')")
                .distinct()
                .collect(Collectors.joining(", "));
        if (!rows.isEmpty()) {
            ((PostgresConnection) store.connection()).alone("words", () -> {
                store.connection()
                        .execute("INSERT INTO passage_words (rowid, words) VALUES " + rows + " ON CONFLICT DO NOTHING");
                return true;
            });
        }
        index.add(vectors);
    }

    @Override
    public List<Near> nearest(Embedding asked, int atMost) {
        return index.nearest(asked, atMost);
    }

    @Override
    public long newest() {
        return index.newest();
    }

    @Override
    public int size() {
        return index.size();
    }

    @Override
    public void close() {
        index.close();
    }
}
