package dev.rollcall.dashboard;

import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RejectedDocument;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the roll page shows it.
 *
 * @param rejected what stands rejected; null when nothing does, or when it is not known yet
 * @param stuckSince since when it has said so; null unless it is stuck, or when it is not known
 * @param awaits whom its blockers name, and what these are at
 */
record Member(
        Observation observation,
        Need need,
        @Nullable RejectedDocument rejected,
        @Nullable Instant stuckSince,
        List<Awaited> awaits) {
    /**
     * Somebody an agent waits for.
     *
     * @param waits whether it waits for somebody, too
     */
    record Awaited(AgentId agent, State state, boolean waits) {}

    AgentId agent() {
        return observation.entry().agent();
    }

    StatusColumns columns() {
        return observation.entry().columns();
    }

    State state() {
        return columns().state();
    }

    String text(StatusField field) {
        return columns().text(field).orElse("");
    }

    /** Since when it needs somebody; null where nobody can tell. */
    @Nullable
    Instant since() {
        return switch (need) {
            case REJECTED -> observation.entry().rejectedSince();
            case STUCK -> stuckSince == null ? observation.entry().lastActivityAt() : stuckSince;
            default -> observation.entry().lastActivityAt();
        };
    }

    /** Whether both would be shown alike, ages left aside. */
    boolean isShownLike(Member other) {
        Observation one = observation;
        Observation two = other.observation;
        return one.freshness() == two.freshness()
                && one.entry().equals(two.entry())
                && Objects.equals(one.cadence(), two.cadence())
                && one.thresholds().equals(two.thresholds())
                && one.lag().equals(two.lag())
                && one.findings().equals(two.findings())
                && need == other.need
                && awaits.equals(other.awaits)
                && Objects.equals(stuckSince, other.stuckSince)
                && Objects.equals(rejected, other.rejected);
    }
}
