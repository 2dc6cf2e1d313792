package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Gap;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One agent while its history happens again: which version was made last, and since when the latest one does not tell what
 * the file said. A gap is only after a version: before the first there is nothing that could mislead.
 */
final class PastGaps {
    private final AgentId agent;
    private @Nullable Instant lastAt;
    private @Nullable String lastSha256;
    private @Nullable Gap lasting;

    PastGaps(AgentId agent) {
        this.agent = agent;
    }

    /** The digest of the version before, when it was made at this moment. */
    @Nullable
    String follows(Instant at) {
        return at.equals(lastAt) ? lastSha256 : null;
    }

    /** Whether the version before had other bytes, or there was none. */
    boolean isChange(String sha256) {
        return !sha256.equals(lastSha256);
    }

    /** @return the gap that this version ends */
    Optional<Gap> accepted(Instant at, String sha256) {
        lastAt = at;
        lastSha256 = sha256;
        return end(at);
    }

    /** @return the gap of another kind that ends now */
    Optional<Gap> begin(Gap.Kind kind, Instant at, String detail) {
        if (lastSha256 == null || (lasting != null && lasting.kind() == kind)) {
            return Optional.empty();
        }
        Optional<Gap> ended = end(at);
        lasting = new Gap(agent, kind, at, null, detail);
        return ended;
    }

    /** The gap that lasts. */
    Optional<Gap> lasting() {
        return Optional.ofNullable(lasting);
    }

    private Optional<Gap> end(Instant at) {
        Gap gap = lasting;
        lasting = null;
        return gap == null || !gap.from().isBefore(at)
                ? Optional.empty()
                : Optional.of(new Gap(agent, gap.kind(), gap.from(), at, gap.detail()));
    }
}
