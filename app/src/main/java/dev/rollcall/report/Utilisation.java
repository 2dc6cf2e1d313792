package dev.rollcall.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The share of agents' time in which they were at work, 0 to 1: time in ACTIVE that is not stale, over time in any state.
 * An agent that says ACTIVE and falls silent is at work only as long as it is not stale. Rejected, left, pruned and
 * unrecorded time counts on neither side. Null where there is no time in any state.
 */
public final class Utilisation {
    private Utilisation() {}

    public static Optional<Double> of(List<AgentFigures> agents) {
        double active = 0;
        double told = 0;
        for (AgentFigures agent : agents) {
            active += Window.seconds(agent.times().getOrDefault(Condition.ACTIVE, Duration.ZERO))
                    - Window.seconds(staleWhileActive(agent));
            for (Map.Entry<Condition, Duration> time : agent.times().entrySet()) {
                told += time.getKey().isTold() ? Window.seconds(time.getValue()) : 0;
            }
        }
        return told == 0 ? Optional.empty() : Optional.of(Math.max(0, active / told));
    }

    /** The share of the time in which agents' states are known, 0 to 1; empty where there is no time at all. */
    public static Optional<Double> recorded(Map<Condition, Duration> times) {
        double told = 0;
        double whole = 0;
        for (Map.Entry<Condition, Duration> time : times.entrySet()) {
            told += time.getKey().isTold() ? Window.seconds(time.getValue()) : 0;
            whole += Window.seconds(time.getValue());
        }
        return whole == 0 ? Optional.empty() : Optional.of(told / whole);
    }

    private static Duration staleWhileActive(AgentFigures agent) {
        RunningTime active = new RunningTime(agent.stretches(), condition -> condition == Condition.ACTIVE);
        Duration stale = Duration.ZERO;
        for (Window silence : agent.silence().stale()) {
            stale = stale.plus(active.between(silence.from(), silence.until()));
        }
        return stale;
    }
}
