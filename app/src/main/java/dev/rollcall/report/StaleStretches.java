package dev.rollcall.report;

import dev.rollcall.roll.FreshnessThresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When an agent was silent for too long: from the moment at which its last version was older than the agent's threshold
 * for QUIET until the next version was observed or the window ends; of its first version, from when its last sign of life was
 * (see {@link PastVersion}). Seconds. The threshold is the one that
 * {@code rollcall.toml} names, else it follows from the agent's cadence in the window. Gaps are no silence: a stretch ends
 * where one begins, and after one the clock starts anew.
 */
public final class StaleStretches {
    private StaleStretches() {}

    /** Oldest first, cut to the window. */
    public static List<Window> of(AgentPast past, FreshnessThresholds thresholds) {
        List<Window> stale = new ArrayList<>();
        Instant lastSign = Instant.MAX;
        Instant told = null;
        for (AgentPast.Piece piece : past.pieces()) {
            PastVersion version = piece.version();
            if (version == null) {
                told = null;
                continue;
            }
            // The version in force at the beginning was seen before it; after a gap, the gap's end is a sign of life.
            boolean isFirst = piece.from().equals(past.window().from());
            if (told == null || version.observedAt().equals(piece.from())) {
                lastSign = isFirst || version.observedAt().equals(piece.from()) ? version.lastSign() : piece.from();
            }
            told = version.observedAt();
            add(stale, past.window().cut(quietEnd(lastSign, thresholds.quietFor()), piece.until()), piece);
        }
        return List.copyOf(stale);
    }

    private static void add(List<Window> stale, Window found, AgentPast.Piece piece) {
        Window inPiece = found.cut(piece.from(), piece.until());
        if (!inPiece.length().isZero()) {
            stale.add(inPiece);
        }
    }

    private static Instant quietEnd(Instant lastSign, Duration quietFor) {
        return lastSign.plus(quietFor);
    }

    /** All of them together. */
    public static Duration sum(List<Window> stretches) {
        return stretches.stream().map(Window::length).reduce(Duration.ZERO, Duration::plus);
    }
}
