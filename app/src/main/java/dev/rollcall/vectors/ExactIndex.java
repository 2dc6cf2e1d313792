package dev.rollcall.vectors;

import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.Taken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All vectors in memory, every one looked at for each question: never misses, and 100,000 vectors of 384 dimensions take
 * 40 MB.
 *
 * <p>Rows are only ever written beyond the end of what was published, into chunks that never move: who searches sees all up
 * to the end that was published when it began, without a lock.
 */
public final class ExactIndex implements PassageIndex {
    private static final int CHUNK_ROWS = 4096;
    private static final Filled NOTHING = new Filled(List.of(), 0, 0);

    private final int dimension;
    private final int rowBytes;
    private volatile @Nullable Filled filled = NOTHING;

    /** @throws IllegalArgumentException for a dimension below 1 */
    public ExactIndex(int dimension) {
        if (dimension < 1) {
            throw new IllegalArgumentException("a vector has at least one dimension, not " + dimension);
        }
        this.dimension = dimension;
        this.rowBytes = Asked.rowBytes(dimension);
    }

    /** Rows and the passage that each is of. */
    private record Chunk(byte[] rows, long[] numbers) {}

    /** What is in: the first {@code size} rows, by rising number. */
    private record Filled(List<Chunk> chunks, int size, long newest) {}

    @Override
    public void add(List<Numbered> vectors) {
        Filled before = filled();
        List<Numbered> taken = Taken.above(before.newest(), vectors, dimension);
        if (taken.isEmpty()) {
            return;
        }
        List<Chunk> chunks = new ArrayList<>(before.chunks());
        int size = before.size();
        for (Numbered vector : taken) {
            int place = size % CHUNK_ROWS;
            if (place == 0) {
                chunks.add(new Chunk(new byte[CHUNK_ROWS * rowBytes], new long[CHUNK_ROWS]));
            }
            Chunk last = chunks.getLast();
            System.arraycopy(Asked.row(vector.embedding()), 0, last.rows(), place * rowBytes, rowBytes);
            last.numbers()[place] = vector.number();
            size++;
        }
        filled = new Filled(List.copyOf(chunks), size, taken.getLast().number());
    }

    @Override
    public List<Near> nearest(Embedding asked, int atMost) {
        Taken.requireQuestion(asked, atMost, dimension);
        Filled now = filled();
        Asked direction = Asked.of(Asked.row(asked));
        Best best = new Best(atMost);
        int left = now.size();
        for (Chunk chunk : now.chunks()) {
            scan(chunk, Math.min(left, CHUNK_ROWS), direction, best);
            left -= CHUNK_ROWS;
        }
        return best.inOrder();
    }

    private void scan(Chunk chunk, int rows, Asked asked, Best best) {
        for (int row = 0; row < rows; row++) {
            best.offer(chunk.numbers()[row], asked.cosine(chunk.rows(), row * rowBytes));
        }
    }

    @Override
    public long newest() {
        return filled().newest();
    }

    @Override
    public int size() {
        return filled().size();
    }

    private Filled filled() {
        Filled now = filled;
        if (now == null) {
            throw new IllegalStateException("the index is closed");
        }
        return now;
    }

    @Override
    public void close() {
        filled = null;
    }
}
