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
import org.jspecify.annotations.Nullable;

/**
 * The accept rule: a file that parses and reads the same twice in a row is finished; a file that does not parse is
 * given time, unless it was rejected with these bytes before or nobody touched it for a while. A file at rest, whose stat
 * data are old and still the same after the reading, would read the same again: it is not read a second time. Pure: what
 * is read and when comes from outside.
 */
final class Settler {
    /** How long a writer may take. Waiting for a quiet gap instead would starve under a busy writer. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final byte[] NO_BYTES = new byte[0];

    private Settler() {}

    /** The same file once more, right after its first reading. Asked only when that parses. */
    interface Again {
        Read read();

        boolean hasStamp(FileStamp stamp);
    }

    /**
     * @param first one reading
     * @param rejectedSha256 of the bytes that stand rejected, null when none do
     * @param at when the first reading was made
     */
    static Seen judge(Read first, Again again, @Nullable String rejectedSha256, Instant at) {
        return switch (first) {
            case Read.Absent gone -> new Seen.Gone(at);
            // Editors move the old file away before the new one comes.
            case Read.Vanished gap -> new Seen.Unsettled(new Seen.Gone(at));
            case Read.Unacceptable odd -> new Seen.Unacceptable(odd.rejection(), NO_BYTES, odd.stamp(), at);
            case Read.Content content -> judge(content, again, rejectedSha256, at);
        };
    }

    private static Seen judge(Read.Content content, Again again, @Nullable String rejected, Instant at) {
        ParseResult parsed = StatusParser.parse(content.bytes());
        return switch (parsed) {
            case Parsed(StatusDocument document) ->
                isFinished(content, again, at)
                        ? new Seen.Settled(document, content.stamp(), at)
                        : new Seen.Unsettled(stillChanging(content, at));
            case Rejected rejection -> {
                var verdict = new Seen.Unacceptable(rejection, content.bytes(), content.stamp(), at);
                yield isFinal(content, rejected, at) ? verdict : new Seen.Unsettled(verdict);
            }
        };
    }

    private static boolean isFinished(Read.Content content, Again again, Instant at) {
        return (content.stamp().isAtRestSince(at.minus(PATIENCE)) && again.hasStamp(content.stamp()))
                || (again.read() instanceof Read.Content other && Arrays.equals(content.bytes(), other.bytes()));
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
