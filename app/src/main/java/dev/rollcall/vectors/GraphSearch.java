package dev.rollcall.vectors;

import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex.Near;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;

/**
 * One question to what was committed: the graph of each segment names candidates, their cosines are taken from their rows.
 * Of a small index every row is looked at.
 */
final class GraphSearch {
    /** Up to here a scan takes a millisecond at most, and misses nothing. */
    private static final int SCANNED_SIZE = 2_000;
    /** What the graphs are asked for beyond the wanted number, each by its share: more candidates, fewer misses. */
    private static final int SPARE_CANDIDATES = 240;

    private static final int FEWEST_SPARE_CANDIDATES = 30;

    private final Asked asked;
    private final byte[] row;
    private final Best best;
    private final int atMost;
    private final int size;

    private GraphSearch(Embedding embedding, int atMost, int size) {
        this.size = size;
        this.atMost = Math.min(atMost, Math.max(1, size));
        row = Asked.row(embedding);
        asked = Asked.of(row);
        best = new Best(this.atMost);
    }

    static List<Near> nearest(DirectoryReader reader, Embedding embedding, int atMost) throws IOException {
        GraphSearch search = new GraphSearch(embedding, atMost, reader.numDocs());
        for (LeafReaderContext leaf : reader.leaves()) {
            search.look(leaf.reader());
        }
        return search.best.inOrder();
    }

    private void look(LeafReader leaf) throws IOException {
        int share = (int) ((long) SPARE_CANDIDATES * leaf.maxDoc() / size);
        int candidates = atMost + Math.max(FEWEST_SPARE_CANDIDATES, share);
        // A graph that is asked for a good part of itself is slower than a scan.
        if (size <= SCANNED_SIZE || candidates > leaf.maxDoc() / 10) {
            scan(leaf);
        } else {
            follow(leaf, candidates);
        }
    }

    private void scan(LeafReader leaf) throws IOException {
        Rows rows = new Rows(leaf);
        for (int doc = 0; doc < leaf.maxDoc(); doc++) {
            rows.offer(doc);
        }
    }

    private void follow(LeafReader leaf, int candidates) throws IOException {
        AcceptDocs all = AcceptDocs.fromLiveDocs(null, leaf.maxDoc());
        ScoreDoc[] found =
                leaf.searchNearestVectors(IndexFolder.ROW, row, candidates, all, Integer.MAX_VALUE).scoreDocs;
        int[] docs = Arrays.stream(found).mapToInt(hit -> hit.doc).sorted().toArray();
        Rows rows = new Rows(leaf);
        for (int doc : docs) {
            rows.offer(doc);
        }
    }

    /** The rows of a segment, asked for by rising document. */
    private final class Rows {
        private final ByteVectorValues values;
        private final DocIndexIterator places;
        private final NumericDocValues numbers;

        Rows(LeafReader leaf) throws IOException {
            values = leaf.getByteVectorValues(IndexFolder.ROW);
            places = values.iterator();
            numbers = leaf.getNumericDocValues(IndexFolder.NUMBER);
        }

        void offer(int doc) throws IOException {
            if (places.advance(doc) != doc || !numbers.advanceExact(doc)) {
                throw new IOException("a document without row or number");
            }
            best.offer(numbers.longValue(), asked.cosine(values.vectorValue(places.index()), 0));
        }
    }
}
