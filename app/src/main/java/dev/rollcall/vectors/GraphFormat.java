package dev.rollcall.vectors;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsReader;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's graph over rows of {@link Asked}, compared by {@link RowScorer}. Lucene finds it by its name, through
 * META-INF/services; a change of what a row means needs another name.
 */
public final class GraphFormat extends KnnVectorsFormat {
    private static final String NAME = "RollcallRows1";
    /** Neighbours of a node, twice as many on the ground level. */
    private static final int NEIGHBOURS = 16;
    /** How many candidates are followed when a node is put in. */
    private static final int BEAM = 60;

    private static final int MAX_ROW_BYTES = 8192;

    private final FlatVectorsFormat rows = new Lucene99FlatVectorsFormat(new RowScorer());

    public GraphFormat() {
        super(NAME);
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return new Lucene99HnswVectorsWriter(state, NEIGHBOURS, BEAM, rows, rows.fieldsWriter(state), 1, null);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return new Lucene99HnswVectorsReader(state, rows.fieldsReader(state));
    }

    @Override
    public int getMaxDimensions(String field) {
        return MAX_ROW_BYTES;
    }
}
