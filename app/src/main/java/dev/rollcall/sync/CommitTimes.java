package dev.rollcall.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When commits count as made, and their order. A commit that says it was made after now, or before one of its parents,
 * counts as made with the latest of its parents; one without parents that says so, with the earliest commit that does not.
 * Pure.
 */
final class CommitTimes {
    private final List<Commit> inOrder;
    private final Map<String, Instant> times = new HashMap<>();
    private int adjusted;

    /** @param commits parents before children */
    CommitTimes(List<Commit> commits, Instant now) {
        Instant earliest = commits.stream()
                .map(Commit::at)
                .filter(at -> !at.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(now);
        for (Commit commit : commits) {
            Instant latestParent = commit.parents().stream()
                    .map(parent -> times.getOrDefault(parent, Instant.MIN))
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
            Instant at = commit.at();
            if (at.isAfter(now) || at.isBefore(latestParent)) {
                adjusted++;
                at = latestParent.equals(Instant.MIN) ? earliest : latestParent;
            }
            times.put(commit.id(), at);
        }
        // Stable: of several at one moment, parents stay before children.
        List<Commit> sorted = new ArrayList<>(commits);
        sorted.sort(Comparator.comparing(this::at));
        this.inOrder = List.copyOf(sorted);
    }

    /** By the time they count as made, parents before children. */
    List<Commit> inOrder() {
        return inOrder;
    }

    Instant at(Commit commit) {
        return times.getOrDefault(commit.id(), commit.at());
    }

    /** How many commits count as made at another time than they say. */
    int adjusted() {
        return adjusted;
    }
}
