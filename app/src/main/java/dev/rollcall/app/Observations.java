package dev.rollcall.app;

import dev.rollcall.app.Observer.Known;
import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Evidence;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollSources;
import dev.rollcall.sync.LagProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the roll at one moment, and at the files only to tell how far it trails them. How many statements a look takes
 * does not depend on the number of agents whose file nobody has touched. For one thread at a time.
 */
public final class Observations {
    static final Lag UNKNOWN = new Lag.Unknown("it came to the roll just now");

    private static final Lag ELSEWHERE = new Lag.Unknown("its file is kept by another source");

    private final RollQuery roll;
    private final LagProbe probe;
    private final RollSources sources;
    private final Observer observer;

    Observations(RollQuery roll, LagProbe probe, RollSources sources, Settings settings, Instant now) {
        this.roll = roll;
        this.probe = probe;
        this.sources = sources;
        this.observer = new Observer(settings, now);
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
        Known known = observer.known(entry.get(), latest, roll.cadence(agent).orElse(null), detail);
        return Optional.of(
                observer.observation(known, sources.ownedElsewhere().containsKey(agent) ? ELSEWHERE : probe.of(agent)));
    }

    /** All agents, those that left included, by id. */
    public List<Observation> all(Detail detail) {
        List<Known> entries = known(detail);
        Map<AgentId, Lag> lags = lags();
        return entries.stream()
                .map(known -> observer.observation(
                        known, lags.getOrDefault(known.entry().agent(), UNKNOWN)))
                .toList();
    }

    /** All agents, before anybody looks at the files: what the roll takes over in between is no lag. */
    List<Known> known(Detail detail) {
        Map<AgentId, Duration> cadences = roll.cadences();
        Map<AgentId, List<Revision>> latest = detail == Detail.EVIDENCE ? roll.latest(Evidence.VERSIONS) : Map.of();
        List<Known> all = new ArrayList<>();
        for (RollEntry entry : roll.list()) {
            AgentId agent = entry.agent();
            all.add(observer.known(entry, latest.getOrDefault(agent, List.of()), cadences.get(agent), detail));
        }
        return all;
    }

    /** How far the roll trails every file. */
    Map<AgentId, Lag> lags() {
        Map<AgentId, Lag> lags = probe.all();
        sources.ownedElsewhere().keySet().forEach(agent -> lags.put(agent, ELSEWHERE));
        return lags;
    }
}
