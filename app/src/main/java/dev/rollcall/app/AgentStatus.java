package dev.rollcall.app;

import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RollEntry;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The seven mirrored columns of one agent, and how fresh they are. Null where the document says nothing usable.
 *
 * @param status the reported text itself
 * @param freshness how long ago the last trustworthy sign of life was
 */
public record AgentStatus(
        String agentId,
        @Nullable String status,
        @Nullable Instant lastUpdated,
        @Nullable String currentFocus,
        @Nullable Long cycleCount,
        @Nullable BigDecimal pointsEarned,
        @Nullable String currentMission,
        Freshness freshness) {
    static AgentStatus of(RollEntry entry, Freshness freshness) {
        var columns = entry.columns();
        return new AgentStatus(
                entry.agent().value(),
                columns.text(StatusField.STATUS).orElse(null),
                columns.lastUpdated().orElse(null),
                columns.text(StatusField.CURRENT_FOCUS).orElse(null),
                columns.cycleCount().orElse(null),
                columns.pointsEarned().orElse(null),
                columns.text(StatusField.CURRENT_MISSION).orElse(null),
                freshness);
    }
}
