package dev.rollcall.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what another thread or process is about to do. */
public final class Eventually {
    private static final long BETWEEN_TRIES_NANOS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /** Returns as soon as the assertion holds; fails as it does when it has not held within the limit. */
    public static void eventually(Duration limit, ThrowingCallable assertion) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long began = System.nanoTime();
            try {
                assertion.call();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            } catch (Exception | Error failure) {
                throw failure;
            } catch (Throwable other) {
                throw new AssertionError(other);
            }
            // Whoever tries takes no more than half of a processor from whom it waits for. The last try is at the
            // limit.
            long now = System.nanoTime();
            LockSupport.parkNanos(Math.max(BETWEEN_TRIES_NANOS, Math.min(now - began, deadline - now)));
        }
    }
}
