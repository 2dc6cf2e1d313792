package dev.rollcall.app;

import dev.rollcall.files.FolderEvents;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.sync.FileChanges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A watch at work on a thread of its own. */
final class WatchBench implements AutoCloseable {
    final Rollcall rollcall;
    final List<String> said = new CopyOnWriteArrayList<>();

    /** Grows once a second while the watch leads or stands by. */
    final AtomicInteger ticks = new AtomicInteger();

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CompletableFuture<Void> loop;

    WatchBench(Path root) {
        this(root, FolderEvents::new);
    }

    WatchBench(Path root, Function<WorkspacesFolder, FileChanges> events) {
        rollcall = Rollcall.open(root);
        Watch watch = new Watch(rollcall, said::add, events);
        loop = CompletableFuture.runAsync(
                () -> watch.run(this::isStoppedWithin),
                work -> Thread.ofPlatform().name("watch under test").start(work));
    }

    private boolean isStoppedWithin(Duration time) {
        ticks.incrementAndGet();
        try {
            return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits for its end; throws what ended it. */
    void join() {
        BackgroundFailure.join(loop);
    }

    @Override
    public void close() {
        stopped.countDown();
        join();
        rollcall.close();
    }
}
