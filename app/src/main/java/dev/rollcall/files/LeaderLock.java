package dev.rollcall.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one who leads, among processes and within this one. The system gives the lock back when its holder dies. The file is
 * never read and never deleted: closing any other handle of it would drop the lock.
 */
public final class LeaderLock implements AutoCloseable {
    /** By this process, or about to be. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LeaderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Empty when somebody else has it.
     *
     * @throws dev.rollcall.problem.ProblemException WORKSPACE_UNREADABLE when there can be no such file
     */
    public static Optional<LeaderLock> tryTake(Path file) {
        // Asked before opening: closing a second handle would give back the lock which this process holds.
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        boolean isTaken = false;
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            isTaken = channel.tryLock() != null;
            if (!isTaken) {
                channel.close();
            }
            return isTaken ? Optional.of(new LeaderLock(file, channel)) : Optional.empty();
        } catch (IOException failure) {
            throw FailureWords.problem("lock", file, failure, "Check the folder that holds the lock.");
        } finally {
            if (!isTaken) {
                HELD.remove(file);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw FailureWords.problem("release of lock", file, failure, "Check the disk that holds the lock.");
        } finally {
            HELD.remove(file);
        }
    }
}
