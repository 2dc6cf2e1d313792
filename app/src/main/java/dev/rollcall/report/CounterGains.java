package dev.rollcall.report;

import dev.rollcall.document.StatusField;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a counter gained: the increase of each version that has the number over the last one before it that has it, in the
 * window or before. A version without the number is passed over. A counter that falls has started anew: the fall counts 0
 * and the next increase counts from there. The first version that ever has the number counts 0, because nobody knows since
 * when it was that much. What was gained during a gap counts when the first version after it shows it. The view
 * {@code agent_daily_activity} counts the same.
 */
public final class CounterGains {
    static final List<StatusField> COUNTERS = List.of(StatusField.CYCLE_COUNT, StatusField.POINTS_EARNED);

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
        for (PastVersion version :
                Stream.concat(past.earlier().stream(), past.versions().stream()).toList()) {
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
