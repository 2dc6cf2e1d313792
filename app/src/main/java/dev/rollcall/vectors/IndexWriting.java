package dev.rollcall.vectors;

import dev.rollcall.search.PassageIndex.Numbered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Lock;

/** The right to add to a folder, from when it was got until close. One thread at a time. */
final class IndexWriting implements AutoCloseable {
    private static final String LOCK = "adds.lock";
    /** A full buffer becomes a segment; some 50,000 vectors of 384 dimensions. */
    private static final double BUFFER_MB = 48;
    /**
     * Segments do not grow beyond, because a merge keeps the whole graph in memory: some 100 MB for 250,000 vectors of 384
     * dimensions.
     */
    private static final double LARGEST_SEGMENT_MB = 120;
    /** Smaller segments count as this large: each segment costs every question the way through a graph. */
    private static final double SMALL_SEGMENT_MB = 60;

    private static final double SEGMENTS_OF_A_SIZE = 4;
    /** Merges of smaller segments are waited for by the commit, half a second at most. */
    private static final long QUICKLY_MERGED_BYTES = 2 << 20;
    /** From so many vectors on they are put in by all processors. */
    private static final int MANY = 1_000;

    private final IndexFolder folder;
    private final Lock lock;
    private final IndexWriter writer;

    private IndexWriting(IndexFolder folder, Lock lock, IndexWriter writer) {
        this.folder = folder;
        this.lock = lock;
        this.writer = writer;
    }

    /** @throws org.apache.lucene.store.LockObtainFailedException when another one has the right */
    static Lock lock(IndexFolder folder) throws IOException {
        return folder.directory().obtainLock(LOCK);
    }

    /** Goes on after the last commit, or begins with nothing. Closes the lock when it fails. */
    static IndexWriting open(IndexFolder folder, Lock lock, OpenMode mode) throws IOException {
        try {
            if (mode == OpenMode.CREATE) {
                folder.clear();
            }
            return new IndexWriting(folder, lock, new IndexWriter(folder.directory(), configuration(mode)));
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static IndexWriterConfig configuration(OpenMode mode) {
        TieredMergePolicy merges = new TieredMergePolicy() {
            @Override
            protected long maxFullFlushMergeSize() {
                return QUICKLY_MERGED_BYTES;
            }
        };
        merges.setMaxMergedSegmentMB(LARGEST_SEGMENT_MB);
        merges.setFloorSegmentMB(SMALL_SEGMENT_MB);
        merges.setSegmentsPerTier(SEGMENTS_OF_A_SIZE);
        KnnVectorsFormat format = new GraphFormat();
        // A subclass: a codec that delegates to the standard one writes fields that nobody finds.
        IndexWriterConfig configuration = new IndexWriterConfig().setCodec(new Lucene104Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        });
        configuration.setOpenMode(mode);
        configuration.setMergePolicy(merges);
        configuration.setRAMBufferSizeMB(BUFFER_MB);
        return configuration;
    }

    /** Whether the folder is still the one that was opened. */
    boolean isIntact() {
        try {
            lock.ensureValid();
            return writer.isOpen();
        } catch (IOException | RuntimeException lost) {
            return false;
        }
    }

    /** All of them, durably, or an exception; then this one is of no more use. */
    void commit(List<Numbered> vectors, long newest) throws IOException {
        Stream<Numbered> stream = vectors.size() < MANY ? vectors.stream() : vectors.parallelStream();
        try {
            stream.forEach(this::put);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        writer.setLiveCommitData(folder.description(newest).entrySet());
        writer.commit();
    }

    private void put(Numbered vector) {
        Document document = new Document();
        document.add(new NumericDocValuesField(IndexFolder.NUMBER, vector.number()));
        document.add(new KnnByteVectorField(
                IndexFolder.ROW, Asked.row(vector.embedding()), VectorSimilarityFunction.DOT_PRODUCT));
        try {
            writer.addDocument(document);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Gives up what was not committed and whatever merge is under way. */
    @Override
    public void close() {
        try {
            writer.rollback();
        } catch (IOException | RuntimeException lost) {
            // The folder is gone or full; what was committed is either there or has to be added again.
        }
        try {
            lock.close();
        } catch (IOException | RuntimeException lost) {
            // The system gives it back when the process ends.
        }
    }

    /** Keeps merges that have ended, so that they need not be done again. */
    void keepMerges() {
        try {
            writer.commit();
        } catch (IOException | RuntimeException lost) {
            // Then they are done again.
        }
    }
}
