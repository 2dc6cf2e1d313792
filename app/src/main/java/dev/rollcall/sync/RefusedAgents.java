package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.sync.WatchState.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Agents whose file stands here and which another source records, until it lets go of them: their files say nothing of
 * that, so nobody would look at them again. For one thread at a time.
 */
final class RefusedAgents {
    private final Map<AgentId, Trouble> refused = new TreeMap<>();

    /** Takes over what came of looking at agents, of whom some may have been refused, and some have to be looked at again. */
    void judged(List<AgentId> agents, Set<AgentId> unsettled, List<Elsewhere> elsewhere, Instant now) {
        Map<AgentId, Elsewhere> others = elsewhere.stream()
                .collect(Collectors.toMap(Elsewhere::agent, other -> other, (first, second) -> second));
        for (AgentId agent : agents) {
            Elsewhere other = others.get(agent);
            Trouble before = refused.get(agent);
            if (other != null) {
                refused.put(agent, new Trouble(agent + ": " + other.reason(), before == null ? now : before.since()));
            } else if (!unsettled.contains(agent)) {
                refused.remove(agent);
            }
        }
    }

    boolean isNobody() {
        return refused.isEmpty();
    }

    /** Those that none of the others has any more. */
    List<AgentId> released(Set<AgentId> ownedElsewhere) {
        return refused.keySet().stream()
                .filter(agent -> !ownedElsewhere.contains(agent))
                .toList();
    }

    /** The first one, and how many more there are; null without any. */
    @Nullable
    Trouble told() {
        if (refused.isEmpty()) {
            return null;
        }
        Trouble first = refused.values().iterator().next();
        int more = refused.size() - 1;
        return more == 0
                ? first
                : new Trouble(
                        first.message() + "; and " + more + " more " + (more == 1 ? "agent" : "agents"), first.since());
    }
}
