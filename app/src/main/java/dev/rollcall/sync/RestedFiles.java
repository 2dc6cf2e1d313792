package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RollChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files found unchanged at a second reading, when they had come to rest: a version is recorded so soon after its write that
 * its stat data prove nothing yet, and whoever looks at the roll would have to read the file each time. Their stamps are
 * recorded in small lots while there is nothing else to do. For one thread at a time.
 */
final class RestedFiles {
    /** A transaction of a millisecond. */
    private static final int LOT = 64;

    private final Map<AgentId, RollChange.Rested> waiting = new LinkedHashMap<>();

    void add(RollChange.Rested rested) {
        waiting.put(rested.agent(), rested);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether so many wait that they are worth a transaction before the rest of them is known. */
    boolean isFull() {
        return waiting.size() >= LOT;
    }

    List<RollChange> next() {
        return waiting.values().stream()
                .limit(LOT)
                .map(rested -> (RollChange) rested)
                .toList();
    }

    void recorded(List<RollChange> lot) {
        lot.forEach(rested -> waiting.remove(rested.agent()));
    }

    void clear() {
        waiting.clear();
    }
}
