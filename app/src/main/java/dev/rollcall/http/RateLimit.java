package dev.rollcall.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** So many requests a second from one source, and more at once after a rest: a token bucket for each. Thread-safe. */
final class RateLimit {
    /** Sources that are remembered; of more, the one that asked longest ago begins anew. */
    private static final int SOURCES = 10_000;

    private final double perSecond;
    private final int burst;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > SOURCES;
        }
    };

    private record Bucket(double left, long at) {}

    RateLimit(double perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes one of the source's requests; false when there is none left. */
    boolean allows(String source) {
        long now = System.nanoTime();
        lock.lock();
        try {
            Bucket bucket = buckets.getOrDefault(source, new Bucket(burst, now));
            double seconds = (now - bucket.at) / (double) Duration.ofSeconds(1).toNanos();
            double left = Math.min(burst, bucket.left + seconds * perSecond);
            boolean isAllowed = left >= 1;
            buckets.put(source, new Bucket(isAllowed ? left - 1 : left, now));
            return isAllowed;
        } finally {
            lock.unlock();
        }
    }
}
