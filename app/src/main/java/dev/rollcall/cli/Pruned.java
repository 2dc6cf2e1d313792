package dev.rollcall.cli;

import dev.rollcall.answers.PrunedStretches;
import dev.rollcall.app.Amount;
import dev.rollcall.roll.Gap;
import java.util.List;

/** How it is told that versions were pruned. */
final class Pruned {
    private Pruned() {}

    /** How many versions are gone. */
    static String amount(Gap gap) {
        Long versions = PrunedStretches.versions(gap);
        return versions == null ? "some versions" : Amount.of(versions, "version", "versions");
    }

    /** The same as a sentence without its full stop. */
    static String sentence(Gap gap) {
        Long versions = PrunedStretches.versions(gap);
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
                .map(PrunedStretches::versions)
                .mapToLong(known -> known == null ? 1 : known)
                .sum();
        return "! " + Amount.of(versions, "version", "versions") + " " + where + (versions == 1 ? " was" : " were")
                + " pruned" + consequence + ": rollcall history tells when\n";
    }
}
