package dev.rollcall.app;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same swarm opened several times, for those who ask at the same time: each gets one to himself for a question. Of
 * whoever asks while all are in use, the first is served first. One that had trouble with its database, or whose database
 * was replaced, is opened anew. Thread-safe.
 */
public final class OpenRolls implements AutoCloseable {
    /** At once; SQLite reads in parallel, and more of them than processors only wait elsewhere. */
    private static final int MOST = 8;

    /** Of the questions that read every file or load the model: the others must not wait for these. */
    private static final int MOST_FOR_LONG = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Rollcall swarm;
    private final ConcurrentLinkedQueue<Rollcall> idle = new ConcurrentLinkedQueue<>();
    private final Semaphore free = new Semaphore(MOST, true);
    private final Semaphore freeForLong = new Semaphore(MOST_FOR_LONG, true);

    /** @param swarm names it; is not used itself */
    public OpenRolls(Rollcall swarm) {
        this.swarm = swarm;
    }

    /**
     * Asks what takes long: reads every file, the whole past, or loads the model.
     *
     * @throws ProblemException as {@link #ask}
     */
    public <T> T askForLong(Function<Rollcall, T> question) {
        take(freeForLong);
        try {
            return ask(question);
        } finally {
            freeForLong.release();
        }
    }

    /**
     * Asks.
     *
     * @throws ProblemException what the question throws; BUSY when all were in use for ten seconds
     */
    public <T> T ask(Function<Rollcall, T> question) {
        take(free);
        Rollcall mine = null;
        try {
            mine = opened();
            T answer = question.apply(mine);
            idle.add(mine);
            mine = null;
            return answer;
        } catch (ProblemException problem) {
            ProblemCode code = problem.problem().code();
            if (mine != null && code != ProblemCode.DATABASE_UNAVAILABLE && code != ProblemCode.SCHEMA_MISMATCH) {
                idle.add(mine);
                mine = null;
            }
            throw problem;
        } finally {
            close(mine);
            free.release();
        }
    }

    private static void take(Semaphore places) {
        try {
            if (places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(
                ProblemCode.BUSY, "too many questions are being answered at the moment", "Ask again in a while.");
    }

    private Rollcall opened() {
        for (Rollcall one = idle.poll(); one != null; one = idle.poll()) {
            if (one.isInPlace()) {
                return one;
            }
            close(one);
        }
        return swarm.another();
    }

    private static void close(@Nullable Rollcall one) {
        if (one != null) {
            one.close();
        }
    }

    /** Those in use are closed by nobody: to be called when nobody asks any more. */
    @Override
    public void close() {
        for (Rollcall one = idle.poll(); one != null; one = idle.poll()) {
            one.close();
        }
    }
}
