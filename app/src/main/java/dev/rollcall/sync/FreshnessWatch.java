package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.FreshnessTurn;
import dev.rollcall.roll.FreshnessTurn.Direction;
import dev.rollcall.roll.MassStaleness;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollSources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices who falls silent and who speaks again while time goes by. What it needs of each agent is kept, and read anew
 * only for agents that were touched, so that looking costs nothing while nothing happens. For one thread at a time.
 */
final class FreshnessWatch {
    private final FreshnessPolicy policy;
    private final Map<AgentId, Known> known = new HashMap<>();
    private final Set<AgentId> touched = new HashSet<>();
    private Map<AgentId, Freshness> before = Map.of();
    private Map<AgentId, Freshness> looked = Map.of();
    private boolean isFamiliar;
    private boolean isSuspecting;

    /** Whether nothing but time can change what the last look came to. */
    private boolean isSettled;

    private Instant lookedAt = Instant.EPOCH;

    /** The last moment at which everybody's freshness is still what it was at the last look. */
    private Instant lastsUntil = Instant.EPOCH;

    private @Nullable String suspicion;

    private record Known(Presence presence, @Nullable Instant lastActivityAt, FreshnessThresholds thresholds) {
        Freshness at(Instant now) {
            return Freshness.of(presence, lastActivityAt, now, thresholds);
        }

        /** The last moment, not before {@code now}, at which the freshness is still that of {@code now}. */
        Instant lastsUntil(Instant now) {
            return switch (at(now)) {
                case LIVE -> lastSign().plus(thresholds.liveFor());
                case QUIET -> lastSign().plus(thresholds.quietFor());
                case STALE, LEFT -> Instant.MAX;
            };
        }

        private Instant lastSign() {
            return Objects.requireNonNull(lastActivityAt, "nobody is live or quiet without a sign of life");
        }
    }

    FreshnessWatch(FreshnessPolicy policy) {
        this.policy = policy;
    }

    /** What the roll knows is to be learnt anew. */
    void startOver() {
        relearn();
        before = Map.of();
        looked = Map.of();
    }

    /** Everybody's entry may have changed; what was told of them was told. */
    void relearn() {
        isFamiliar = false;
        isSettled = false;
    }

    /** The agent's entry may have changed. */
    void touch(AgentId agent) {
        touched.add(agent);
    }

    /** Another source has the agent, and tells of it. */
    void leaveToOthers(AgentId agent) {
        touched.remove(agent);
        isSettled &= known.remove(agent) == null;
    }

    private Instant lastsUntil(Instant now) {
        Instant earliest = Instant.MAX;
        for (Known state : known.values()) {
            Instant end = state.lastsUntil(now);
            earliest = end.isBefore(earliest) ? end : earliest;
        }
        return earliest;
    }

    /** Reads anew what was touched, at most so many agents of it; at first everybody whom no other source has. */
    void read(RollQuery roll, RollSources sources, int limit) {
        if (!isFamiliar) {
            Map<AgentId, Duration> cadences = roll.cadences();
            Set<AgentId> others = sources.ownedElsewhere().keySet();
            known.clear();
            roll.list().stream()
                    .filter(entry -> !others.contains(entry.agent()))
                    .forEach(entry -> put(entry, cadences.get(entry.agent())));
            isFamiliar = true;
            isSettled = false;
            touched.clear();
        }
        for (AgentId agent : touched.stream().limit(limit).toList()) {
            known.remove(agent);
            isSettled = false;
            roll.find(agent).ifPresent(entry -> put(entry, roll.cadence(agent).orElse(null)));
            touched.remove(agent);
        }
    }

    /** Whether there is more to read before a look is worth it. */
    boolean isBehind() {
        return !isFamiliar || !touched.isEmpty();
    }

    /**
     * Who has turned stale or live since the last look. When most of a swarm turned stale at once, nobody is told of at
     * first: {@link #isSuspecting}, and what they come to is told by the next look.
     */
    List<FreshnessTurn> look(Instant now) {
        if (isSettled && !now.isBefore(lookedAt) && !now.isAfter(lastsUntil)) {
            return List.of();
        }
        isSettled = false;
        lookedAt = now;
        lastsUntil = lastsUntil(now);
        Map<AgentId, Freshness> freshness = new HashMap<>();
        known.forEach((agent, state) -> freshness.put(agent, state.at(now)));
        MassStaleness mass = MassStaleness.between(before, freshness);
        if (mass.isSuspect() && !isSuspecting) {
            isSuspecting = true;
            suspicion = mass.wentStale() + " of " + mass.present()
                    + " agents went stale within one look: the watch, the clock or a mount may be at fault";
            looked = before;
            return List.of();
        }
        isSuspecting = false;
        suspicion = isMostlyStale(freshness) ? suspicion : null;
        List<FreshnessTurn> turns = turns(freshness, now);
        looked = freshness;
        return turns;
    }

    /** What the last look returned is on the roll. */
    void told() {
        before = looked;
        isSettled = !isSuspecting;
    }

    /** Whether the files should be looked at again before anybody is called stale. */
    boolean isSuspecting() {
        return isSuspecting;
    }

    /** What it suspects itself of, until less than half of the swarm is stale; null when nothing. */
    @Nullable
    String suspicion() {
        return suspicion;
    }

    private void put(RollEntry entry, @Nullable Duration cadence) {
        known.put(
                entry.agent(),
                new Known(entry.presence(), entry.lastActivityAt(), policy.thresholds(entry.agent(), cadence)));
    }

    private List<FreshnessTurn> turns(Map<AgentId, Freshness> freshness, Instant now) {
        List<FreshnessTurn> turns = new ArrayList<>();
        freshness.forEach((agent, is) -> {
            Freshness was = before.get(agent);
            if (was == null || was == is || was == Freshness.LEFT || is == Freshness.LEFT) {
                return;
            }
            if (is == Freshness.STALE) {
                turns.add(new FreshnessTurn(agent, Direction.STALE, now));
            } else if (was == Freshness.STALE) {
                turns.add(new FreshnessTurn(agent, Direction.LIVE, now));
            }
        });
        turns.sort((a, b) -> a.agent().compareTo(b.agent()));
        return turns;
    }

    private static boolean isMostlyStale(Map<AgentId, Freshness> freshness) {
        long stale =
                freshness.values().stream().filter(is -> is == Freshness.STALE).count();
        long present =
                freshness.values().stream().filter(is -> is != Freshness.LEFT).count();
        return stale * 2 > present;
    }
}
