package dev.rollcall.http;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.app.Observation;
import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the API says of each agent, as JSON and, without the age, as a hash. Both are kept as long as nothing but the age is
 * another one. A row can be another one without a new revision, by hand or by other rules. Thread-safe.
 */
final class AgentTexts {
    /** So many are kept, about a kilobyte each. */
    private static final int MOST = 20_000;

    private final Map<AgentId, Said> kept = new ConcurrentHashMap<>();

    private record Said(Observation agent, String beforeAge, String afterAge, String hash) {
        static Said of(Observation agent) {
            String before = JsonOutput.line(json -> JsonShapes.beforeAge(json, agent));
            String after = JsonOutput.line(json -> JsonShapes.afterAge(json, agent));
            return new Said(
                    agent,
                    before.substring(0, before.length() - 1) + ",\"age_seconds\":",
                    "," + after.substring(1),
                    JsonAnswer.hash(before + after + agent.entry().lastActivityAt()));
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

    /**
     * What is said of several agents.
     *
     * @param json an array of what {@link JsonShapes#observation} writes of each
     * @param hashes of each, one after the other
     */
    record Several(String json, String hashes) {}

    Several of(List<Observation> agents) {
        StringBuilder json = new StringBuilder(2 + 1_000 * agents.size()).append('[');
        StringBuilder hashes = new StringBuilder(24 * agents.size());
        for (Observation agent : agents) {
            Said said = said(agent);
            hashes.append(said.hash());
            json.append(json.length() == 1 ? "" : ",").append(said.beforeAge());
            json.append(seconds(agent.age())).append(said.afterAge());
        }
        return new Several(json.append(']').toString(), hashes.toString());
    }

    private static String seconds(@Nullable Duration age) {
        return age == null ? "null" : Long.toString(age.toSeconds());
    }

    String hash(Observation agent) {
        return said(agent).hash();
    }

    private Said said(Observation agent) {
        AgentId id = agent.entry().agent();
        Said said = kept.get(id);
        if (said == null || !said.isStillSo(agent)) {
            said = Said.of(agent);
            if (kept.size() < MOST || kept.containsKey(id)) {
                kept.put(id, said);
            }
        }
        return said;
    }
}
