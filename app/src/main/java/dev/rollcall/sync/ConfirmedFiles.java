package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.Standing;
import dev.rollcall.sync.StatusSource.Read;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the roll holds what files hold, by all of their bytes. As long as nobody else has written to the database, a
 * file that was found on the roll before needs no question to it: its bytes answer alone. For one thread at a time.
 */
final class ConfirmedFiles {
    private final StatusSource source;
    private final Changes judgement;
    private final Map<AgentId, Bytes> confirmed = new HashMap<>();
    private long othersChanges;

    private record Bytes(String stamp, String sha256) {}

    /**
     * A file whose bytes the roll holds.
     *
     * @param stamp to be remembered; empty when the file is too young for one
     * @param rested to be recorded; null when the roll knows the stamp
     */
    record Found(String stamp, RollChange.@Nullable Rested rested) {}

    ConfirmedFiles(StatusSource source, Changes judgement) {
        this.source = source;
        this.judgement = judgement;
    }

    /** Before everybody is looked at: what was confirmed counts only if this number is the one of the last time. */
    void begin(long othersChangesByNow) {
        if (othersChangesByNow != othersChanges) {
            confirmed.clear();
            othersChanges = othersChangesByNow;
        }
    }

    /** Something may have changed what the roll says of the agent. */
    void forget(AgentId agent) {
        confirmed.remove(agent);
    }

    void clear() {
        confirmed.clear();
    }

    /** Empty when the roll holds something else, or there is no file to read. */
    Optional<Found> look(AgentId agent, RollStore roll, Instant now) {
        Bytes known = confirmed.remove(agent);
        if (known != null && source.read(agent) instanceof Read.Content file && known.equals(bytes(file, now))) {
            confirmed.put(agent, known);
            return Optional.of(new Found(known.stamp(), null));
        }
        Standing standing = roll.standing(agent).orElseGet(() -> Standing.unknown(agent));
        if (!(source.read(agent) instanceof Read.Content file)) {
            return Optional.empty();
        }
        Bytes bytes = bytes(file, now);
        if (!isRecorded(standing, bytes.sha256(), roll)) {
            return Optional.empty();
        }
        if (bytes.stamp().isEmpty()) {
            return Optional.of(new Found("", null));
        }
        confirmed.put(agent, bytes);
        return Optional.of(new Found(
                bytes.stamp(),
                bytes.stamp().equals(standing.stamp())
                        ? null
                        : new RollChange.Rested(judgement.sighting(standing, file.stamp(), now))));
    }

    private Bytes bytes(Read.Content file, Instant now) {
        return new Bytes(judgement.stampText(file.stamp(), now), DocumentContent.sha256Of(file.bytes()));
    }

    private static boolean isRecorded(Standing standing, String sha256, RollStore roll) {
        return standing.rejectedSha256() == null
                ? standing.isPresent()
                        && roll.latestSha256(standing.agent())
                                .filter(sha256::equals)
                                .isPresent()
                : standing.rejectedSha256().equals(sha256);
    }
}
