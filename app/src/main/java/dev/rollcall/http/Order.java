package dev.rollcall.http;

import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.function.Function;

/** What the roll can be sorted by; equals stand by id. */
enum Order {
    AGENT,
    /** Who needs somebody first. */
    ATTENTION,
    STATE,
    /** Who was heard of last. */
    AGE,
    /** The most first. */
    CYCLES,
    /** The most first. */
    POINTS;

    Comparator<Observation> comparator() {
        Comparator<Observation> order = switch (this) {
            case AGENT -> by(agent -> agent.entry().agent());
            case ATTENTION -> by(Need::of);
            case STATE -> by(agent -> agent.entry().columns().state());
            case AGE -> Comparator.comparing(Observation::age, Comparator.nullsLast(Comparator.naturalOrder()));
            case CYCLES ->
                by((Observation agent) -> agent.entry().columns().cycleCount().orElse(Long.MIN_VALUE))
                        .reversed();
            case POINTS ->
                by((Observation agent) ->
                                agent.entry().columns().pointsEarned().orElse(BigDecimal.valueOf(Long.MIN_VALUE)))
                        .reversed();
        };
        return order.thenComparing(agent -> agent.entry().agent());
    }

    private static <T extends Comparable<T>> Comparator<Observation> by(Function<Observation, T> key) {
        return Comparator.comparing(key);
    }
}
