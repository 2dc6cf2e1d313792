package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore;
import dev.rollcall.sync.WatchState.Trouble;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bugs of Rollcall itself under a daemon: at one agent's turn they cost that agent, elsewhere they end the daemon. */
class DaemonBugTest extends DaemonSetup {
    private final AtomicBoolean isBroken = new AtomicBoolean(true);

    @Test
    void aBugWhileReadingOneAgentHurtsNobodyElseAndIsToldUntilItIsOver() throws Exception {
        StatusSource source = Faults.before(StatusSource.class, workshop.source(), (call, arguments) -> {
            if (call.equals("read") && arguments[0].equals(BOB) && isBroken.get()) {
                throw new IllegalStateException("no luck");
            }
        });
        assertHurtsOnlyBob(source, () -> DaemonBench.open(workshop.database));
    }

    @Test
    void aBugWhileRecordingOneAgentHurtsNobodyElseInItsBatch() throws Exception {
        assertHurtsOnlyBob(workshop.source(), () -> {
            WatchedRoll real = DaemonBench.open(workshop.database);
            RollStore store = Faults.before(RollStore.class, real.store(), (call, arguments) -> {
                if (call.equals("record") && isOfBob(arguments[0]) && isBroken.get()) {
                    throw new IllegalStateException("no luck");
                }
            });
            return new WatchedRoll(
                    store, real.query(), real.feed(), real.sources(), real.inPlace(), real.othersChanges());
        });
    }

    @Test
    void aBugElsewhereEndsTheDaemonAndClosesItsRoll() throws Exception {
        AtomicBoolean isClosed = new AtomicBoolean();
        FileChanges changes = Faults.before(FileChanges.class, new DeafChanges(), (call, arguments) -> {
            if (call.equals("coverage") && cycle(ADA) == 1) {
                throw new IllegalStateException("no luck");
            }
        });
        DaemonBench bench = new DaemonBench(
                workshop.source(),
                changes,
                () -> {
                    WatchedRoll real = DaemonBench.open(workshop.database);
                    RollStore store = Faults.before(
                            RollStore.class,
                            real.store(),
                            (call, arguments) -> isClosed.compareAndSet(false, call.equals("close")));
                    return new WatchedRoll(
                            store, real.query(), real.feed(), real.sources(), real.inPlace(), real.othersChanges());
                },
                new WatchClocks(InstantSource.system(), InstantSource.system()));

        eventually(SOON, () -> assertThat(isClosed).isTrue());
        assertThatThrownBy(bench::close).hasRootCauseMessage("no luck");
    }

    private void assertHurtsOnlyBob(StatusSource source, Supplier<WatchedRoll> opener) throws Exception {
        put(BOB, document(7));
        try (DaemonBench bench = new DaemonBench(
                source, new DeafChanges(), opener, new WatchClocks(InstantSource.system(), InstantSource.system()))) {
            eventually(SOON, () -> assertThat(cycle(ADA)).isEqualTo(1));
            eventually(
                    SOON,
                    () -> assertThat(message(bench))
                            .contains("Bob: a bug in Rollcall, IllegalStateException (no luck) at "));
            put(ADA, document(2));
            eventually(Duration.ofSeconds(8), () -> assertThat(cycle(ADA)).isEqualTo(2));
            assertThat(cycle(BOB)).isEqualTo(-1);
            assertThat(message(bench)).isNotEmpty();

            isBroken.set(false);

            eventually(Duration.ofSeconds(8), () -> assertThat(cycle(BOB)).isEqualTo(7));
            eventually(SOON, () -> assertThat(message(bench)).isEmpty());
        }
    }

    private static boolean isOfBob(Object changes) {
        return changes instanceof List<?> list
                && list.stream()
                        .anyMatch(change -> ((RollChange) change).agent().equals(BOB));
    }

    private static String message(DaemonBench bench) {
        @Nullable Trouble told = bench.daemon.state().troubles().agents();
        return told == null ? "" : told.message();
    }
}
