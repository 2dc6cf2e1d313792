package dev.rollcall.answers;

import dev.rollcall.roll.Gap;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stretches whose versions {@code prune} took away: from the first one that is gone to the next one that stayed. */
public final class PrunedStretches {
    private PrunedStretches() {}

    /** Those that reach beyond the first moment and begin by the last one. */
    public static List<Gap> between(List<Gap> pruned, Instant first, Instant last) {
        return pruned.stream()
                .filter(gap -> gap.until() == null || gap.until().isAfter(first))
                .filter(gap -> !gap.from().isAfter(last))
                .toList();
    }

    /** How many versions are gone; null where a hand has edited the number away. */
    public static @Nullable Long versions(Gap gap) {
        try {
            return Long.valueOf(gap.detail());
        } catch (NumberFormatException edited) {
            return null;
        }
    }

    static void json(JsonOutput json, Gap gap) {
        json.time("from", gap.from()).time("until", gap.until()).number("versions", versions(gap));
    }
}
