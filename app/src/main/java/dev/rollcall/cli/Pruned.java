package dev.rollcall.cli;

import dev.rollcall.app.Amount;
import dev.rollcall.roll.Gap;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stretches whose versions {@code prune} took away: from the first one that is gone to the next one that stayed. */
final class Pruned {
    private Pruned() {}

    /** Those that reach beyond the first moment and begin by the last one. */
    static List<Gap> between(List<Gap> pruned, Instant first, Instant last) {
        return pruned.stream()
                .filter(gap -> gap.until() == null || gap.until().isAfter(first))
                .filter(gap -> !gap.from().isAfter(last))
                .toList();
    }

    static void json(JsonOutput json, Gap gap) {
        json.time("from", gap.from()).time("until", gap.until()).number("versions", versions(gap));
    }

    /** How many versions are gone. */
    static String amount(Gap gap) {
        Long versions = versions(gap);
        return versions == null ? "some versions" : Amount.of(versions, "version", "versions");
    }

    /** The same as a sentence without its full stop. */
    static String sentence(Gap gap) {
        Long versions = versions(gap);
        return amount(gap) + (versions != null && versions == 1 ? " was pruned" : " were pruned");
    }

    /**
     * The note for people about all of them; empty for none.
     *
     * @param where half a sentence
     * @param consequence another half, or empty
     */
    static String note(List<Gap> pruned, String where, String consequence) {
        if (pruned.isEmpty()) {
            return "";
        }
        long versions = pruned.stream()
                .map(Pruned::versions)
                .mapToLong(known -> known == null ? 1 : known)
                .sum();
        return "! " + Amount.of(versions, "version", "versions") + " " + where + (versions == 1 ? " was" : " were")
                + " pruned" + consequence + ": rollcall history tells when\n";
    }

    /** Null where a hand has edited the number away. */
    private static @Nullable Long versions(Gap gap) {
        try {
            return Long.valueOf(gap.detail());
        } catch (NumberFormatException edited) {
            return null;
        }
    }
}
