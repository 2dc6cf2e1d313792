package dev.rollcall.report;

import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Attention;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent was at when the window ended.
 *
 * @param since since when it was in this condition; where that began before the window, when the version in force at the
 *     window's beginning was observed, or when the last gap before the window ended, so that it can be longer
 * @param blockers of the version in force, whatever its state; empty in a gap
 * @param mission of the version in force, also in a gap; null for none
 * @param attention why somebody should look at it
 * @param lastSign its last sign of life; null without a version
 */
public record EndState(
        Condition condition,
        Instant since,
        List<String> blockers,
        @Nullable String mission,
        Attention attention,
        @Nullable Instant lastSign) {
    private static final Lag NO_LAG = new Lag.Unknown("only the present can be compared with the file");

    /** @param current null where the window's end is past: history tells then what the roll's row said */
    static EndState of(AgentPast past, FreshnessThresholds thresholds, @Nullable CurrentAgent current) {
        Instant end = past.window().until();
        AgentPast.Piece last = past.pieceAt(end);
        PastVersion inForce = past.at(end).orElse(null);
        Contents contents = last.version() == null ? null : last.version().contents();
        RollEntry entry = current == null ? entry(past, last, inForce) : current.entry();
        return new EndState(
                last.condition(),
                since(past, last),
                contents == null ? List.of() : contents.blockers(),
                inForce == null
                        ? null
                        : inForce.revision()
                                .columns()
                                .text(StatusField.CURRENT_MISSION)
                                .orElse(null),
                current == null && isUntold(last.condition())
                        ? Attention.NONE
                        : Attention.of(
                                entry,
                                Freshness.of(entry.presence(), entry.lastActivityAt(), end, thresholds),
                                current == null ? NO_LAG : current.lag()),
                entry.lastActivityAt());
    }

    /** The roll's row as it was. */
    private static RollEntry entry(AgentPast past, AgentPast.Piece last, @Nullable PastVersion inForce) {
        return new RollEntry(
                past.agent(),
                last.version() == null
                        ? StatusColumns.NONE
                        : last.version().revision().columns(),
                inForce == null ? 0 : inForce.revision().revision(),
                last.condition() == Condition.LEFT ? Presence.LEFT : Presence.PRESENT,
                inForce == null ? null : inForce.lastSign(),
                last.condition() == Condition.REJECTED ? last.from() : null);
    }

    /** Whether nobody can tell that anything is wrong. */
    private static boolean isUntold(Condition condition) {
        return condition == Condition.UNRECORDED || condition == Condition.PRUNED;
    }

    private static Instant since(AgentPast past, AgentPast.Piece last) {
        Instant since = last.from();
        List<Stretch> stretches = past.stretches();
        // What began at the very end of the window is in no stretch of it.
        if (!stretches.isEmpty() && stretches.getLast().condition() == last.condition()) {
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
                : past.at(past.window().from())
                        .map(version -> Window.later(version.observedAt(), lastGapBeforeEnded(past)));
        return before.orElse(since);
    }

    private static Instant lastGapBeforeEnded(AgentPast past) {
        return past.gaps().stream()
                .flatMap(gap -> Stream.ofNullable(gap.until()))
                .filter(until -> !until.isAfter(past.window().from()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }
}
