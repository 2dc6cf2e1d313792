package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.StatusField;
import dev.rollcall.lifecycle.FsmSteps;
import dev.rollcall.roll.Evidence;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.sync.LagProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the roll at one moment, and at the files only to tell how far it trails them. How many statements a look takes
 * does not depend on the number of agents whose file nobody has touched. For one thread at a time.
 */
public final class Observations {
    private static final Lag UNKNOWN = new Lag.Unknown("it came to the roll just now");

    private final RollQuery roll;
    private final LagProbe probe;
    private final Settings settings;
    private final Instant now;

    Observations(RollQuery roll, LagProbe probe, Settings settings, Instant now) {
        this.roll = roll;
        this.probe = probe;
        this.settings = settings;
        this.now = now;
    }

    /** How much to look at. */
    public enum Detail {
        /** The row, the cadence and the lag; findings are those of the document and of the lag. */
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
        Known known = new Known(latest, roll.cadence(agent).orElse(null), probe.of(agent));
        return Optional.of(observation(entry.get(), known, detail));
    }

    /** All agents, those that left included, by id. */
    public List<Observation> all(Detail detail) {
        Map<AgentId, Duration> cadences = roll.cadences();
        Map<AgentId, List<Revision>> latest = detail == Detail.EVIDENCE ? roll.latest(Evidence.VERSIONS) : Map.of();
        // The roll before the files: what it takes over in between is no lag.
        List<RollEntry> entries = roll.list();
        Map<AgentId, Lag> lags = probe.all();
        List<Observation> all = new ArrayList<>();
        for (RollEntry entry : entries) {
            Known known = new Known(
                    latest.getOrDefault(entry.agent(), List.of()),
                    cadences.get(entry.agent()),
                    lags.getOrDefault(entry.agent(), UNKNOWN));
            all.add(observation(entry, known, detail));
        }
        return all;
    }

    /** What is known of an agent beside its entry. */
    private record Known(List<Revision> latest, @Nullable Duration cadence, Lag lag) {}

    private Observation observation(RollEntry entry, Known known, Detail detail) {
        FreshnessThresholds thresholds = settings.freshness().thresholds(entry.agent(), known.cadence);
        Instant last = entry.lastActivityAt();
        Freshness freshness = Freshness.of(entry.presence(), last, now, thresholds);
        Duration age = last == null ? null : last.isAfter(now) ? Duration.ZERO : Duration.between(last, now);
        List<Finding> findings = findings(entry, known.latest, detail);
        known.lag.finding().ifPresent(findings::add);
        return new Observation(entry, freshness, age, known.cadence, thresholds, known.lag, List.copyOf(findings));
    }

    private List<Finding> findings(RollEntry entry, List<Revision> latest, Detail detail) {
        List<Finding> findings = new ArrayList<>(entry.columns().findings());
        if (detail == Detail.FRESHNESS) {
            return findings;
        }
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
