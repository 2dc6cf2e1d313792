package dev.rollcall.vectors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** The folder of a graph index: what was committed last, if it can be used. Not for several threads. */
final class IndexFolder implements AutoCloseable {
    static final String ROW = "row";
    static final String NUMBER = "number";

    private static final String NEWEST = "newest";
    private static final String DIMENSION = "dimension";

    /**
     * Kept, because the level of a logger that nobody holds is forgotten. Lucene says at every start that its own vector
     * arithmetic lacks a module; it is not used here.
     */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    static {
        LUCENE.setLevel(Level.SEVERE);
    }

    private final Directory directory;
    private final int dimension;

    private IndexFolder(Directory directory, int dimension) {
        this.directory = directory;
        this.dimension = dimension;
    }

    /** Makes the folder where it is missing. */
    static IndexFolder open(Path folder, int dimension) throws IOException {
        return new IndexFolder(FSDirectory.open(folder), dimension);
    }

    /**
     * What was committed at one moment.
     *
     * @param id of the commit, never given twice
     * @param newest the largest number in it
     */
    record Commit(DirectoryReader reader, byte[] id, long newest) {}

    Directory directory() {
        return directory;
    }

    /** What a commit says of itself. */
    Map<String, String> description(long newest) {
        return Map.of(NEWEST, Long.toString(newest), DIMENSION, Integer.toString(dimension));
    }

    /**
     * The newest commit: the known one where there is no newer; null where there is none that can be used. Every byte of a
     * segment is checked when it is first opened. Whoever gets another one than the known closes the known one's reader.
     */
    @Nullable
    Commit latest(@Nullable Commit known) {
        try {
            return read(known);
        } catch (IOException | RuntimeException | InternalError unusable) {
            // Another process may have deleted what this one was about to open, or the whole folder was exchanged.
            return known == null ? null : latest(null);
        }
    }

    private @Nullable Commit read(@Nullable Commit known) throws IOException {
        byte[] id = SegmentInfos.readLatestCommit(directory).getId();
        if (known != null && Arrays.equals(known.id(), id)) {
            return known;
        }
        DirectoryReader changed = known == null ? null : DirectoryReader.openIfChanged(known.reader());
        if (known != null && changed == null) {
            known.reader().incRef();
        }
        DirectoryReader reader =
                known == null ? DirectoryReader.open(directory) : changed == null ? known.reader() : changed;
        boolean isUsable = false;
        try {
            Map<String, String> description = reader.getIndexCommit().getUserData();
            isUsable = Integer.toString(dimension).equals(description.get(DIMENSION));
            if (isUsable) {
                check(reader, known);
            }
            return isUsable ? new Commit(reader, id, Long.parseLong(description.getOrDefault(NEWEST, ""))) : null;
        } catch (IOException | RuntimeException | InternalError damage) {
            isUsable = false;
            throw damage;
        } finally {
            if (!isUsable) {
                reader.decRef();
            }
        }
    }

    private static void check(DirectoryReader reader, @Nullable Commit known) throws IOException {
        Set<Object> checked = new HashSet<>();
        if (known != null) {
            known.reader().leaves().forEach(leaf -> checked.add(core(leaf.reader())));
        }
        for (LeafReaderContext leaf : reader.leaves()) {
            if (!checked.contains(core(leaf.reader()))) {
                leaf.reader().checkIntegrity();
            }
        }
    }

    private static Object core(LeafReader leaf) {
        return leaf.getCoreCacheHelper().getKey();
    }

    /** Deletes what Lucene wrote, and nothing else. Only for who holds the lock. */
    void clear() throws IOException {
        for (String name : directory.listAll()) {
            if (name.startsWith(IndexFileNames.SEGMENTS)
                    || name.startsWith(IndexFileNames.PENDING_SEGMENTS)
                    || IndexFileNames.CODEC_FILE_PATTERN.matcher(name).matches()) {
                directory.deleteFile(name);
            }
        }
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
