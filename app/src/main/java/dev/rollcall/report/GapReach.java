package dev.rollcall.report;

import dev.rollcall.roll.Gap;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where gaps are, to be asked again and again. A question takes as long as the logarithm of their number: of all gaps that
 * began by a moment, only how far the longest of them reaches decides. Immutable.
 */
final class GapReach {
    private final NavigableMap<Instant, Instant> ofAll;
    private final Map<Gap.Kind, NavigableMap<Instant, Instant>> byKind = new EnumMap<>(Gap.Kind.class);

    /** @param gaps by their beginning */
    GapReach(List<Gap> gaps) {
        this.ofAll = reach(gaps);
        for (Gap.Kind kind : Gap.Kind.values()) {
            byKind.put(
                    kind, reach(gaps.stream().filter(gap -> gap.kind() == kind).toList()));
        }
    }

    /** By each gap's beginning the latest end of those that had begun by then. */
    private static NavigableMap<Instant, Instant> reach(List<Gap> gaps) {
        NavigableMap<Instant, Instant> reach = new TreeMap<>();
        Instant latest = Instant.MIN;
        for (Gap gap : gaps) {
            Instant until = gap.until();
            latest = Window.later(latest, until == null ? Instant.MAX : until);
            reach.put(gap.from(), latest);
        }
        return reach;
    }

    /** The kind of gap that holds the moment; of several the first one of {@link Gap.Kind}. */
    Optional<Gap.Kind> at(Instant time) {
        return byKind.entrySet().stream()
                .filter(kind -> isAfter(kind.getValue().floorEntry(time), time))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether any gap lies between the two moments, or reaches in between. */
    boolean isAnyBetween(Instant first, Instant last) {
        return isAfter(ofAll.lowerEntry(last), first);
    }

    private static boolean isAfter(Map.@Nullable Entry<Instant, Instant> reach, Instant time) {
        return reach != null && reach.getValue().isAfter(time);
    }
}
