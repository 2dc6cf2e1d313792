package dev.rollcall.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an agent got done.
 *
 * @param versions when versions were observed in the window, oldest first
 * @param cycles see {@link CounterGains}
 * @param points see {@link CounterGains}
 * @param tasks see {@link TasksCompleted}
 */
public record Activity(List<Instant> versions, List<Gain> cycles, List<Gain> points, List<CompletedTask> tasks) {
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_UP);

    static Activity of(AgentPast past) {
        return new Activity(
                past.observed().stream().map(PastVersion::observedAt).toList(),
                CounterGains.cycles(past),
                CounterGains.points(past),
                TasksCompleted.of(past));
    }

    public BigDecimal cyclesGained() {
        return Gain.sum(cycles);
    }

    public BigDecimal pointsGained() {
        return Gain.sum(points);
    }

    /** Points gained for each cycle gained; empty without a cycle. */
    public Optional<BigDecimal> pointsPerCycle() {
        return cyclesGained().signum() == 0
                ? Optional.empty()
                : Optional.of(pointsGained().divide(cyclesGained(), SIX_DIGITS));
    }
}
