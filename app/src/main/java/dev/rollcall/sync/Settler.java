package dev.rollcall.sync;

import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ParseResult.Parsed;
import dev.rollcall.document.ParseResult.Rejected;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.sync.StatusSource.Read;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The accept rule: a file that parses and reads the same twice in a row is finished; a file that does not parse is
 * given time, unless it was rejected with these bytes before or nobody touched it for a while. Pure: what is read and
 * when comes from outside.
 */
final class Settler {
    /** How long a writer may take. Waiting for a quiet gap instead would starve under a busy writer. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final byte[] NO_BYTES = new byte[0];

    private Settler() {}

    /**
     * @param first one reading
     * @param second reads again at once; asked only when the first reading parses
     * @param rejectedSha256 of the bytes that stand rejected, null when none do
     * @param at when the first reading was made
     */
    static Seen judge(Read first, Supplier<Read> second, @Nullable String rejectedSha256, Instant at) {
        return switch (first) {
            case Read.Absent gone -> new Seen.Gone(at);
            // Editors move the old file away before the new one comes.
            case Read.Vanished gap -> new Seen.Unsettled(new Seen.Gone(at));
            case Read.Unacceptable odd -> new Seen.Unacceptable(odd.rejection(), NO_BYTES, odd.stamp(), at);
            case Read.Content content -> judge(content, second, rejectedSha256, at);
        };
    }

    private static Seen judge(Read.Content content, Supplier<Read> second, @Nullable String rejected, Instant at) {
        ParseResult parsed = StatusParser.parse(content.bytes());
        return switch (parsed) {
            case Parsed(StatusDocument document) ->
                readsTheSame(content, second.get())
                        ? new Seen.Settled(document, content.stamp(), at)
                        : new Seen.Unsettled(stillChanging(content, at));
            case Rejected rejection -> {
                var verdict = new Seen.Unacceptable(rejection, content.bytes(), content.stamp(), at);
                yield isFinal(content, rejected, at) ? verdict : new Seen.Unsettled(verdict);
            }
        };
    }

    private static boolean readsTheSame(Read.Content content, Read again) {
        return again instanceof Read.Content other && Arrays.equals(content.bytes(), other.bytes());
    }

    private static boolean isFinal(Read.Content content, @Nullable String rejectedSha256, Instant at) {
        return !content.stamp().modifiedAt().isAfter(at.minus(PATIENCE))
                || (rejectedSha256 != null && rejectedSha256.equals(DocumentContent.sha256Of(content.bytes())));
    }

    private static Seen.Unacceptable stillChanging(Read.Content content, Instant at) {
        var rejection = new Rejected(
                RejectionCode.UNREADABLE,
                "the file changed at every reading for " + PATIENCE.toSeconds() + " seconds",
                null);
        return new Seen.Unacceptable(rejection, content.bytes(), content.stamp(), at);
    }
}
