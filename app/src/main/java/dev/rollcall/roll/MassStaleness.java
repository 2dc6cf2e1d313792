package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a swarm went stale at once. Agents fall silent one by one; when most of them do between two looks, who
 * watches must suspect itself first: a mount that is gone, a clock that jumped, a watch that died. Pure.
 *
 * @param wentStale agents that were present and not STALE at the look before, and are STALE now
 * @param present agents that are present now
 */
public record MassStaleness(int wentStale, int present) {
    /** With fewer, a lunch break is most of the swarm. */
    private static final int FEWEST = 4;

    /**
     * Holds two looks against each other. Who left, or was not there before, did not go stale.
     *
     * @param before the freshness of each agent at the look before
     * @param now the freshness of each agent at this look
     */
    public static MassStaleness between(Map<AgentId, Freshness> before, Map<AgentId, Freshness> now) {
        int present = 0;
        int wentStale = 0;
        for (Map.Entry<AgentId, Freshness> agent : now.entrySet()) {
            present += agent.getValue() == Freshness.LEFT ? 0 : 1;
            if (agent.getValue() == Freshness.STALE && wasFresh(before.get(agent.getKey()))) {
                wentStale++;
            }
        }
        return new MassStaleness(wentStale, present);
    }

    private static boolean wasFresh(@Nullable Freshness before) {
        return before == Freshness.LIVE || before == Freshness.QUIET;
    }

    /** Whether more than half of the swarm, and at least four agents, went stale. */
    public boolean isSuspect() {
        return wentStale >= FEWEST && wentStale * 2 > present;
    }
}
