package dev.rollcall.sync;

import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.roll.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Examines agents batch by batch, a batch ahead of whoever records or compares them, so that files and database are at
 * work side by side. A batch is bounded in agents and bytes: memory does not grow with the swarm.
 */
final class ReadAhead<T> implements AutoCloseable {
    /** Few enough that what is alive fits the young space: larger batches cost memory and the collector's time. */
    private static final int MAX_AGENTS = 100;

    private static final int MAX_BYTES = 1024 * 1024;

    private final List<Standing> due;
    private final Function<Standing, T> examine;
    private final ToLongFunction<T> size;
    private CompletableFuture<List<T>> ahead = CompletableFuture.completedFuture(List.of());
    private @Nullable ExecutorService worker;
    private int position;

    /** @param size what an agent so examined keeps in memory, roughly, in bytes */
    ReadAhead(List<Standing> due, Function<Standing, T> examine, ToLongFunction<T> size) {
        this.due = due;
        this.examine = examine;
        this.size = size;
    }

    /** The next batch; empty when everything was examined. */
    List<T> next() {
        if (worker == null) {
            List<T> first = batch();
            if (position < due.size()) {
                worker = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("read-ahead").factory());
                ahead = CompletableFuture.supplyAsync(this::batch, worker);
            }
            return first;
        }
        List<T> batch = BackgroundFailure.join(ahead);
        ahead = CompletableFuture.supplyAsync(this::batch, worker);
        return batch;
    }

    /** On the caller's thread until there is a worker, then on the worker's only. */
    private List<T> batch() {
        List<T> batch = new ArrayList<>();
        long bytes = 0;
        while (position < due.size() && batch.size() < MAX_AGENTS && bytes < MAX_BYTES) {
            T examined = examine.apply(due.get(position++));
            bytes += size.applyAsLong(examined);
            batch.add(examined);
        }
        return batch;
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
    }
}
