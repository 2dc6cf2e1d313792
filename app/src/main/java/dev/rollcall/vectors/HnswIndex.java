package dev.rollcall.vectors;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.Taken;
import dev.rollcall.vectors.IndexFolder.Commit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A graph of neighbours in a folder, for numbers of vectors that are too many to look at: it misses one of the nearest now
 * and then, its cosines are exact. Up to 2,000 vectors it misses none.
 *
 * <p>Every {@code add} is a commit: durable, and seen by other processes at their next call. A few large ones are far
 * quicker than many small ones. The first to add has the right to, until it closes the index; {@code add} of others then
 * fails, and succeeds once that one has ended.
 *
 * <p>A folder that is deleted, damaged or exchanged while it is open, too, is an empty index from then on: {@code newest} is
 * smaller than it was. The first {@code add} afterwards fails, so that whoever did not ask in between leaves no gap. What
 * somebody writes into the middle of a file that is open already is not noticed before it is opened again.
 */
public final class HnswIndex implements PassageIndex {
    private final Path place;
    private final int dimension;
    private final IndexFolder folder;
    /** Held by whoever adds or looks for a newer commit. Searching waits for nobody. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile @Nullable Commit commit;
    /** The newest number that whoever adds knows of. */
    private volatile long told;
    /** Whether a search failed, so that the commit has to be checked again. */
    private volatile boolean isDoubted;

    private volatile boolean isClosed;
    private @Nullable IndexWriting writing;

    private HnswIndex(Path place, int dimension, IndexFolder folder) {
        this.place = place;
        this.dimension = dimension;
        this.folder = folder;
    }

    /**
     * Makes the folder where it is missing. Lucene's files in it belong to the index; others are left alone.
     *
     * @throws ProblemException WORKSPACE_UNREADABLE when there can be no such folder
     */
    public static HnswIndex open(Path folder, int dimension) {
        try {
            HnswIndex index = new HnswIndex(folder, dimension, IndexFolder.open(folder, dimension));
            index.look();
            return index;
        } catch (IOException failure) {
            throw problem("open the vector index", folder, failure, "Check the folder that is to hold it.");
        }
    }

    @Override
    public void add(List<Numbered> vectors) {
        turn.lock();
        try {
            requireOpen();
            look();
            if (Taken.above(newestIn(commit), vectors, dimension).isEmpty()) {
                return;
            }
            IndexWriting right = writing();
            // Only now nobody else adds, and what is to be taken in can be told.
            List<Numbered> taken = Taken.above(newestIn(commit), vectors, dimension);
            if (newestIn(commit) < told) {
                told = newestIn(commit);
                throw new ProblemException(
                        ProblemCode.WORKSPACE_UNREADABLE,
                        "add to the vector index " + place + ": it was deleted or damaged meanwhile",
                        "It begins anew. Add everything above its newest number.");
            }
            if (!taken.isEmpty()) {
                commit(right, taken);
            }
        } catch (LockObtainFailedException busy) {
            throw problem("add to the vector index", place, busy, "Another process adds to it, until it ends.");
        } catch (IOException failure) {
            throw problem("add to the vector index", place, failure, "Check the disk that holds it.");
        } finally {
            turn.unlock();
        }
    }

    private void commit(IndexWriting right, List<Numbered> taken) throws IOException {
        boolean isDone = false;
        try {
            right.commit(taken, taken.getLast().number());
            isDone = true;
        } catch (AlreadyClosedException lost) {
            throw new IOException(lost.getMessage(), lost);
        } finally {
            if (!isDone) {
                stopWriting();
            }
        }
        look();
        told = newestIn(commit);
    }

    /** Afterwards {@link #commit} is what this process adds to. */
    private IndexWriting writing() throws IOException {
        IndexWriting now = writing;
        if (now != null && now.isIntact() && commit != null) {
            return now;
        }
        stopWriting();
        Lock lock = IndexWriting.lock(folder);
        look();
        now = IndexWriting.open(folder, lock, commit == null ? OpenMode.CREATE : OpenMode.APPEND);
        writing = now;
        return now;
    }

    private void stopWriting() {
        IndexWriting now = writing;
        writing = null;
        if (now != null) {
            now.close();
        }
    }

    @Override
    public List<Near> nearest(Embedding asked, int atMost) {
        Taken.requireQuestion(asked, atMost, dimension);
        Commit now = held();
        if (now == null) {
            return List.of();
        }
        try {
            return GraphSearch.nearest(now.reader(), asked, atMost);
        } catch (IOException | RuntimeException | InternalError damage) {
            // Files were cut short or overwritten under the open index. The searcher is not to suffer from that.
            isDoubted = true;
            return List.of();
        } finally {
            release(now);
        }
    }

    /** The newest commit, which stays open until it is released; null for none. */
    private @Nullable Commit held() {
        refresh();
        Commit now = commit;
        while (now != null && !now.reader().tryIncRef()) {
            // Exchanged in this very moment.
            now = commit;
        }
        return now;
    }

    private static void release(Commit held) {
        try {
            held.reader().decRef();
        } catch (IOException | RuntimeException failure) {
            // It was only read from.
        }
    }

    @Override
    public long newest() {
        refresh();
        told = newestIn(commit);
        return told;
    }

    @Override
    public int size() {
        Commit now = held();
        if (now == null) {
            return 0;
        }
        try {
            return now.reader().numDocs();
        } finally {
            release(now);
        }
    }

    /** Looks for a newer commit, unless somebody is at it or adds. */
    private void refresh() {
        requireOpen();
        if (turn.tryLock()) {
            try {
                look();
            } finally {
                turn.unlock();
            }
        }
    }

    private void look() {
        Commit before = commit;
        if (isDoubted) {
            isDoubted = false;
            stopWriting();
            exchange(before, folder.latest(null));
        } else {
            exchange(before, folder.latest(before));
        }
    }

    private void exchange(@Nullable Commit before, @Nullable Commit now) {
        commit = now;
        if (before != null && !before.equals(now)) {
            release(before);
        }
    }

    private static long newestIn(@Nullable Commit commit) {
        return commit == null ? 0 : commit.newest();
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the index is closed");
        }
    }

    /** Searches that run meanwhile end as they would have. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
            if (writing != null && writing.isIntact()) {
                writing.keepMerges();
            }
            stopWriting();
            exchange(commit, null);
            folder.close();
        } catch (IOException failure) {
            // Nothing is lost by it.
        } finally {
            turn.unlock();
        }
    }

    private static ProblemException problem(String operation, Path place, IOException failure, String hint) {
        String message = operation + " " + place + ": " + failure.getMessage();
        return new ProblemException(new Problem(ProblemCode.WORKSPACE_UNREADABLE, message, hint), failure);
    }
}
