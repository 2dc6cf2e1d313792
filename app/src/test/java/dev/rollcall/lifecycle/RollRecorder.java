package dev.rollcall.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.document.AgentId;
import java.util.ArrayList;
import java.util.List;

/** A roll in memory: every version in the order in which it was recorded. */
final class RollRecorder implements RollUpdate {
    private final List<String> versions = new ArrayList<>();
    private boolean isReachable = true;

    @Override
    public synchronized Outcome record(AgentId agent, byte[] before, byte[] after) {
        if (!isReachable) {
            return new Outcome.NotSynced("the roll is out of reach");
        }
        if (before.length > 0) {
            add(new String(before, UTF_8));
        }
        add(new String(after, UTF_8));
        return new Outcome.Synced(versions.size());
    }

    synchronized List<String> versions() {
        return List.copyOf(versions);
    }

    void goOutOfReach() {
        isReachable = false;
    }

    private void add(String version) {
        if (versions.isEmpty() || !versions.getLast().equals(version)) {
            versions.add(version);
        }
    }
}
