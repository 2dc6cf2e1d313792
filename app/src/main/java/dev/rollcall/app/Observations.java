package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.StatusField;
import dev.rollcall.lifecycle.FsmSteps;
import dev.rollcall.roll.Evidence;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.RollQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the roll at one moment. How many statements a look takes does not depend on the number of agents. For one
 * thread at a time.
 */
public final class Observations {
    private final RollQuery roll;
    private final Settings settings;
    private final Instant now;

    Observations(RollQuery roll, Settings settings, Instant now) {
        this.roll = roll;
        this.settings = settings;
        this.now = now;
    }

    /** How much to look at. */
    public enum Detail {
        /** The row and the cadence; findings are those of the document. */
        FRESHNESS,
        /** Also the latest versions, and what they say. */
        EVIDENCE
    }

    /** Empty for an agent nobody knows. */
    public Optional<Observation> find(AgentId agent, Detail detail) {
        Optional<RollEntry> entry = roll.find(agent);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        List<Revision> latest = detail == Detail.EVIDENCE ? roll.latest(agent, Evidence.VERSIONS) : List.of();
        return Optional.of(
                observation(entry.get(), roll.cadence(agent).orElse(null), findings(entry.get(), latest, detail)));
    }

    /** All agents, those that left included, by id. */
    public List<Observation> all(Detail detail) {
        Map<AgentId, Duration> cadences = roll.cadences();
        Map<AgentId, List<Revision>> latest = detail == Detail.EVIDENCE ? roll.latest(Evidence.VERSIONS) : Map.of();
        List<Observation> all = new ArrayList<>();
        for (RollEntry entry : roll.list()) {
            List<Revision> versions = latest.getOrDefault(entry.agent(), List.of());
            all.add(observation(entry, cadences.get(entry.agent()), findings(entry, versions, detail)));
        }
        return all;
    }

    private Observation observation(RollEntry entry, @Nullable Duration cadence, List<Finding> findings) {
        FreshnessThresholds thresholds = settings.freshness().thresholds(entry.agent(), cadence);
        Instant last = entry.lastActivityAt();
        Freshness freshness = Freshness.of(entry.presence(), last, now, thresholds);
        Duration age = last == null ? null : last.isAfter(now) ? Duration.ZERO : Duration.between(last, now);
        return new Observation(entry, freshness, age, cadence, thresholds, findings);
    }

    private List<Finding> findings(RollEntry entry, List<Revision> latest, Detail detail) {
        if (detail == Detail.FRESHNESS) {
            return entry.columns().findings();
        }
        List<Finding> findings = new ArrayList<>(entry.columns().findings());
        findings.addAll(Evidence.of(entry, latest, settings.rules().vocabulary(), now));
        unusualStep(latest).ifPresent(findings::add);
        return findings;
    }

    /** The latest step of the agent's state machine, when it is none that the lifecycle knows. */
    private static Optional<Finding> unusualStep(List<Revision> latest) {
        return latest.size() < 2
                ? Optional.empty()
                : FsmSteps.finding(fsmState(latest.get(latest.size() - 2)), fsmState(latest.getLast()));
    }

    private static String fsmState(Revision version) {
        return version.columns().text(StatusField.FSM_STATE).orElse("");
    }
}
