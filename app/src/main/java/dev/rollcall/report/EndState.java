package dev.rollcall.report;

import dev.rollcall.document.StatusField;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent was at when the window ended.
 *
 * @param since since when it was in this condition; where that began before the window, when the version in force at the
 *     window's beginning was observed, so that it can be longer
 * @param blockers of the version in force, whatever its state; empty in a gap
 * @param mission of the version in force, also in a gap; null for none
 */
public record EndState(
        Condition condition,
        Instant since,
        List<String> blockers,
        @Nullable String mission) {
    static EndState of(AgentPast past) {
        Instant end = past.window().until();
        AgentPast.Piece last = past.pieceAt(end);
        PastVersion inForce = past.at(end).orElse(null);
        Contents contents = last.version() == null ? null : last.version().contents();
        return new EndState(
                last.condition(),
                since(past, last),
                contents == null ? List.of() : contents.blockers(),
                inForce == null
                        ? null
                        : inForce.revision()
                                .columns()
                                .text(StatusField.CURRENT_MISSION)
                                .orElse(null));
    }

    private static Instant since(AgentPast past, AgentPast.Piece last) {
        Instant since = last.from();
        List<Stretch> stretches = past.stretches();
        if (!stretches.isEmpty()) {
            since = stretches.getLast().from();
        }
        if (since.isAfter(past.window().from())) {
            return since;
        }
        Optional<Instant> before = last.version() == null
                ? past.gaps().stream()
                        .filter(gap -> gap.covers(last.from()))
                        .map(gap -> gap.from())
                        .findFirst()
                : past.at(past.window().from()).map(PastVersion::observedAt);
        return before.orElse(since);
    }
}
