package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which {@link FreshnessThresholds} count for which agent. A threshold that is named for the agent or for the whole swarm
 * is that; one that nobody named follows the agent's {@link Cadence}, and is never below the default. Immutable.
 */
public final class FreshnessPolicy {
    /** Nobody named anything. */
    public static final FreshnessPolicy DEFAULT = new FreshnessPolicy(NamedThresholds.NONE, Map.of());

    /**
     * A dead agent is LIVE for a day at most, whatever its habit was: somebody who looks once a day must see it. QUIET is
     * twice as long, as it is without a limit (3 is twice 1.5), so that an agent that reports daily, give or take some
     * minutes, is not STALE for these minutes.
     */
    private static final Duration LONGEST_LIVE = Duration.ofHours(24);

    private static final Duration LONGEST_QUIET = Duration.ofDays(2);

    private final NamedThresholds swarm;
    private final Map<AgentId, NamedThresholds> agents;

    /**
     * What somebody named.
     *
     * @param swarm for everybody
     * @param agents for these agents, instead of what is named for everybody
     */
    public FreshnessPolicy(NamedThresholds swarm, Map<AgentId, NamedThresholds> agents) {
        this.swarm = swarm;
        this.agents = Map.copyOf(agents);
    }

    /**
     * LIVE for one and a half cadences, because half of the intervals are longer than the median and a report that is
     * half an interval late is no news; QUIET for three, because two reports in a row that did not come are. Where a
     * named threshold would cross one that nobody named, the named one counts for both.
     *
     * @param cadence how often the agent reports; null when nobody knows
     */
    public FreshnessThresholds thresholds(AgentId agent, @Nullable Duration cadence) {
        NamedThresholds named = agents.getOrDefault(agent, swarm);
        Duration habit = cadence == null ? Duration.ZERO : cadence;
        Duration live = named.liveFor();
        Duration quiet = named.quietFor();
        if (live == null) {
            Duration usual = halves(habit, 3);
            live = between(FreshnessThresholds.DEFAULT.liveFor(), usual, LONGEST_LIVE);
            live = quiet != null && quiet.compareTo(live) < 0 ? quiet : live;
        }
        if (quiet == null) {
            quiet = between(FreshnessThresholds.DEFAULT.quietFor(), halves(habit, 6), LONGEST_QUIET);
            quiet = quiet.compareTo(live) < 0 ? live : quiet;
        }
        return new FreshnessThresholds(live, quiet);
    }

    /** A {@code Duration} multiplies through {@code BigDecimal}, which takes 20 ms to load. */
    private static Duration halves(Duration cadence, int halves) {
        return Duration.ofMillis(Math.multiplyExact(cadence.toMillis(), halves) / 2);
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        Duration atLeast = wanted.compareTo(least) < 0 ? least : wanted;
        return atLeast.compareTo(most) > 0 ? most : atLeast;
    }
}
