package dev.rollcall.http;

import dev.rollcall.app.Observation;
import dev.rollcall.document.AgentId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is said of each agent, without its age, as a hash. A row can be another one without a new revision, by hand or
 * by other rules, so all of it is in the hash; of an agent that is as it was the last one is kept. Thread-safe.
 */
final class Meanings {
    /** So many are kept, some two hundred bytes each. */
    private static final int MOST = 20_000;

    private final Map<AgentId, Said> kept = new ConcurrentHashMap<>();

    private record Said(Observation agent, String hash) {
        static Said of(Observation agent) {
            return new Said(
                    agent,
                    JsonAnswer.hash(agent.entry() + " " + agent.freshness() + agent.cadence() + agent.thresholds()
                            + agent.lag() + agent.findings()));
        }

        boolean isStillSo(Observation now) {
            return agent.freshness() == now.freshness()
                    && agent.entry().equals(now.entry())
                    && Objects.equals(agent.cadence(), now.cadence())
                    && agent.thresholds().equals(now.thresholds())
                    && agent.lag().equals(now.lag())
                    && agent.findings().equals(now.findings());
        }
    }

    String of(Observation agent) {
        AgentId id = agent.entry().agent();
        Said said = kept.get(id);
        if (said == null || !said.isStillSo(agent)) {
            said = Said.of(agent);
            if (kept.size() < MOST || kept.containsKey(id)) {
                kept.put(id, said);
            }
        }
        return said.hash();
    }
}
