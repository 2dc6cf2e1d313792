package dev.rollcall.roll;

import dev.rollcall.document.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Why somebody should look at an agent, most urgent first; derived whenever somebody looks, never stored. Pure. */
public enum Attention {
    /** Its file can not be accepted, so that nobody knows what it does. */
    REJECTED,
    /** It says that it can not go on: BLOCKED or ERROR. */
    STUCK,
    /** Its file is more than one cycle ahead, so that the roll does not say what it does. */
    LAGGING,
    /** It has given no sign of life for long, and did not say before that it is done: COMPLETE. */
    STALE,
    NONE,
    /** Its workspace is gone; whatever it said last is over. */
    LEFT;

    /**
     * @param freshness of the same agent at the same moment
     * @param lag likewise
     */
    public static Attention of(RollEntry entry, Freshness freshness, Lag lag) {
        if (entry.rejectedSince() != null) {
            return REJECTED;
        }
        if (freshness == Freshness.LEFT) {
            return LEFT;
        }
        State state = entry.columns().state();
        if (state == State.BLOCKED || state == State.ERROR) {
            return STUCK;
        }
        if (lag.isOverOneCycle()) {
            return LAGGING;
        }
        return freshness == Freshness.STALE && state != State.COMPLETE ? STALE : NONE;
    }

    /**
     * The agents in the order in which they need attention. Who waits for somebody stands before who has waited for less
     * time; all others, and equals, stand by id, so that rows stay where they are while agents work.
     */
    public static <T> List<T> sorted(List<T> agents, Function<T, RollEntry> entry, Function<T, Attention> attention) {
        return agents.stream()
                .map(agent -> new Ranked<>(agent, entry.apply(agent), attention.apply(agent)))
                .sorted(Comparator.comparing((Ranked<T> ranked) -> ranked.attention())
                        .thenComparing(ranked -> ranked.waitingSince())
                        .thenComparing(ranked -> ranked.entry().agent()))
                .map(Ranked::agent)
                .toList();
    }

    private record Ranked<T>(T agent, RollEntry entry, Attention attention) {
        Instant waitingSince() {
            @Nullable
            Instant since = switch (attention) {
                case REJECTED -> entry.rejectedSince();
                case STUCK, LAGGING, STALE -> entry.lastActivityAt();
                case NONE, LEFT -> Instant.MAX;
            };
            return since == null ? Instant.MIN : since;
        }
    }
}
