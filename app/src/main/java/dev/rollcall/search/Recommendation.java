package dev.rollcall.search;

import dev.rollcall.search.Recommender.Circumstances;

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

    private static final double MOST_STALE = 0.8;
    private static final double LEAST_STALE = 0.05;

    /** What ranks: the product of the three. */
    public double score() {
        return expertise * availability * load;
    }

    static Recommendation of(Hit hit, Circumstances its) {
        return new Recommendation(
                hit,
                Math.clamp(hit.score() / Weights.STANDARD.highest(), 0, 1),
                availability(its),
                HALF / (HALF + its.openTasks()));
    }

    /** By what the agent says it is at, less for one that has not been heard of lately; nothing for one that left. */
    static double availability(Circumstances its) {
        double byState = switch (its.state()) {
            case IDLE, COMPLETE -> 1;
            case WAITING -> 0.9;
            case ACTIVE, UNKNOWN -> 0.8;
            case BLOCKED -> 0.6;
            case ERROR -> 0.5;
            case OFFLINE -> 0.2;
        };
        return byState
                * switch (its.freshness()) {
                    case LIVE -> 1;
                    case QUIET -> 0.9;
                    case STALE -> stale(its.silence());
                    case LEFT -> 0;
                };
    }

    /** Half of it whenever the silence is four times as long. Never nothing, so that expertise still tells who is best. */
    private static double stale(double silence) {
        return Math.max(LEAST_STALE, MOST_STALE / Math.sqrt(Math.max(1, silence)));
    }
}
