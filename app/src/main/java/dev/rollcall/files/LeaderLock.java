package dev.rollcall.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The one who leads, among processes and within this one. The system gives the lock back when its holder dies. The file is
 * never read and never deleted: closing any other handle of it would drop the lock.
 */
public final class LeaderLock implements AutoCloseable {
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
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new LeaderLock(file, channel));
            }
            channel.close();
            return Optional.empty();
        } catch (OverlappingFileLockException ours) {
            // Not closed: that would give back the lock which this process holds.
            return Optional.empty();
        } catch (IOException failure) {
            throw FailureWords.problem("lock", file, failure, "Check the folder that holds the lock.");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw FailureWords.problem("release of lock", file, failure, "Check the disk that holds the lock.");
        }
    }
}
