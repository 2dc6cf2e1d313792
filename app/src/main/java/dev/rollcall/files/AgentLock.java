package dev.rollcall.files;

import dev.rollcall.problem.ShownText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One agent's lock, among the threads of this process and among processes. The lock file is never read and never
 * deleted, and this process opens it at most once at a time: closing any handle of it would drop the lock.
 */
final class AgentLock implements AutoCloseable {
    private static final Map<Path, Turn> TURNS = new ConcurrentHashMap<>();

    /** Between two tries at another process's lock; random, so that waiting processes do not keep step. */
    private static final long MAX_PAUSE_NANOS = Duration.ofMillis(3).toNanos();

    private final Path file;
    private final Turn turn;
    private final FileChannel channel;

    private AgentLock(Path file, Turn turn, FileChannel channel) {
        this.file = file;
        this.turn = turn;
        this.channel = channel;
    }

    /**
     * @param file a path without links, so that there is one per lock
     * @throws dev.rollcall.problem.ProblemException WORKSPACE_UNREADABLE when the lock was not free for so long
     */
    static AgentLock take(Path file, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Turn turn = await(file, deadline, patience);
        try {
            return new AgentLock(file, turn, lock(file, deadline, patience));
        } catch (RuntimeException | Error failure) {
            leave(file, turn);
            throw failure;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw FailureWords.problem("release of lock", file, failure, "Check the disk that holds the lock.");
        } finally {
            leave(file, turn);
        }
    }

    private static Turn await(Path file, long deadline, Duration patience) {
        Turn turn = TURNS.compute(file, (path, waiting) -> Turn.joined(waiting));
        if (turn.lock.isHeldByCurrentThread()) {
            TURNS.computeIfPresent(file, (path, waiting) -> waiting.left());
            throw new IllegalStateException("this thread holds " + file + " already");
        }
        try {
            if (turn.lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return turn;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        TURNS.computeIfPresent(file, (path, waiting) -> waiting.left());
        throw notFree(file, patience);
    }

    private static void leave(Path file, Turn turn) {
        turn.lock.unlock();
        TURNS.computeIfPresent(file, (path, waiting) -> waiting.left());
    }

    private static FileChannel lock(Path file, long deadline, Duration patience) {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw FailureWords.problem("lock", file, failure, "Locks are kept beside the workspaces root.");
        }
        try {
            while (channel.tryLock() == null) {
                if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                    throw notFree(file, patience);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_PAUSE_NANOS));
            }
            return channel;
        } catch (IOException failure) {
            var problem = FailureWords.problem("lock", file, failure, "Locks need a file system that supports them.");
            closeAfter(problem, channel);
            throw problem;
        } catch (RuntimeException | Error failure) {
            closeAfter(failure, channel);
            throw failure;
        }
    }

    private static void closeAfter(Throwable failure, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private static RuntimeException notFree(Path file, Duration patience) {
        if (Thread.currentThread().isInterrupted()) {
            return FailureWords.problem("waiting for " + shown(file) + " was interrupted", "Run the command again.");
        }
        return FailureWords.problem(
                "lock " + shown(file) + " was not free for " + patience.toMillis() + " ms",
                "Another process is writing this agent's status; look for one that hangs, then run the command again.");
    }

    private static String shown(Path file) {
        return ShownText.of(file.toString());
    }

    /** The threads of this process that hold one lock or wait for it; kept as long as there are any. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);

        /** Changed only within the map's own atomic operations. */
        private int users;

        private static Turn joined(@Nullable Turn waiting) {
            Turn turn = waiting == null ? new Turn() : waiting;
            turn.users++;
            return turn;
        }

        private @Nullable Turn left() {
            return --users == 0 ? null : this;
        }
    }
}
