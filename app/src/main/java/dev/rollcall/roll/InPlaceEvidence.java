package dev.rollcall.roll;

import dev.rollcall.document.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Versions that may hold a mixture: a writer that overwrites its file in place leaves the beginning of its new text and
 * the end of the old one standing for as long as it pauses, in a file of the old size. Two edits by hand, the first
 * further ahead than the second, can look the same; nobody can tell them apart by the bytes, so it says "may". Pure.
 */
final class InPlaceEvidence {
    /**
     * The longest pause in the middle of one write that is looked for. What stops a writer there are a stalled disk, a
     * starved or swapped process, a debugger: seconds. Agents report in minutes, so that two edits seldom come so close.
     */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private InPlaceEvidence() {}

    /** @param versions the agent's latest, oldest first */
    static Optional<Finding> of(List<Revision> versions) {
        List<String> mixtures = new ArrayList<>();
        for (int i = 0; i + 1 < versions.size(); i++) {
            if (isMixture(versions.get(i), versions.get(i + 1))) {
                mixtures.add(String.valueOf(versions.get(i).revision()));
            }
        }
        return mixtures.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        "in_place_writer",
                        "",
                        (mixtures.size() == 1 ? "revision " : "revisions ") + String.join(" and ", mixtures)
                                + " may hold a mixture: it begins like the version after it and ends like the one"
                                + " before, and the same file was written over. Write a temporary file beside"
                                + " status.json and rename it into place"));
    }

    /** The beginning that the next version keeps and the end that was kept of the one before make up all of it. */
    private static boolean isMixture(Revision version, Revision next) {
        Overwrite over = version.overwrite();
        Overwrite nextOver = next.overwrite();
        Long bytes = version.bytes();
        return over != null
                && nextOver != null
                && bytes != null
                && nextOver.head() < bytes
                && over.tail() < bytes
                && over.tail() >= bytes - nextOver.head()
                && isWithinAPause(version.sourceModifiedAt(), next.sourceModifiedAt());
    }

    private static boolean isWithinAPause(@Nullable Instant modifiedAt, @Nullable Instant nextModifiedAt) {
        return modifiedAt != null
                && nextModifiedAt != null
                && Duration.between(modifiedAt, nextModifiedAt).abs().compareTo(LONGEST_PAUSE) <= 0;
    }
}
