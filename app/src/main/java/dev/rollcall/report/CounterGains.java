package dev.rollcall.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a counter gained: the increases from each version to the next. A counter that falls has started anew: the fall
 * counts 0 and the next increase counts from there. The agent's first version ever counts 0, because nobody knows since
 * when it had that much. A version without the number is passed over. What was gained during a gap counts when the first
 * version after it shows it.
 */
public final class CounterGains {
    private CounterGains() {}

    /** Cycles: increases of {@code cycle_count}. */
    public static List<Gain> cycles(AgentPast past) {
        return of(past, version -> version.revision().columns().cycleCount().map(BigDecimal::valueOf));
    }

    /** Points: increases of {@code points_earned}. */
    public static List<Gain> points(AgentPast past) {
        return of(past, version -> version.revision().columns().pointsEarned());
    }

    private static List<Gain> of(AgentPast past, Function<PastVersion, Optional<BigDecimal>> counter) {
        List<Gain> gains = new ArrayList<>();
        BigDecimal before = null;
        for (PastVersion version : past.versions()) {
            BigDecimal now = counter.apply(version).orElse(null);
            if (now == null) {
                continue;
            }
            boolean isGain =
                    before != null && now.compareTo(before) > 0 && past.window().reaches(version.observedAt());
            if (isGain) {
                gains.add(new Gain(version.observedAt(), now.subtract(before)));
            }
            before = now;
        }
        return List.copyOf(gains);
    }
}
