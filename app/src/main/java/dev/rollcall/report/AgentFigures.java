package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Attention;
import dev.rollcall.roll.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
     * @param current what the roll knows of it as of the window's end; null where that is past
     */
    public static AgentFigures of(AgentPast past, ReportRequest request, @Nullable CurrentAgent current) {
        Activity activity = Activity.of(past);
        List<MissionStretch> missions = MissionDurations.of(past);
        List<Stretch> stretches = past.stretches();
        Duration cadence = ReportingCadence.of(past).orElse(null);
        // The rhythm that freshness goes by is that of the latest reports.
        Duration latest = current == null ? Cadence.of(activity.versions()).orElse(cadence) : current.cadence();
        var thresholds = request.freshness().thresholds(past.agent(), latest);
        return new AgentFigures(
                past.agent(),
                stretches,
                TimeInState.of(stretches),
                BlockedTime.of(past),
                missions,
                activity,
                new Silence(cadence, thresholds, StaleStretches.of(past, thresholds)),
                EndState.of(past, thresholds, current),
                AgentChange.of(past, request.changedSince(), missions, activity));
    }

    /** Why somebody should look at the agent, as of the window's end. */
    public Attention attention() {
        return end.attention();
    }

    /** Whether it needs attention for its silence, as of the window's end. */
    public boolean isStale() {
        return attention() == Attention.STALE;
    }

    /** Whether somebody should look at it. */
    public boolean needsAttention() {
        return attention().compareTo(Attention.NONE) < 0;
    }

    /** What it was at when the window ended, in a word. */
    public String reason() {
        return switch (attention()) {
            case STALE, LAGGING -> attention().name();
            default -> end.condition().name();
        };
    }

    /** Since when, as far as anybody can tell; of who is stale, since its last sign of life. */
    public Instant reasonSince() {
        Instant lastSign = end.lastSign();
        return isStale() && lastSign != null ? lastSign : end.since();
    }

    /** How long that had lasted by then. */
    public Duration reasonFor(Instant until) {
        return Duration.between(reasonSince(), until);
    }
}
