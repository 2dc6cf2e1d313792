package dev.rollcall.embedding;

import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.Embedder;
import dev.rollcall.search.Embedding;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The sentence model all-MiniLM-L6-v2 with 8-bit weights: the mean over the vectors of a text's tokens. One text for each
 * run and nothing padded, because the model scales its numbers to all that is in a run: beside others a text would get
 * other bytes than alone. A run takes one thread, the caller's; whoever has many texts calls on several.
 *
 * <p>Threads: any number at once. {@link #close} waits for the calls that are running.
 */
public final class MiniLmEmbedder implements Embedder {
    private static final String MODEL = "all-MiniLM-L6-v2-q/mean/" + WordPieces.WINDOW;

    /** Shared by calls, exclusive for {@link #close}: native memory that is in use must not be freed. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private final WordPieces wordPieces;
    private final SentenceNetwork network;
    private boolean closed;

    private MiniLmEmbedder(WordPieces wordPieces, SentenceNetwork network) {
        this.wordPieces = wordPieces;
        this.network = network;
    }

    /**
     * Loads the model, on two threads.
     *
     * @param folder where the model's files and the tokenizer's native library lie unpacked; null when they are to be read
     *     from the class path, which takes longer
     * @throws ProblemException MODEL_UNAVAILABLE when a file is missing or damaged, or a native library can not be loaded
     */
    public static MiniLmEmbedder load(@Nullable Path folder) {
        ModelFiles files = new ModelFiles(folder);
        CompletableFuture<WordPieces> wordPieces = CompletableFuture.supplyAsync(() -> WordPieces.load(files));
        SentenceNetwork network;
        try {
            network = SentenceNetwork.load(files);
        } catch (ProblemException e) {
            CompletableFuture<Void> _ = wordPieces.thenAccept(WordPieces::close);
            throw e;
        }
        try {
            return new MiniLmEmbedder(BackgroundFailure.join(wordPieces), network);
        } catch (ProblemException e) {
            network.close();
            throw e;
        }
    }

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public int dimension() {
        return SentenceNetwork.DIMENSION;
    }

    @Override
    public Embedding embed(String text) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the embedding model is closed");
            }
            return Embedding.of(network.direction(wordPieces.of(text)));
        } catch (IllegalArgumentException e) {
            throw ModelTrouble.of("embed a text: the model gives numbers that are no direction", e);
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                wordPieces.close();
                network.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
