package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that were read and found in step, for whoever looks again and again: a file that was young when it was recorded
 * is to be read at every look otherwise. For one thread at a time.
 */
public final class LagMemory {
    private final Map<AgentId, Found> found = new HashMap<>();

    /** @param reading the roll's {@link dev.rollcall.roll.Standing#reading}, which grows with every change there */
    private record Found(String stamp, long reading) {}

    boolean isInStep(AgentId agent, String stamp, long reading) {
        @Nullable Found last = found.get(agent);
        return last != null && last.reading == reading && last.stamp.equals(stamp);
    }

    void remember(AgentId agent, String stamp, long reading) {
        found.put(agent, new Found(stamp, reading));
    }
}
