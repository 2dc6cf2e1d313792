package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.roll.StoredDocument;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a file is ahead of the roll, and by how much; the same for verification and for those who only look. */
final class LagRule {
    private final Comparison comparison;

    LagRule(Comparison comparison) {
        this.comparison = comparison;
    }

    /** Any one trace of the version is enough: what disagrees with it is drift then, not lag. */
    static boolean isVersionOf(StatusDocument document, StoredAgent stored) {
        String sha256 = document.sha256();
        return sha256.equals(stored.row().get("content_sha256"))
                || stored.head()
                        .map(head -> sha256.equals(head.columns().get("content_sha256"))
                                || sha256.equals(head.recorded("content_sha256")))
                        .orElse(false)
                || document.text().equals(stored.row().get("document"));
    }

    /** The recorded version; empty when its bytes can not be had back. */
    Optional<StatusDocument> headDocument(AgentId agent, StoredAgent stored) {
        return stored.head()
                .map(HistoryRow::revision)
                .map(revision -> comparison.documents().of(agent, revision))
                .flatMap(document -> document instanceof StoredDocument.Intact intact
                                && StatusParser.parse(intact.bytes()) instanceof ParseResult.Parsed parsed
                        ? Optional.of(parsed.document())
                        : Optional.empty());
    }

    /**
     * Of a file that is no recorded version.
     *
     * @param recorded the recorded version; null when its bytes can not be had back
     */
    Lag behind(AgentId agent, Seen.Settled file, StoredAgent stored, @Nullable StatusDocument recorded) {
        long seconds = stored.head()
                .flatMap(head -> Times.parse(head.recorded("source_modified_at")))
                .map(then -> file.stamp().modifiedAt().getEpochSecond() - then.getEpochSecond())
                .map(difference -> Math.max(0, difference))
                .orElse(0L);
        StatusColumns rollSays =
                recorded == null ? StatusColumns.NONE : comparison.columns(agent, recorded, Instant.EPOCH);
        Long cycles = comparison
                .columns(agent, file.document(), file.stamp().modifiedAt())
                .cycleCount()
                .flatMap(now -> rollSays.cycleCount().map(then -> difference(now, then)))
                .orElse(null);
        return new Lag.Behind(seconds, cycles);
    }

    /** Both numbers are an agent's own: what no number can hold is as much as one can. */
    static long difference(long now, long then) {
        try {
            return Math.subtractExact(now, then);
        } catch (ArithmeticException tooFar) {
            return now > then ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }
}
