package dev.rollcall.store;

import java.util.Comparator;

/**
 * A recorded version as thinning sees it.
 *
 * @param observedAt as the table holds it: text order is time order
 * @param base the revision it is told by the difference to; 0 for a full copy
 * @param isSealed whether its columns are what its seal tells, and it was ever in force: others stay
 * @param bytes what its document takes, compressed
 */
record VersionNode(long revision, String observedAt, long base, boolean isSealed, long bytes) {
    /** The order of an agent's versions. */
    static final Comparator<VersionNode> ORDER =
            Comparator.comparing(VersionNode::observedAt).thenComparingLong(VersionNode::revision);

    private static final int DAY = "2025-10-15".length();

    String day() {
        return observedAt.substring(0, Math.min(DAY, observedAt.length()));
    }

    VersionNode withBase(long newBase) {
        return new VersionNode(revision, observedAt, newBase, isSealed, bytes);
    }
}
