package dev.rollcall.lifecycle;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verb did: the file is written in any case.
 *
 * @param roll whether the roll has the written bytes as well
 * @param cycleCount what the written document counts; null when it counts none
 * @param isNew whether there was no status.json before, so that the verb made the agent's first one
 * @param findings what was unusual about the verb at this time
 */
public record LifecycleOutcome(
        AgentId agent, RollUpdate.Outcome roll, @Nullable Long cycleCount, boolean isNew, List<Finding> findings) {
    public LifecycleOutcome {
        findings = List.copyOf(findings);
    }

    public boolean isSynced() {
        return roll instanceof RollUpdate.Outcome.Synced;
    }

    /** The roll's identity of what was written; 0 when it is not on the roll. */
    public long revision() {
        return roll instanceof RollUpdate.Outcome.Synced(long revision) ? revision : 0;
    }

    /** Half a sentence; empty when it is on the roll. */
    public String notSyncedBecause() {
        return roll instanceof RollUpdate.Outcome.NotSynced(String cause) ? cause : "";
    }
}
