package dev.rollcall.report;

import dev.rollcall.problem.BackgroundFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A thread that makes figures of what another one has read, in the order in which it is handed over. What waits for it is
 * bounded by bytes: whoever hands over more waits as well. To be handed to by one thread.
 */
final class FiguresThread implements AutoCloseable {
    /** Kilobytes that wait at most; a single load that is larger waits alone. */
    private static final int ROOM = 32 << 10;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("figures").factory());
    private final Semaphore room = new Semaphore(ROOM);
    private final List<CompletableFuture<?>> handed = new ArrayList<>();

    /** As {@link #hand}, of work that has no result; {@link #await} tells of its failure. */
    void run(long bytes, Runnable work) {
        handed.removeIf(done -> done.isDone() && !done.isCompletedExceptionally());
        handed.add(hand(bytes, () -> {
            work.run();
            return true;
        }));
    }

    /** @param bytes roughly, what the work holds on to until it is done */
    <T> CompletableFuture<T> hand(long bytes, Supplier<T> work) {
        int load = (int) Math.min(ROOM, 1 + bytes / 1024);
        room.acquireUninterruptibly(load);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.get();
                    } finally {
                        room.release(load);
                    }
                },
                thread);
    }

    /** Waits for all work without a result; throws what it threw. */
    void await() {
        handed.forEach(BackgroundFailure::join);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
