package dev.rollcall.app;

import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.Observer.Known;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads everybody on a thread of its own, so that whoever follows the roll goes on meanwhile: a thousand agents take as long
 * as ten looks. One reading at a time. For one thread.
 */
final class WholeReading implements AutoCloseable {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

    private final Rollcall swarm;
    private @Nullable CompletableFuture<Whole> running;
    private boolean isWanted;

    WholeReading(Rollcall swarm) {
        this.swarm = swarm;
    }

    /**
     * Everybody, as the database had them at some moment of the reading.
     *
     * @param nanos how long it took
     */
    record Whole(List<Known> agents, long nanos) {}

    boolean isRunning() {
        return running != null;
    }

    /**
     * Whatever was committed before this call will be in it.
     *
     * @param known the newest event so far: a server that does not have it is another one, which trails
     */
    void begin(long known) {
        isWanted = true;
        running = CompletableFuture.supplyAsync(
                () -> read(known),
                reading -> Thread.ofPlatform().daemon().name("whole-roll").start(reading));
    }

    /** What is being read will be older than what is known already, or of another database. */
    void giveUp() {
        isWanted = false;
    }

    /**
     * What was read, once; empty as long as there is nothing.
     *
     * @throws ProblemException DATABASE_UNAVAILABLE, where that ended the reading
     */
    Optional<Whole> ended() {
        CompletableFuture<Whole> there = running;
        if (there == null || !there.isDone()) {
            return Optional.empty();
        }
        running = null;
        if (!isWanted) {
            return Optional.empty();
        }
        try {
            return Optional.of(there.join());
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException known ? known : failure;
        }
    }

    private Whole read(long known) {
        try (Rollcall mine = swarm.another()) {
            if (mine.feed().newest() < known) {
                throw new ProblemException(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        "the database that answered trails the one before",
                        "Try again.");
            }
            long begin = System.nanoTime();
            List<Known> agents = mine.observations().known(Detail.EVIDENCE);
            return new Whole(agents, System.nanoTime() - begin);
        }
    }

    /** Waits a little until nothing is open any more. */
    @Override
    public void close() {
        giveUp();
        CompletableFuture<Whole> last = running;
        if (last != null) {
            boolean isOver = last.handle((read, failure) -> true)
                    .completeOnTimeout(false, LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            if (isOver) {
                running = null;
            }
        }
    }
}
