package dev.rollcall.sync;

import dev.rollcall.document.RejectionCode;
import dev.rollcall.roll.RollArchive.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What became of an import.
 *
 * @param place where the archive is
 * @param root the workspaces root that was imported, as a path in the archive; empty for its top
 * @param otherRoots how many versions each other root of the archive has
 * @param ignored folders of the root whose name can not be an agent's id
 */
public record ImportReport(
        String place,
        String root,
        Commits commits,
        Versions versions,
        Missing missing,
        SortedMap<String, Integer> otherRoots,
        SortedSet<String> ignored,
        Duration elapsed) {
    public ImportReport {
        otherRoots = Collections.unmodifiableSortedMap(otherRoots);
        ignored = Collections.unmodifiableSortedSet(ignored);
    }

    /**
     * @param adjusted how many count as made at another time than they say
     * @param cuts at how many commits history is cut
     */
    public record Commits(int total, int adjusted, int cuts) {}

    /**
     * Versions of the root's files.
     *
     * @param judged how many of the acceptable ones came to which end
     * @param beside how many of the acceptable ones are of branches beside the line
     * @param rejected how many are not acceptable, by why
     * @param deletions how often a file was deleted
     */
    public record Versions(
            int total,
            Map<Outcome, Integer> judged,
            int beside,
            SortedMap<RejectionCode, Integer> rejected,
            int deletions) {
        public Versions {
            judged = Map.copyOf(judged);
            rejected = Collections.unmodifiableSortedMap(rejected);
        }

        public int count(Outcome outcome) {
            return judged.getOrDefault(outcome, 0);
        }

        public int rejections() {
            return rejected.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * What the archive does not have.
     *
     * @param named the first of them, for people
     */
    public record Missing(int total, List<String> named) {
        public Missing {
            named = List.copyOf(named);
        }
    }

    /** Whether all that was committed under the root is in the roll now or was judged. */
    public boolean isComplete() {
        return commits.cuts() == 0 && missing.total() == 0 && versions.count(Outcome.NEWER) == 0;
    }
}
