package dev.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One agent's versions: their order in time, which builds on which, and which are to go. A version builds on one with a
 * smaller number, so that those that go are taken from the largest number down: whatever builds on one and goes, too, is
 * gone before it.
 */
final class VersionForest {
    private final Map<Long, VersionNode> nodes = new HashMap<>();
    private final Map<Long, Set<Long>> children = new HashMap<>();
    private final NavigableSet<VersionNode> inTime = new TreeSet<>(VersionNode.ORDER);
    private final NavigableSet<Long> doomed = new TreeSet<>(Comparator.reverseOrder());
    private long newest;

    /** Versions that were recorded since the last call. */
    void add(Collection<VersionNode> versions) {
        for (VersionNode version : versions) {
            nodes.put(version.revision(), version);
            children.computeIfAbsent(version.base(), base -> new HashSet<>()).add(version.revision());
            // The time of others is in doubt: no gap begins or ends with them.
            if (version.isSealed()) {
                inTime.add(version);
            }
            newest = Math.max(newest, version.revision());
        }
    }

    /** The largest number seen so far. */
    long newest() {
        return newest;
    }

    /** Marks what goes when everything observed at this time or later stays. */
    void doom(String keepFrom) {
        @Nullable VersionNode inForce = inTime.lower(new VersionNode(Long.MAX_VALUE, keepFrom, 0, true, 0));
        for (VersionNode version : inTime) {
            VersionNode next = inTime.higher(version);
            boolean isLastOfDay = next == null || !next.day().equals(version.day());
            if (version.observedAt().compareTo(keepFrom) < 0
                    && !isLastOfDay
                    && !version.equals(inTime.first())
                    && !version.equals(inForce)) {
                doomed.add(version.revision());
            }
        }
    }

    long count() {
        return doomed.size();
    }

    long bytes() {
        return doomed.stream().mapToLong(revision -> node(revision).bytes()).sum();
    }

    /** At most so many of those that go, in the order in which they can. */
    List<VersionNode> next(int atMost) {
        return doomed.stream().limit(atMost).map(this::node).toList();
    }

    private VersionNode node(long revision) {
        VersionNode node = nodes.get(revision);
        if (node == null) {
            throw new IllegalArgumentException("there is no revision " + revision);
        }
        return node;
    }

    /** Those that build on the version now. */
    List<VersionNode> builtOn(VersionNode version) {
        return children.getOrDefault(version.revision(), Set.of()).stream()
                .map(this::node)
                .toList();
    }

    /** The nearest version below that stays: what those that build on this one can build on without it; null for none. */
    @Nullable
    VersionNode baseThatStays(VersionNode version) {
        VersionNode base = nodes.get(version.base());
        while (base != null && doomed.contains(base.revision())) {
            base = nodes.get(base.base());
        }
        return base;
    }

    void moved(VersionNode version, long newBase) {
        children.getOrDefault(version.base(), new HashSet<>()).remove(version.revision());
        children.computeIfAbsent(newBase, base -> new HashSet<>()).add(version.revision());
        VersionNode moved = version.withBase(newBase);
        nodes.put(version.revision(), moved);
        if (inTime.remove(version)) {
            inTime.add(moved);
        }
    }

    void stays(VersionNode version) {
        doomed.remove(version.revision());
    }

    void gone(VersionNode version) {
        doomed.remove(version.revision());
        nodes.remove(version.revision());
        inTime.remove(version);
        children.getOrDefault(version.base(), new HashSet<>()).remove(version.revision());
    }

    /** The version that comes after a moment of this one, whether or not this one is still there. */
    @Nullable
    VersionNode after(VersionNode version) {
        return inTime.higher(version);
    }

    /** Everything that builds on these, directly or not, and these; each after what it builds on. */
    List<Long> withAllBuiltOn(Collection<Long> versions) {
        NavigableSet<Long> found = new TreeSet<>(versions);
        List<Long> open = new ArrayList<>(versions);
        while (!open.isEmpty()) {
            for (long child : children.getOrDefault(open.removeLast(), Set.of())) {
                if (found.add(child)) {
                    open.add(child);
                }
            }
        }
        return List.copyOf(found);
    }
}
