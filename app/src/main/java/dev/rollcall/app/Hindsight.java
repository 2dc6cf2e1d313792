package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.FieldReader;
import dev.rollcall.report.Moment;
import dev.rollcall.report.Moments;
import dev.rollcall.report.VersionDocument;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.RollQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The roll as it was: who said what at a moment, and how fresh that was then. Freshness is judged by the thresholds that are
 * named now, or the defaults; what the rhythm of an agent was then is not looked for. For one thread at a time.
 */
public final class Hindsight {
    private static final Lag NO_LAG = new Lag.Unknown("only the present can be compared with the file");

    private final RollQuery roll;
    private final RollPast past;
    private final Settings settings;
    private final Moments moments;

    Hindsight(RollQuery roll, RollPast past, Settings settings, Instant now) {
        this.roll = roll;
        this.past = past;
        this.settings = settings;
        this.moments = new Moments(roll, past, now);
    }

    /** What somebody who types a moment means. */
    public Moments moments() {
        return moments;
    }

    /** Whether there is, or ever was, such an agent. */
    public boolean isKnown(AgentId agent) {
        return !roll.latest(agent, 1).isEmpty()
                || roll.find(agent).isPresent()
                || !past.gaps(agent).isEmpty()
                || !roll.history(agent).isEmpty();
    }

    /**
     * The agent as it was.
     *
     * @throws ProblemException NOT_KNOWN_YET when there was neither a version nor a rejected file
     */
    public PastAgent find(AgentId agent, Moment moment) {
        List<Gap> gaps = past.gaps(agent).stream()
                .filter(gap -> gap.covers(moment.time()))
                .toList();
        Optional<Revision> version = inForce(agent, moment);
        if (version.isEmpty()) {
            if (gaps.stream().noneMatch(gap -> gap.kind() == Gap.Kind.REJECTED)) {
                throw notKnownYet(agent, moment);
            }
            return new PastAgent(
                    observation(agent, null, StatusColumns.NONE, gaps, moment.time()), moment.time(), null, null);
        }
        VersionDocument document = document(agent, version.get());
        StatusColumns columns = document instanceof VersionDocument.Legible(var readable)
                ? VersionDocument.columns(readable, agent, settings.rules(), version.get())
                : version.get().columns();
        return new PastAgent(
                observation(agent, version.get(), columns, gaps, moment.time()),
                moment.time(),
                version.get(),
                document);
    }

    /** Everybody who was known by then, those included that had left, or are gone now. */
    public PastRoll all(Instant at) {
        Map<AgentId, Revision> versions = past.at(at);
        Map<AgentId, List<Gap>> gaps = past.gaps(at, at.plus(1, ChronoUnit.MICROS)).stream()
                .filter(gap -> gap.covers(at))
                .collect(Collectors.groupingBy(Gap::agent, HashMap::new, Collectors.toList()));
        TreeSet<AgentId> agents = new TreeSet<>(versions.keySet());
        gaps.forEach((agent, gap) -> {
            if (isAmong(gap, Gap.Kind.REJECTED)) {
                agents.add(agent);
            }
        });
        List<Observation> observations = new ArrayList<>();
        for (AgentId agent : agents) {
            Revision version = versions.get(agent);
            StatusColumns columns = version == null ? StatusColumns.NONE : version.columns();
            observations.add(observation(agent, version, columns, gaps.getOrDefault(agent, List.of()), at));
        }
        List<AgentId> pruned = agents.stream()
                .filter(agent -> isAmong(gaps.getOrDefault(agent, List.of()), Gap.Kind.PRUNED))
                .toList();
        return new PastRoll(at, List.copyOf(observations), pruned);
    }

    /** All of the agent's versions, oldest first, those beside the line that was imported included. */
    public List<Revision> versions(AgentId agent) {
        return roll.history(agent);
    }

    /** The stretches of which versions were deleted to keep the database bounded, by their beginning. */
    public List<Gap> pruned(AgentId agent) {
        return past.gaps(agent).stream()
                .filter(gap -> gap.kind() == Gap.Kind.PRUNED)
                .toList();
    }

    /** Those that were in force one after the other. */
    public List<Revision> inForce(AgentId agent) {
        return roll.history(agent).stream().filter(Revision::isOfLine).toList();
    }

    /**
     * The version in force.
     *
     * @throws ProblemException NOT_KNOWN_YET when there was none
     */
    public Revision version(AgentId agent, Moment moment) {
        return inForce(agent, moment).orElseThrow(() -> notKnownYet(agent, moment));
    }

    public VersionDocument document(AgentId agent, Revision version) {
        return VersionDocument.of(past, agent, version.revision());
    }

    /** @param field a column, or a member of the document by its path */
    public FieldReader field(AgentId agent, String field) {
        return new FieldReader(past, agent, settings.rules(), field);
    }

    private Optional<Revision> inForce(AgentId agent, Moment moment) {
        Revision named = moment.version();
        return named == null ? past.at(agent, moment.time()) : Optional.of(named);
    }

    private Observation observation(
            AgentId agent, @Nullable Revision version, StatusColumns columns, List<Gap> gaps, Instant at) {
        Instant rejectedSince = gaps.stream()
                .filter(gap -> gap.kind() == Gap.Kind.REJECTED)
                .map(Gap::from)
                .findFirst()
                .orElse(null);
        Presence presence = isAmong(gaps, Gap.Kind.LEFT) ? Presence.LEFT : Presence.PRESENT;
        Instant last = version == null ? null : lastActivity(agent, version, columns);
        FreshnessThresholds thresholds = settings.freshness().thresholds(agent, null);
        List<Finding> findings = new ArrayList<>(columns.findings());
        if (isAmong(gaps, Gap.Kind.PRUNED)) {
            findings.add(new Finding("pruned", "", "versions of then were pruned; another one may have been in force"));
        }
        return new Observation(
                new RollEntry(agent, columns, version == null ? 0 : version.revision(), presence, last, rejectedSince),
                Freshness.of(presence, last, at, thresholds),
                last == null ? null : last.isAfter(at) ? Duration.ZERO : Duration.between(last, at),
                null,
                thresholds,
                NO_LAG,
                List.copyOf(findings));
    }

    /** As the roll told it then: the first version is no sign that anything happened. */
    private Instant lastActivity(AgentId agent, Revision version, StatusColumns columns) {
        Instant observedAt = version.observedAt();
        boolean isFirst = past.at(agent, observedAt.minus(1, ChronoUnit.MICROS)).isEmpty();
        Instant modifiedAt = version.sourceModifiedAt();
        return isFirst
                ? Freshness.atFirstSight(
                        columns.lastUpdated().orElse(null), modifiedAt == null ? observedAt : modifiedAt, observedAt)
                : observedAt;
    }

    private static boolean isAmong(List<Gap> gaps, Gap.Kind kind) {
        return gaps.stream().anyMatch(gap -> gap.kind() == kind);
    }

    private ProblemException notKnownYet(AgentId agent, Moment moment) {
        List<Revision> versions = roll.history(agent);
        return new ProblemException(
                ProblemCode.NOT_KNOWN_YET,
                agent + " was not known yet at " + moment.time().truncatedTo(ChronoUnit.SECONDS)
                        + (versions.isEmpty()
                                ? "; it has no version"
                                : "; its first version is revision "
                                        + versions.getFirst().revision() + " at "
                                        + versions.getFirst().observedAt().truncatedTo(ChronoUnit.SECONDS)),
                "rollcall history shows all of its versions.");
    }
}
