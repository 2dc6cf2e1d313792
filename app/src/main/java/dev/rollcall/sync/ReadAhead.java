package dev.rollcall.sync;

import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.roll.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Examines agents batch by batch, a batch ahead of whoever records them, so that reading and writing overlap. A batch
 * is bounded in agents and bytes: memory does not grow with the swarm.
 */
final class ReadAhead implements AutoCloseable {
    /** Few enough that what is alive fits the young space: larger batches cost memory and the collector's time. */
    private static final int MAX_AGENTS = 100;

    private static final int MAX_BYTES = 1024 * 1024;

    private final List<Standing> due;
    private final Function<Standing, Examined> examine;
    private CompletableFuture<List<Examined>> ahead = CompletableFuture.completedFuture(List.of());
    private @Nullable ExecutorService worker;
    private int position;

    ReadAhead(List<Standing> due, Function<Standing, Examined> examine) {
        this.due = due;
        this.examine = examine;
    }

    /** The next batch; empty when everything was examined. */
    List<Examined> next() {
        if (worker == null) {
            List<Examined> first = batch();
            if (position < due.size()) {
                worker = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("read-ahead").factory());
                ahead = CompletableFuture.supplyAsync(this::batch, worker);
            }
            return first;
        }
        List<Examined> batch = BackgroundFailure.join(ahead);
        ahead = CompletableFuture.supplyAsync(this::batch, worker);
        return batch;
    }

    /** On the caller's thread until there is a worker, then on the worker's only. */
    private List<Examined> batch() {
        List<Examined> batch = new ArrayList<>();
        long bytes = 0;
        while (position < due.size() && batch.size() < MAX_AGENTS && bytes < MAX_BYTES) {
            Examined examined = examine.apply(due.get(position++));
            bytes += examined.bytes();
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
