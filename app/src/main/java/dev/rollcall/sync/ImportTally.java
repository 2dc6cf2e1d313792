package dev.rollcall.sync;

import dev.rollcall.document.RejectionCode;
import dev.rollcall.problem.ShownText;
import dev.rollcall.roll.RollArchive.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts while an import goes on. */
final class ImportTally {
    private static final int NAMED = 20;

    private final Map<Outcome, Integer> judged = new EnumMap<>(Outcome.class);
    private final SortedMap<RejectionCode, Integer> rejected = new TreeMap<>();
    private final SortedMap<String, Integer> otherRoots = new TreeMap<>();
    private final SortedSet<String> ignored = new TreeSet<>();
    private final List<String> named = new ArrayList<>();
    private int total;
    private int deletions;
    private int missing;
    private int beside;

    void version() {
        total++;
    }

    void deletion() {
        deletions++;
    }

    void judged(List<Outcome> outcomes) {
        outcomes.forEach(
                outcome -> judged.merge(outcome == Outcome.REWRITTEN ? Outcome.KNOWN : outcome, 1, Integer::sum));
    }

    void beside() {
        beside++;
    }

    void rejected(RejectionCode code) {
        rejected.merge(code, 1, Integer::sum);
    }

    void otherRoot(String root) {
        otherRoots.merge(root, 1, Integer::sum);
    }

    void ignored(String folder) {
        ignored.add(ShownText.of(folder));
    }

    void missing(String what) {
        missing++;
        if (named.size() < NAMED) {
            named.add(what);
        }
    }

    /** Whether the root ever held a file. */
    boolean hasSeenAnything() {
        return total + deletions > 0;
    }

    SortedMap<String, Integer> otherRoots() {
        return otherRoots;
    }

    SortedSet<String> ignored() {
        return ignored;
    }

    ImportReport.Versions versions() {
        return new ImportReport.Versions(total, judged, beside, rejected, deletions);
    }

    ImportReport.Missing missing() {
        return new ImportReport.Missing(missing, named);
    }
}
