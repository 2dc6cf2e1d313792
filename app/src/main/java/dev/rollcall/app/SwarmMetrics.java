package dev.rollcall.app;

import dev.rollcall.app.Observations.Detail;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Presence;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What roll and watch know, as numbers for Prometheus. Each collection is one look at both. For one thread at a time, as
 * the {@link Rollcall} it asks.
 */
public final class SwarmMetrics implements MultiCollector {
    private final Rollcall rollcall;
    private @Nullable Problem problem;

    public SwarmMetrics(Rollcall rollcall) {
        this.rollcall = rollcall;
    }

    /** A registry of these metrics alone, for whoever serves them. */
    public PrometheusRegistry registry() {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(this);
        return registry;
    }

    /** The text exposition format 0.0.4. */
    public String text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry().scrape(), EscapingScheme.DEFAULT);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Why the last collection says nothing of the roll; empty when it does. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Never throws for a database that can not be read: the watch may know why, and that is told in any case. */
    @Override
    public MetricSnapshots collect() {
        Exposition out = new Exposition(rollcall.settings().swarm().value());
        // The files before the roll: what it takes over in between is recorded.
        Optional<Set<AgentId>> files = files();
        out.flag("rollcall_root_up", "Whether the workspaces root can be looked at.", files.isPresent());
        boolean isThere = false;
        problem = null;
        try {
            isThere = rollcall.hasRoll();
            List<Observation> agents = isThere ? rollcall.observations().all(Detail.EVIDENCE) : List.of();
            if (isThere) {
                roll(agents, out);
            }
            files.ifPresent(present -> unrecorded(present, agents, out));
        } catch (ProblemException unavailable) {
            problem = unavailable.problem();
        }
        out.flag("rollcall_database_up", "Whether there is a roll that can be read.", isThere && problem == null);
        WatchMetrics.add(rollcall.askWatch(), rollcall.clock().instant(), out);
        return out.metrics();
    }

    /** Who has a status.json; empty where nobody can look. */
    private Optional<Set<AgentId>> files() {
        try {
            return Optional.of(rollcall.source().scan().files().keySet());
        } catch (ProblemException unreadable) {
            return Optional.empty();
        }
    }

    private static void unrecorded(Set<AgentId> files, List<Observation> agents, Exposition out) {
        Set<AgentId> unrecorded = new HashSet<>(files);
        agents.forEach(agent -> unrecorded.remove(agent.entry().agent()));
        out.gauge(
                "rollcall_unrecorded_agents",
                "Agents that have a status.json and are not on the roll.",
                unrecorded.size());
    }

    private static void roll(List<Observation> agents, Exposition out) {
        List<Observation> present = agents.stream()
                .filter(agent -> agent.entry().presence() == Presence.PRESENT)
                .toList();
        out.gauges(
                "rollcall_agents",
                "Agents that are present, by state.",
                "state",
                counts(
                        List.of(State.values()),
                        present.stream().map(agent -> agent.entry().columns().state())));
        out.gauges(
                "rollcall_agents_by_freshness",
                "Agents on the roll, those that left included, by freshness.",
                "freshness",
                counts(List.of(Freshness.values()), agents.stream().map(Observation::freshness)));
        out.gauge(
                "rollcall_rejected_agents",
                "Agents whose file can not be accepted.",
                count(agents, agent -> agent.entry().rejectedSince() != null));
        out.gauges(
                "rollcall_findings",
                "What is odd about agents, by code; from_member stands for every from_<member>.",
                "code",
                counts(
                        FindingCodes.ALL,
                        agents.stream()
                                .flatMap(agent -> agent.findings().stream())
                                .map(finding -> FindingCodes.counted(finding.code()))));
        lag(present, out);
    }

    private static void lag(List<Observation> present, Exposition out) {
        out.gauge(
                "rollcall_lagging_agents",
                "Agents whose file holds another version than the roll.",
                count(present, agent -> agent.lag().isBehind()));
        out.gauge(
                "rollcall_lag_unknown_agents",
                "Agents that are present and whose file can not be compared now.",
                count(present, agent -> agent.lag() instanceof Lag.Unknown));
        out.gauge("rollcall_lag_max_seconds", "The most that the roll trails a file.", max(present, Lag::seconds));
        out.gauge("rollcall_lag_max_cycles", "The most that the roll trails a file.", max(present, Lag::cycles));
    }

    private static double max(List<Observation> agents, Function<Lag, @Nullable Long> part) {
        return (double) agents.stream()
                .map(agent -> part.apply(agent.lag()))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .reduce(0, Math::max);
    }

    private static double count(List<Observation> agents, Predicate<Observation> which) {
        return (double) agents.stream().filter(which).count();
    }

    /** Also of those words that do not occur: a number that comes and goes can not be watched. */
    private static <T> Map<String, Long> counts(Collection<T> words, Stream<T> occurring) {
        Map<String, Long> counts = new LinkedHashMap<>();
        words.forEach(word -> counts.put(word.toString(), 0L));
        occurring.forEach(word -> counts.merge(word.toString(), 1L, Long::sum));
        return counts;
    }
}
