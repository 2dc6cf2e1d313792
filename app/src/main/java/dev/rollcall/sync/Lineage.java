package dev.rollcall.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which commit stands on which, by first parents: what a merge brought came to the branch it was made on. Pure.
 *
 * <p>First parents make trees. Numbered so that a commit comes right before all that stands on it, each commit has a range
 * of numbers, and one stands on another where its number is in the other's range.
 */
final class Lineage {
    private static final int NONE = -1;

    private final Map<String, Integer> places = new HashMap<>();
    private final int[] parents;
    private final int[] numbers;
    private final int[] sizes;
    private final int tip;

    /**
     * @param commits parents before children
     * @param tip id of the last commit of the line; null, or one that is not among them, for no line
     */
    Lineage(List<Commit> commits, @Nullable String tip) {
        parents = new int[commits.size()];
        numbers = new int[commits.size()];
        sizes = new int[commits.size()];
        for (Commit commit : commits) {
            int place = places.size();
            places.put(commit.id(), place);
            parents[place] =
                    commit.parents().isEmpty() ? NONE : place(commit.parents().getFirst());
        }
        this.tip = tip == null ? NONE : place(tip);
        number();
    }

    private int place(String id) {
        return places.getOrDefault(id, NONE);
    }

    private void number() {
        for (int place = sizes.length - 1; place >= 0; place--) {
            sizes[place]++;
            if (parents[place] != NONE) {
                sizes[parents[place]] += sizes[place];
            }
        }
        int[] next = new int[sizes.length];
        int nextTree = 0;
        for (int place = 0; place < sizes.length; place++) {
            int parent = parents[place];
            if (parent == NONE) {
                numbers[place] = nextTree;
                nextTree += sizes[place];
            } else {
                numbers[place] = next[parent];
                next[parent] += sizes[place];
            }
            next[place] = numbers[place] + 1;
        }
    }

    /** Whether the commit is the tip of the line, or the tip stands on it. */
    boolean isOnLine(Commit commit) {
        return tip != NONE && stands(tip, place(commit.id()));
    }

    /** How many of the commits the commit stands on. */
    int countBelow(Commit commit, List<Integer> others) {
        int above = place(commit.id());
        return (int) others.stream().filter(other -> stands(above, other)).count();
    }

    /** What {@link #countBelow} calls the commit. */
    int placeOf(Commit commit) {
        return place(commit.id());
    }

    private boolean stands(int above, int below) {
        return numbers[below] <= numbers[above] && numbers[above] < numbers[below] + sizes[below];
    }
}
