package dev.rollcall.app;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.Indexing;
import dev.rollcall.store.SqlStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The search beside a watch: gives words and vectors to agents as they change, and answers questions with the model that it
 * has loaded. While agents report it takes few at a time, so that recording comes first. The model is let go after a while
 * without work. Thread-safe.
 */
final class WatchSearch implements AutoCloseable {
    /** How often it looks for work, and so how soon a change can be found. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private static final Duration UNTIL_READY = Duration.ofMillis(200);

    /** A stop waits so long for a model that is just being loaded: a process that ends in the middle of that aborts. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Without a question or a text for so long the model leaves the memory. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    /** What one look may take while others report. */
    private static final Duration WHILE_BUSY = Duration.ofSeconds(1);

    /** With more waiting, whoever asks brings them up to date himself and sees how far that is. */
    private static final int MOST_WAITING = 50;

    private static final Duration FOREVER = Duration.ofDays(365);
    private static final String NO_ANSWER = "";

    private final Supplier<Rollcall> opening;
    private final BooleanSupplier isReady;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private final Thread thread;
    private @Nullable Open open;
    private long lastWork = System.nanoTime();
    private long changes = -1;
    /** Whether the index that the database has itself has all that there was after the last change. */
    private boolean isShared;

    private volatile boolean isStopping;
    private volatile @Nullable String trouble;

    /**
     * @param opening opens the roll for this search alone
     * @param isReady whether the watch has the roll in hand; nothing is opened before
     */
    WatchSearch(Supplier<Rollcall> opening, BooleanSupplier isReady) {
        this.opening = opening;
        this.isReady = isReady;
        this.thread = Thread.ofPlatform().daemon().name("search").start(this::run);
    }

    /** The roll as this search has opened it, and the model once it was needed. */
    private record Open(Rollcall rollcall, SqlStore store, SearchSession session) {
        void close() {
            session.close();
            rollcall.close();
        }
    }

    /** Why agents can not be made searchable at present; null when they can. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** {@link AnswerLines}; empty where whoever asks must look for himself. */
    String answer(SearchRequest request) {
        lock.lock();
        try {
            if (isStopping) {
                // What is opened now would be closed by nobody.
                return NO_ANSWER;
            }
            Open opened = opened();
            if (opened.store().passageQueue().size() > MOST_WAITING) {
                return NO_ANSWER;
            }
            lastWork = System.nanoTime();
            isShared = false;
            opened.session().catchUp(Indexing.Progress.NONE);
            return AnswerLines.write(request.askOf(opened.rollcall().searching().with(opened.session())));
        } catch (ProblemException unanswered) {
            ProblemCode code = unanswered.problem().code();
            if (code != ProblemCode.UNKNOWN_AGENT && code != ProblemCode.INVALID_AGENT_ID) {
                letGo();
            }
            return NO_ANSWER;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!isStopping) {
                long left = UNTIL_READY.toNanos();
                if (isReady.getAsBoolean()) {
                    look();
                    left = BETWEEN_LOOKS.toNanos();
                }
                while (left > 0 && !isStopping) {
                    left = stopped.awaitNanos(left);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            letGo();
            lock.unlock();
        }
    }

    private void look() {
        try {
            Open opened = opened();
            long now = opened.store().noticedChanges();
            boolean isBusy = now != changes;
            changes = now;
            isShared &= !isBusy;
            BooleanSupplier isEnough = enough(isBusy ? WHILE_BUSY : FOREVER);
            if (isBusy || opened.session().notices().isEmpty()) {
                // Without a model, whoever has words stays queued and needs no second look.
                drain(opened, isEnough);
            }
            String unshared = share(opened, isEnough);
            trouble = opened.session().notices().stream().findFirst().orElse(unshared);
            if (System.nanoTime() - lastWork > IDLE.toNanos()) {
                opened.session().rest();
            }
        } catch (ProblemException failure) {
            trouble = failure.problem().message();
            letGo();
        } catch (RuntimeException bug) {
            // Recording goes on, and who asks the watch is told.
            trouble = "a bug in Rollcall: " + bug;
            letGo();
        }
    }

    private BooleanSupplier enough(Duration most) {
        long began = System.nanoTime();
        AtomicBoolean isEnough = new AtomicBoolean();
        return () -> {
            if (isStopping || lock.hasQueuedThreads() || System.nanoTime() - began > most.toNanos()) {
                isEnough.set(true);
            }
            return isEnough.get();
        };
    }

    private void drain(Open opened, BooleanSupplier isEnough) {
        if (opened.store().passageQueue().size() == 0) {
            return;
        }
        isShared = false;
        opened.session().embed(Indexing.Progress.NONE, isEnough);
        lastWork = System.nanoTime();
    }

    /** Goes on in every turn until the index has all. What is in the way of that; null for nothing. */
    private @Nullable String share(Open opened, BooleanSupplier isEnough) {
        try {
            isShared = isShared || opened.session().share(isEnough);
            return null;
        } catch (ProblemException notNow) {
            return notNow.problem().message();
        }
    }

    /** Opened anew where another file has taken the database's place. */
    private Open opened() {
        if (open != null && !open.store().isInPlace()) {
            letGo();
        }
        if (open == null) {
            Rollcall rollcall = opening.get();
            open = new Open(
                    rollcall,
                    rollcall.writing(Rollcall.WATCH_LOCK_TIMEOUT),
                    rollcall.searching().session().inBackground());
        }
        return open;
    }

    private void letGo() {
        if (open != null) {
            Open closing = open;
            open = null;
            changes = -1;
            isShared = false;
            closing.close();
        }
    }

    @Override
    public void close() {
        isStopping = true;
        try {
            if (lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    stopped.signalAll();
                } finally {
                    lock.unlock();
                }
                thread.join(PATIENCE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
