package dev.rollcall.sync;

import dev.rollcall.sync.WatchState.Latency;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long the latest {@value #KEPT} changes took from the file's modification time to their commit. Thread-safe. */
final class Latencies {
    static final int KEPT = 4096;

    private static final Duration LONGEST = Duration.ofHours(1);

    private final long[] nanos = new long[KEPT];
    private long count;
    private Duration total = Duration.ZERO;

    /** In order, of as many latencies as there were then: who asks again while nothing happens pays nothing. */
    private long[] sorted = {};

    private long sortedAt;

    /** One that is negative or longer than an hour tells of a clock or of a file's invented time, and is left out. */
    synchronized void add(Duration latency) {
        if (latency.isNegative() || latency.compareTo(LONGEST) > 0) {
            return;
        }
        nanos[(int) (count++ % KEPT)] = latency.toNanos();
        total = total.plus(latency);
    }

    synchronized long count() {
        return count;
    }

    /** Of all that were ever added, together. */
    synchronized Duration total() {
        return total;
    }

    synchronized Latency told() {
        return new Latency(count, quantile(0.5).orElse(null), quantile(0.99).orElse(null), total);
    }

    /** The smallest latency that at least this share of the latest changes did not exceed (nearest rank). */
    synchronized Optional<Duration> quantile(double share) {
        if (sortedAt != count) {
            sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
            Arrays.sort(sorted);
            sortedAt = count;
        }
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]));
    }
}
