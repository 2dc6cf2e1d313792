package dev.rollcall.store;

import dev.rollcall.document.StatusDocument;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.Standing;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents of agents nobody knows yet, compressed on two processors before the database is locked: a quarter of the
 * time of a bulk load. Immutable.
 */
final class FirstCopies {
    /** Below this, starting other threads costs a short command more than it gains. */
    private static final int WORTH_SHARING = 64;

    private final IdentityHashMap<StatusDocument, byte[]> frames;

    private FirstCopies(IdentityHashMap<StatusDocument, byte[]> frames) {
        this.frames = frames;
    }

    static FirstCopies of(List<RollChange> changes) {
        IdentityHashMap<StatusDocument, byte[]> frames = new IdentityHashMap<>();
        List<StatusDocument> documents = changes.stream()
                .filter(change -> change.sighting().expectedReading() == Standing.NEVER_READ)
                .filter(RollChange.Accepted.class::isInstance)
                .map(change -> ((RollChange.Accepted) change).document())
                .toList();
        if (documents.size() >= WORTH_SHARING) {
            int half = documents.size() / 2;
            List<List<StatusDocument>> halves =
                    List.of(documents.subList(0, half), documents.subList(half, documents.size()));
            halves.parallelStream().map(FirstCopies::compressed).toList().forEach(frames::putAll);
        }
        return new FirstCopies(frames);
    }

    private static IdentityHashMap<StatusDocument, byte[]> compressed(List<StatusDocument> documents) {
        IdentityHashMap<StatusDocument, byte[]> frames = new IdentityHashMap<>();
        try (HistoryCodec codec = new HistoryCodec()) {
            documents.forEach(document -> frames.put(document, codec.full(document.bytes())));
        }
        return frames;
    }

    byte @Nullable [] of(StatusDocument document) {
        return frames.get(document);
    }
}
