package dev.rollcall.sync;

import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A daemon at work on a thread of its own, over a real database. */
final class DaemonBench implements AutoCloseable {
    final SyncDaemon daemon;
    private final FileChanges changes;
    private final CompletableFuture<Void> loop;

    DaemonBench(StatusSource source, FileChanges changes, Path database, InstantSource clock) {
        this(source, changes, database, new WatchClocks(clock, clock));
    }

    DaemonBench(StatusSource source, FileChanges changes, Path database, WatchClocks clocks) {
        this(source, changes, () -> open(database), clocks);
    }

    /** @param opener what the daemon asks for its roll */
    DaemonBench(StatusSource source, FileChanges changes, Supplier<WatchedRoll> opener, WatchClocks clocks) {
        this(source, changes, opener, clocks, EventLimits.DEFAULT);
    }

    DaemonBench(
            StatusSource source,
            FileChanges changes,
            Supplier<WatchedRoll> opener,
            WatchClocks clocks,
            EventLimits limits) {
        this.changes = changes;
        this.daemon = new SyncDaemon(
                source, changes, opener, new WatchRules(Workshop.RULES, FreshnessPolicy.DEFAULT, limits), clocks);
        this.loop = CompletableFuture.runAsync(
                daemon::run,
                work -> Thread.ofPlatform().name("daemon under test").start(work));
    }

    static WatchedRoll open(Path database) {
        SqlStore store = SqlStore.open(database.toString(), SwarmName.DEFAULT, Duration.ofMillis(200));
        return new WatchedRoll(store, store, store, store, store::isInPlace, store::othersChanges);
    }

    @Override
    public void close() {
        daemon.stop();
        loop.join();
        changes.close();
    }
}
