package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Lag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verification found for one agent.
 *
 * @param file what the file says; null when there is none or it is not acceptable
 * @param roll what the roll says; null when there is no row
 * @param lag {@link Lag.InStep} where there is nothing to compare, too: the verdict says so
 * @param searchPending passages that still wait for their embedding; never drift
 * @param drift every difference, whatever the verdict
 * @param reason half a sentence where the verdict needs one; null otherwise
 */
public record Verification(
        AgentId agent,
        Verdict verdict,
        @Nullable Clock file,
        @Nullable Clock roll,
        Lag lag,
        int searchPending,
        List<Drift> drift,
        @Nullable String reason) {
    public Verification {
        drift = List.copyOf(drift);
    }

    /**
     * Time and cycle as a document tells them.
     *
     * @param updated the canonical last_updated; null when there is none
     * @param cycle null when there is none
     */
    public record Clock(@Nullable String updated, @Nullable Long cycle) {}

    /** Whether nobody needs to look: in step, or gone as the roll says, and nothing differs. */
    public boolean isClean() {
        return (verdict == Verdict.SYNCED || verdict == Verdict.LEFT) && drift.isEmpty();
    }
}
