package dev.rollcall.store;

import dev.rollcall.document.DocumentContent;
import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.Standing;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Documents of agents nobody knows yet, compressed on another thread while the ones before them are recorded. */
final class FirstCopies implements AutoCloseable {
    /** Below this, starting another thread costs a short command more than it gains. */
    private static final int WORTH_SHARING = 64;

    private final IdentityHashMap<DocumentContent, CompletableFuture<byte[]>> frames = new IdentityHashMap<>();
    private @Nullable ExecutorService compressor;
    private @Nullable HistoryCodec codec;

    /** Begins with the documents of these changes, and forgets those of the changes before. */
    void prepare(List<RollChange> changes) {
        frames.clear();
        List<DocumentContent> documents = changes.stream()
                .filter(change -> change.sighting().expectedReading() == Standing.NEVER_READ)
                .filter(RollChange.Accepted.class::isInstance)
                .map(change -> ((RollChange.Accepted) change).content())
                .toList();
        if (documents.size() >= WORTH_SHARING) {
            for (DocumentContent document : documents) {
                frames.put(document, CompletableFuture.supplyAsync(() -> full(document), compressor()));
            }
        }
    }

    /** The compressed document; null when it was not among those prepared, or is not ready: it is the caller's then. */
    byte @Nullable [] of(DocumentContent document) {
        CompletableFuture<byte[]> frame = frames.get(document);
        return frame == null || frame.cancel(false) ? null : BackgroundFailure.join(frame);
    }

    /** On the compressor's thread only, as a codec is for one thread. */
    private byte[] full(DocumentContent document) {
        if (codec == null) {
            codec = new HistoryCodec();
        }
        return codec.full(document.bytes());
    }

    private ExecutorService compressor() {
        if (compressor == null) {
            compressor = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("first-copies").factory());
        }
        return compressor;
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
        if (codec != null) {
            codec.close();
        }
    }
}
