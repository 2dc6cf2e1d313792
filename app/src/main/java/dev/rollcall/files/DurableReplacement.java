package dev.rollcall.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.rollcall.files.WriteSteps.Step;
import dev.rollcall.sync.FileStamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file's bytes atomically and durably: a temporary file, synced, renamed over the target, the target's folder
 * synced. Without the sync before the rename a power loss leaves an empty file; without the one after it, the old one.
 *
 * <p>The temporary file is in a folder of Rollcall's own, or beside the target when that is on another file system. The
 * caller holds the target's lock.
 */
final class DurableReplacement {
    /** A temporary file this much older than a new one belongs to a writer that was killed. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final String SUFFIX = ".tmp";

    /** The bits of st_mode that chmod sets (inode(7)). */
    private static final int PERMISSION_BITS = 07777;

    private static final AtomicLong SERIAL = new AtomicLong();

    private final Path temporaryFolder;
    private final WriteSteps steps;

    DurableReplacement(Path temporaryFolder, WriteSteps steps) {
        this.temporaryFolder = temporaryFolder;
        this.steps = steps;
    }

    /**
     * @param modifiedAt what the file is to tell as its modification time; null for now
     * @throws IOException when the target has its old bytes still
     * @throws dev.rollcall.problem.ProblemException when it has the new ones, but they may not survive power loss
     */
    void replace(Path target, byte[] bytes, @Nullable Instant modifiedAt) throws IOException {
        Content content = new Content(bytes, modifiedAt);
        try {
            replace(target, content, temporaryFolder, content.isDated() ? "dated." : "status.");
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            replace(
                    target,
                    content,
                    folderOf(target),
                    content.isDated() ? ".dated." : "." + target.getFileName() + ".");
        }
        try {
            steps.reached(Step.SYNC_FOLDER);
            sync(folderOf(target));
        } catch (IOException failure) {
            throw FailureWords.problem(
                    "the new version is in place, but its folder could not be synced: folder of",
                    target,
                    failure,
                    "Do not repeat the command; the version may be lost if power fails before the disk recovers.");
        }
    }

    /**
     * Removes the target when these bytes stand in it. It is renamed before it is read: an agent that writes without the
     * lock would otherwise lose what it writes in between.
     *
     * @return false when something else stands there, and was put back unless something newer does by now
     * @throws java.nio.file.NoSuchFileException when there is no target
     */
    boolean remove(Path target, byte[] expected) throws IOException {
        Path aside;
        steps.reached(Step.RENAME);
        try {
            aside = Files.move(target, temporaryFolder.resolve("dated." + unique()), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            aside = Files.move(target, target.resolveSibling(".dated." + unique()), StandardCopyOption.ATOMIC_MOVE);
        }
        boolean isExpected = false;
        try (InputStream in = Files.newInputStream(aside, NOFOLLOW_LINKS)) {
            isExpected = Arrays.equals(in.readNBytes(expected.length + 1), expected);
        } finally {
            if (!isExpected) {
                putBack(aside, target);
            }
            Files.deleteIfExists(aside);
        }
        steps.reached(Step.SYNC_FOLDER);
        sync(folderOf(target));
        return isExpected;
    }

    private static void putBack(Path aside, Path target) throws IOException {
        try {
            Files.createLink(target, aside);
        } catch (FileAlreadyExistsException newer) {
            // The agent has written again, and that counts.
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.move(aside, target);
        }
    }

    private static String unique() {
        return ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet() + SUFFIX;
    }

    /** Makes what was created, renamed or removed in a folder survive power loss. */
    static void sync(Path folder) throws IOException {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    /** Dated: the modification time of its temporary file does not tell when that was written. */
    private record Content(byte[] bytes, @Nullable Instant modifiedAt) {
        boolean isDated() {
            return modifiedAt != null;
        }
    }

    private void replace(Path target, Content content, Path folder, String prefix) throws IOException {
        steps.reached(Step.CREATE_TEMP);
        boolean existed = Files.exists(target, NOFOLLOW_LINKS);
        Path temporary = create(folder, prefix, existed);
        try {
            write(temporary, content.bytes());
            if (existed) {
                steps.reached(Step.COPY_MODE);
                copyMode(target, temporary);
            }
            removeAbandoned(folder, prefix, temporary);
            if (content.modifiedAt() != null) {
                Files.setLastModifiedTime(temporary, FileTime.from(content.modifiedAt()));
            }
            steps.reached(Step.SYNC_FILE);
            try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            steps.reached(Step.RENAME);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException | Error failure) {
            removeAfter(failure, temporary);
            throw failure;
        }
    }

    /** What replaces a file is nobody else's to read until it has that file's mode; a new file gets the usual mode. */
    private static Path create(Path folder, String prefix, boolean isPrivate) throws IOException {
        boolean hasModes = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = isPrivate && hasModes
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        while (true) {
            try {
                return Files.createFile(folder.resolve(prefix + unique()), mode);
            } catch (FileAlreadyExistsException ofAnEarlierProcess) {
                // Killed, and the process id was given out again.
            }
        }
    }

    private void write(Path temporary, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            steps.reached(Step.WRITE);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    /** Owner first: changing it clears mode bits. Only what differs is set, since most may not change an owner. */
    private static void copyMode(Path from, Path to) throws IOException {
        if (!FileFacts.hasUnixAttributes(from)) {
            return;
        }
        for (String id : Set.of("unix:uid", "unix:gid")) {
            Object wanted = Files.getAttribute(from, id, NOFOLLOW_LINKS);
            if (!wanted.equals(Files.getAttribute(to, id, NOFOLLOW_LINKS))) {
                Files.setAttribute(to, id, wanted, NOFOLLOW_LINKS);
            }
        }
        int mode = (Integer) Files.getAttribute(from, "unix:mode", NOFOLLOW_LINKS);
        Files.setAttribute(to, "unix:mode", mode & PERMISSION_BITS);
    }

    /** Ages are told by the file system's own clock: the new file's time against the others'. */
    private static void removeAbandoned(Path folder, String prefix, Path newest) throws IOException {
        Instant now = writtenAt(newest);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*" + SUFFIX)) {
            for (Path file : files) {
                if (isAbandoned(file, now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isAbandoned(Path file, Instant now) throws IOException {
        try {
            return writtenAt(file).plus(ABANDONED).isBefore(now);
        } catch (NoSuchFileException renamedMeanwhile) {
            return false;
        }
    }

    /** A dated file was last touched when it was dated, where the system tells that. */
    private static Instant writtenAt(Path file) throws IOException {
        FileStamp stamp = FileFacts.of(file, NOFOLLOW_LINKS).stamp();
        boolean isDated = String.valueOf(file.getFileName()).contains("dated.");
        return isDated && !stamp.changedAt().equals(Instant.EPOCH) ? stamp.changedAt() : stamp.modifiedAt();
    }

    private static void removeAfter(Throwable failure, Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException leftBehind) {
            failure.addSuppressed(leftBehind);
        }
    }

    private static Path folderOf(Path target) {
        return Objects.requireNonNull(target.getParent(), "a file is in a folder");
    }
}
