package dev.rollcall.search;

import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;

/**
 * Who should take a task: how well the agent fits, times how free it is, times how little it has to do already.
 *
 * @param hit the agent and the passage that shows its expertise; its score is the one of the search
 * @param expertise 0 to 1
 * @param availability 0 to 1, by {@link #availability}
 * @param load 0 to 1: one half at ten open tasks
 */
public record Recommendation(Hit hit, double expertise, double availability, double load) {
    /** Open tasks at which an agent counts half. */
    private static final double HALF = 10;

    /** What ranks: the product of the three. */
    public double score() {
        return expertise * availability * load;
    }

    static Recommendation of(Hit hit, State state, Freshness freshness, int openTasks) {
        return new Recommendation(
                hit,
                Math.clamp(hit.score() / Weights.STANDARD.highest(), 0, 1),
                availability(state, freshness),
                HALF / (HALF + openTasks));
    }

    /** By what the agent says it is at, less for one that has not been heard of lately; nothing for one that left. */
    static double availability(State state, Freshness freshness) {
        double byState = switch (state) {
            case IDLE, COMPLETE -> 1;
            case WAITING -> 0.9;
            case ACTIVE, UNKNOWN -> 0.8;
            case BLOCKED -> 0.6;
            case ERROR -> 0.5;
            case OFFLINE -> 0.2;
        };
        return byState
                * switch (freshness) {
                    case LIVE, QUIET -> 1;
                    case STALE -> 0.8;
                    case LEFT -> 0;
                };
    }
}
