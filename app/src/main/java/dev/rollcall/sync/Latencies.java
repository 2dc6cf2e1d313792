package dev.rollcall.sync;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long the latest {@value #KEPT} changes took from the file's modification time to their commit. Thread-safe. */
final class Latencies {
    static final int KEPT = 4096;

    private final long[] nanos = new long[KEPT];
    private long count;

    synchronized void add(Duration latency) {
        nanos[(int) (count++ % KEPT)] = latency.toNanos();
    }

    synchronized long count() {
        return count;
    }

    /** The smallest latency that at least this share of the latest changes did not exceed (nearest rank). */
    synchronized Optional<Duration> quantile(double share) {
        int kept = (int) Math.min(count, KEPT);
        if (kept == 0) {
            return Optional.empty();
        }
        long[] sorted = Arrays.copyOf(nanos, kept);
        Arrays.sort(sorted);
        return Optional.of(Duration.ofNanos(sorted[Math.max(0, (int) Math.ceil(share * kept) - 1)]));
    }
}
