package dev.rollcall.store;

import dev.rollcall.document.DocumentContent;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.Standing;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Documents of agents nobody knows yet, compressed on another thread while the ones before them are recorded. */
final class FirstCopies {
    /** Below this, starting another thread costs a short command more than it gains. */
    private static final int WORTH_SHARING = 64;

    private final IdentityHashMap<DocumentContent, CompletableFuture<byte[]>> frames = new IdentityHashMap<>();

    private FirstCopies() {}

    static FirstCopies of(List<RollChange> changes) {
        FirstCopies copies = new FirstCopies();
        List<DocumentContent> documents = changes.stream()
                .filter(change -> change.sighting().expectedReading() == Standing.NEVER_READ)
                .filter(RollChange.Accepted.class::isInstance)
                .map(change -> ((RollChange.Accepted) change).content())
                .toList();
        if (documents.size() >= WORTH_SHARING) {
            documents.forEach(document -> copies.frames.put(document, new CompletableFuture<>()));
            Thread.ofPlatform().daemon().name("first-copies").start(() -> copies.compress(documents));
        }
        return copies;
    }

    private void compress(List<DocumentContent> documents) {
        try (HistoryCodec codec = new HistoryCodec()) {
            for (DocumentContent document : documents) {
                Objects.requireNonNull(frames.get(document)).complete(codec.full(document.bytes()));
            }
        } catch (RuntimeException | Error failure) {
            // Thrown where a copy is asked for.
            frames.values().forEach(frame -> frame.completeExceptionally(failure));
        }
    }

    byte @Nullable [] of(DocumentContent document) {
        CompletableFuture<byte[]> frame = frames.get(document);
        return frame == null ? null : frame.join();
    }
}
