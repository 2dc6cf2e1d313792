package dev.rollcall.report;

import dev.rollcall.document.JsonValue;
import dev.rollcall.roll.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which version set the value that a field has now, and what it was before.
 *
 * @param runs stretches of versions that say the same, newest first; the first one stands now. Empty without a readable
 *     version
 * @param earlier the newest version that says something else than all runs told; null when the runs go back to the first
 *     version
 * @param items for a list that stands now: each item, in order; else empty
 * @param versionsSince how many versions came after the one that set the value that stands now
 * @param unreadable versions whose document can not be read; a stretch may begin or end in one of them
 */
public record Blame(
        List<Run> runs, @Nullable Revision earlier, List<Item> items, int versionsSince, List<Long> unreadable) {
    /**
     * Versions, one after the other, that say the same.
     *
     * @param first the version that set the value
     * @param value null where they say nothing
     * @param versions how many they are
     */
    public record Run(Revision first, @Nullable JsonValue value, int versions) {}

    /** @param broughtBy the first of the versions, up to the latest, that all have the item; equal items are counted */
    public record Item(JsonValue value, Revision broughtBy) {}

    /** Whether any version that was read says anything. */
    public boolean isEverSaid() {
        return runs.stream().anyMatch(run -> run.value() != null);
    }

    /**
     * Reads versions from the newest back, and no more than it needs.
     *
     * @param versions oldest first
     * @param limit how many values before the one that stands now are wanted
     */
    public static Blame of(List<Revision> versions, FieldReader reader, int limit) {
        BlameWalk walk = new BlameWalk(limit);
        for (int i = versions.size() - 1; i >= 0 && !walk.isOver(); i--) {
            walk.step(versions.get(i), reader.read(versions.get(i)));
        }
        return walk.result(versions);
    }
}
