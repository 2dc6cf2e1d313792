package dev.rollcall.app;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
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

    private final Rollcall swarm;
    private final ConcurrentLinkedQueue<Rollcall> idle = new ConcurrentLinkedQueue<>();
    private final Semaphore free = new Semaphore(MOST, true);

    /** @param swarm names it; is not used itself */
    public OpenRolls(Rollcall swarm) {
        this.swarm = swarm;
    }

    /**
     * Asks.
     *
     * @throws ProblemException what the question throws
     */
    public <T> T ask(Function<Rollcall, T> question) {
        free.acquireUninterruptibly();
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
