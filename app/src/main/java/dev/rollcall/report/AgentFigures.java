package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Attention;
import dev.rollcall.roll.Cadence;
import dev.rollcall.roll.FreshnessPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Every figure of one agent in a window.
 *
 * @param stretches the window by condition
 * @param times see {@link TimeInState}
 * @param blocked see {@link BlockedTime}
 * @param missions see {@link MissionDurations}
 */
public record AgentFigures(
        AgentId agent,
        List<Stretch> stretches,
        Map<Condition, Duration> times,
        Map<String, Duration> blocked,
        List<MissionStretch> missions,
        Activity activity,
        Silence silence,
        EndState end,
        AgentChange change) {
    /** Most urgent first; who has waited longest stands first, and all others by id. */
    public static final Comparator<AgentFigures> BY_ATTENTION = Comparator.comparing(AgentFigures::attention)
            .thenComparing(figures -> figures.needsAttention() ? figures.reasonSince() : Instant.MAX)
            .thenComparing(AgentFigures::agent);

    /**
     * All figures of what the roll holds of the agent.
     *
     * @param policy what is stale
     * @param since what {@link AgentChange} compares the window's end with
     */
    public static AgentFigures of(AgentPast past, FreshnessPolicy policy, Instant since) {
        Activity activity = Activity.of(past);
        List<MissionStretch> missions = MissionDurations.of(past);
        List<Stretch> stretches = past.stretches();
        Duration cadence = ReportingCadence.of(past).orElse(null);
        // The rhythm that freshness goes by is that of the latest reports.
        Duration latest = Cadence.of(activity.versions()).orElse(cadence);
        var thresholds = policy.thresholds(past.agent(), latest);
        return new AgentFigures(
                past.agent(),
                stretches,
                TimeInState.of(stretches),
                BlockedTime.of(past),
                missions,
                activity,
                new Silence(cadence, thresholds, StaleStretches.of(past, thresholds)),
                EndState.of(past),
                AgentChange.of(past, since, missions, activity));
    }

    /** Why somebody should look at the agent, as of the window's end. */
    public Attention attention() {
        return switch (end.condition()) {
            case REJECTED -> Attention.REJECTED;
            case LEFT -> Attention.LEFT;
            case BLOCKED, ERROR -> Attention.STUCK;
            default -> isStale() ? Attention.STALE : Attention.NONE;
        };
    }

    /** Whether it was stale when the window ended. */
    public boolean isStale() {
        return !silence.stale().isEmpty()
                && !stretches.isEmpty()
                && silence.stale().getLast().until().equals(stretches.getLast().until());
    }

    /** Whether somebody should look at it. */
    public boolean needsAttention() {
        return attention().compareTo(Attention.NONE) < 0;
    }

    /** What it was at when the window ended, in a word. */
    public String reason() {
        return attention() == Attention.STALE ? "STALE" : end.condition().name();
    }

    /** Since when, as far as the window tells. */
    public Instant reasonSince() {
        return attention() == Attention.STALE ? silence.stale().getLast().from() : end.since();
    }

    /** How long that had lasted by then. */
    public Duration reasonFor(Instant until) {
        return Duration.between(reasonSince(), until);
    }
}
