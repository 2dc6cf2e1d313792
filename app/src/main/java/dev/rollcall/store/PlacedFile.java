package dev.rollcall.store;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that is made under a name of its own beside its place, for its owner only, and comes to stand there whole or not
 * at all.
 */
public final class PlacedFile implements AutoCloseable {
    /** What SQLite may have left beside a draft that is a database. */
    private static final List<String> LOGS = List.of("-wal", "-shm", "-journal");

    private final Path place;
    private final Path draft;

    private PlacedFile(Path place, Path draft) {
        this.place = place;
        this.draft = draft;
    }

    /**
     * An empty draft.
     *
     * @throws ProblemException WORKSPACE_UNREADABLE, as all methods here, when the file system refuses
     */
    public static PlacedFile begin(Path place) {
        demandFolder(place);
        try {
            // Made for its owner alone, under a name that nobody has.
            return new PlacedFile(
                    place, Files.createTempFile(folderOf(place), "." + place.getFileName() + ".", ".part"));
        } catch (IOException failure) {
            throw failed("can not be written", place, failure);
        }
    }

    /** @throws ProblemException WORKSPACE_UNREADABLE when the folder of this place does not exist */
    static void demandFolder(Path place) {
        Path folder = folderOf(place);
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "the folder " + folder + " does not exist",
                    "Make it, or name a file in another one; nothing was changed.");
        }
    }

    /** The file to write into. */
    public Path draft() {
        return draft;
    }

    void copyFrom(Path source) {
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            long size = from.size();
            long at = 0;
            while (at < size) {
                long copied = from.transferTo(at, size - at, to);
                if (copied <= 0) {
                    throw new IOException("the file became shorter while it was copied");
                }
                at += copied;
            }
        } catch (IOException failure) {
            throw failed("can not be copied", source, failure);
        }
    }

    /** Puts the draft into its place durably. What stood there is gone, unless it was kept before. */
    public void place() {
        try {
            sync(draft);
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
            syncFolder();
        } catch (IOException failure) {
            throw failed("can not be put into its place", place, failure);
        }
    }

    /**
     * The same where nothing stands yet.
     *
     * @throws ProblemException WRONG_USAGE when something does
     */
    public void placeNew() {
        try {
            sync(draft);
            if (!isLinked()) {
                place();
                return;
            }
            Files.delete(draft);
            syncFolder();
        } catch (FileAlreadyExistsException there) {
            throw alreadyThere(place);
        } catch (IOException failure) {
            throw failed("can not be put into its place", place, failure);
        }
    }

    /**
     * False where the file system has no links; a second process could come between the look and the move there. Only the
     * linking is asked for: a failure after it must not be taken for a file that was there before.
     */
    private boolean isLinked() throws FileAlreadyExistsException {
        try {
            Files.createLink(place, draft);
            return true;
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (UnsupportedOperationException | IOException withoutLinks) {
            if (Files.exists(place)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            return false;
        }
    }

    /** What to throw where a file must not be replaced. */
    public static ProblemException alreadyThere(Path place) {
        return new ProblemException(
                ProblemCode.WRONG_USAGE, place + " is there already", "Choose another name, or say --overwrite.");
    }

    /**
     * What to throw where the file system refused.
     *
     * @param what the rest of a sentence that begins with the file
     */
    public static ProblemException failed(String what, Path file, IOException failure) {
        return new ProblemException(
                new Problem(
                        ProblemCode.WORKSPACE_UNREADABLE,
                        file + " " + what + ": " + failure.getClass().getSimpleName() + " " + failure.getMessage(),
                        "Check the folder, its permissions and the space on the disk; nothing was changed."),
                failure);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void syncFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(folderOf(place), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    /** Removes the draft when it was not placed. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(draft);
            for (String log : LOGS) {
                Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + log));
            }
        } catch (IOException failure) {
            throw failed("can not be removed", draft, failure);
        }
    }
}
