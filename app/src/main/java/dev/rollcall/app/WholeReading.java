package dev.rollcall.app;

import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.Observer.Known;
import dev.rollcall.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads everybody on a thread of its own, so that whoever follows the roll goes on meanwhile: a thousand agents take as long
 * as ten looks. One reading at a time. For one thread.
 */
final class WholeReading {
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

    /** Whatever was committed before this call will be in it. */
    void begin() {
        isWanted = true;
        running = CompletableFuture.supplyAsync(
                this::read,
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

    private Whole read() {
        long begin = System.nanoTime();
        try (Rollcall mine = swarm.another()) {
            List<Known> agents = mine.observations().known(Detail.EVIDENCE);
            return new Whole(agents, System.nanoTime() - begin);
        }
    }
}
