package dev.rollcall.lifecycle;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a verb did: the file is written in any case.
 *
 * @param roll whether the roll has the written bytes as well
 * @param cycles what the written document counts; null when it counts none
 * @param findings what was unusual about the verb at this time
 */
public record LifecycleOutcome(
        AgentId agent, RollUpdate.Outcome roll, @Nullable Long cycles, List<Finding> findings) {
    public LifecycleOutcome {
        findings = List.copyOf(findings);
    }

    public boolean synced() {
        return roll instanceof RollUpdate.Outcome.Synced;
    }

    /** Empty when the roll was not updated. */
    public OptionalLong revision() {
        return roll instanceof RollUpdate.Outcome.Synced(long revision)
                ? OptionalLong.of(revision)
                : OptionalLong.empty();
    }

    public Optional<Long> cycleCount() {
        return Optional.ofNullable(cycles);
    }
}
