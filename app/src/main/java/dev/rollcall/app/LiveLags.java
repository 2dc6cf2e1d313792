package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Lag;
import dev.rollcall.sync.LagMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the roll trails each file. Every file is looked at for that, so it is due again and again only while somebody
 * asks for the roll. Looked for by one thread, read by any.
 */
final class LiveLags {
    /** Between two looks, at least; and so many times as long as the last one took. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final int SHARE = 20;
    private static final Duration ASKED_LATELY = Duration.ofSeconds(10);

    private final LagMemory memory = new LagMemory();
    private final Map<AgentId, Lag> lags = new ConcurrentHashMap<>();
    private long lookedAt;
    private long lookTook;
    private volatile long askedAt;
    private volatile @Nullable Instant comparedAt;

    /** Somebody asks for the roll. */
    void asked() {
        askedAt = System.nanoTime();
    }

    Lag of(AgentId agent) {
        return lags.getOrDefault(agent, Observations.UNKNOWN);
    }

    /** When the files were looked at last; null before the first time. */
    @Nullable
    Instant comparedAt() {
        return comparedAt;
    }

    boolean isLookDue() {
        long now = System.nanoTime();
        return now - askedAt < ASKED_LATELY.toNanos()
                && now - lookedAt > Math.max(BETWEEN_LOOKS.toNanos(), SHARE * lookTook);
    }

    /** Looks at the files. */
    void look(Rollcall rollcall) {
        long begin = System.nanoTime();
        Instant now = rollcall.clock().instant();
        Map<AgentId, Lag> found = rollcall.observations(memory).lags();
        lags.putAll(found);
        lags.keySet().retainAll(found.keySet());
        comparedAt = now;
        lookedAt = System.nanoTime();
        lookTook = lookedAt - begin;
    }
}
