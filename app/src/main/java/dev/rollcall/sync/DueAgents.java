package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose file is to be looked at, and when. An unsettled file is looked at again after a pause that grows, for as long as a
 * writer may take. For one thread at a time.
 */
final class DueAgents {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final Map<AgentId, Due> due = new LinkedHashMap<>();

    /**
     * @param since when a change was first suspected that is not on the roll yet
     * @param at not to be looked at before
     * @param unsettledSince when the file was first found in the middle of being written; EPOCH when it was not
     */
    private record Due(Instant since, Instant at, Instant unsettledSince, Duration pause) {}

    /** Something may have changed: look as soon as possible. */
    void mark(AgentId agent, Instant now) {
        due.merge(
                agent,
                new Due(now, now, Instant.EPOCH, FIRST_PAUSE),
                (there, fresh) -> new Due(there.since, now, there.unsettledSince, there.pause));
    }

    /** It was in the middle of being written at {@code now}. */
    void postpone(AgentId agent, Instant now) {
        due.compute(agent, (key, there) -> {
            Due known = there == null ? new Due(now, now, Instant.EPOCH, FIRST_PAUSE) : there;
            Duration pause = known.pause;
            Duration longer = pause.multipliedBy(2);
            return new Due(
                    known.since,
                    now.plus(pause),
                    known.unsettledSince.equals(Instant.EPOCH) ? now : known.unsettledSince,
                    longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
        });
    }

    void done(AgentId agent) {
        due.remove(agent);
    }

    /** Those to look at now, longest suspected first, at most {@code limit}. */
    List<AgentId> ready(Instant now, int limit) {
        List<AgentId> ready = new ArrayList<>();
        for (Map.Entry<AgentId, Due> entry : due.entrySet()) {
            if (ready.size() < limit && !entry.getValue().at.isAfter(now)) {
                ready.add(entry.getKey());
            }
        }
        return ready;
    }

    /** Whether the file was unsettled for as long as a writer may take. */
    boolean isOutOfPatience(AgentId agent, Instant now) {
        Due there = due.get(agent);
        return there != null
                && !there.unsettledSince.equals(Instant.EPOCH)
                && !now.isBefore(there.unsettledSince.plus(Settler.PATIENCE));
    }

    /** When the next one is to be looked at. */
    Optional<Instant> next() {
        return due.values().stream().map(Due::at).min(Instant::compareTo);
    }

    int size() {
        return due.size();
    }

    /** Since when the longest suspected change is not on the roll. */
    Optional<Instant> oldest() {
        return due.values().stream().map(Due::since).min(Instant::compareTo);
    }
}
