package dev.rollcall.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.rollcall.document.ParseResult.Rejected;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.files.FileFacts.Kind;
import dev.rollcall.sync.FileStamp;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Finds status files below one root by stat calls alone: nothing is opened, so that no FIFO or device can hang it. */
final class Whereabouts {
    static final String FILE_NAME = "status.json";

    /** Equals no stamp of a file that could be looked at, so that the next look reads again. */
    private static final FileStamp UNKNOWN = FileStamp.labelled("", Instant.EPOCH);

    private final Path root;

    /** As a path, which needs no reading of the name at every look. */
    private final Path fileName;

    Whereabouts(Path root) {
        this.root = root;
        this.fileName = root.getFileSystem().getPath(FILE_NAME);
    }

    /** The stamp of what is called status.json in an agent's folder, of whatever kind; empty when there is none. */
    Optional<FileStamp> stamp(Path folder) {
        Path file = folder.resolve(fileName);
        try {
            return Optional.of(stamp(file, FileFacts.of(file, NOFOLLOW_LINKS)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            return unreachable(folder);
        }
    }

    Place find(Path folder) {
        Path file = folder.resolve(fileName);
        try {
            FileFacts facts = FileFacts.of(file, NOFOLLOW_LINKS);
            FileStamp stamp = stamp(file, facts);
            return facts.kind() == Kind.LINK || Files.isSymbolicLink(folder)
                    ? followed(file, stamp)
                    : judged(file, facts, stamp);
        } catch (NoSuchFileException none) {
            return new Place.Nothing();
        } catch (IOException failure) {
            Optional<FileStamp> stamp = unreachable(folder);
            return stamp.isPresent() ? unreadable(failure, stamp.get()) : new Place.Nothing();
        }
    }

    /** Whether a path without links is the root or below it. */
    boolean contains(Path real) throws IOException {
        return real.startsWith(root.toRealPath());
    }

    static Place.Barred unreadable(IOException failure, FileStamp stamp) {
        String message = "status.json can not be read: " + FailureWords.of(failure);
        return barred(RejectionCode.UNREADABLE, message, FileStamp.labelled("", stamp.modifiedAt()));
    }

    static Place.Barred barred(RejectionCode code, String message, FileStamp stamp) {
        return new Place.Barred(new Rejected(code, message, null), stamp);
    }

    private Place followed(Path file, FileStamp stamp) {
        Path real;
        try {
            real = file.toRealPath();
            if (!contains(real)) {
                return barred(
                        RejectionCode.NOT_REGULAR_FILE, "status.json is a link out of the workspaces root", stamp);
            }
        } catch (AccessDeniedException denied) {
            return unreadable(denied, stamp);
        } catch (IOException brokenOrCircular) {
            return barred(RejectionCode.NOT_REGULAR_FILE, "status.json is a link that leads nowhere", stamp);
        }
        try {
            return judged(real, FileFacts.of(real, NOFOLLOW_LINKS), stamp);
        } catch (IOException goneMeanwhile) {
            return unreadable(goneMeanwhile, stamp);
        }
    }

    private static Place judged(Path file, FileFacts facts, FileStamp stamp) {
        return switch (facts.kind()) {
            case REGULAR -> new Place.Regular(file, facts.size(), stamp);
            case FOLDER -> barred(RejectionCode.NOT_REGULAR_FILE, "status.json is a folder, not a file", stamp);
            case LINK -> barred(RejectionCode.NOT_REGULAR_FILE, "status.json is a link that keeps changing", stamp);
            case SPECIAL ->
                barred(
                        RejectionCode.NOT_REGULAR_FILE,
                        "status.json is a FIFO, socket or device, not a regular file",
                        stamp);
        };
    }

    /** A link's own stat data stay the same while its target changes, so both make the stamp. */
    private static FileStamp stamp(Path file, FileFacts facts) {
        if (facts.kind() != Kind.LINK) {
            return facts.stamp();
        }
        try {
            FileStamp target = FileFacts.of(file).stamp();
            return target.behind(facts.stamp().token() + ">");
        } catch (IOException leadsNowhere) {
            return facts.stamp();
        }
    }

    /**
     * For a folder in which no status.json can be looked for. It may well hold one when the folder exists: an agent must
     * not seem to have left because of a missing permission or a failing disk.
     */
    private Optional<FileStamp> unreachable(Path folder) {
        try {
            FileFacts facts = FileFacts.of(folder);
            return facts.kind() == Kind.FOLDER ? Optional.of(facts.stamp().behind("unreadable:")) : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (AccessDeniedException denied) {
            if (Files.isSymbolicLink(folder)) {
                return Optional.of(UNKNOWN);
            }
            throw FailureWords.problem("look into", root, denied, WorkspacesFolder.ROOT_HINT);
        } catch (IOException failure) {
            // A circular link is no folder; anything else is a file system in trouble.
            return Files.isSymbolicLink(folder) ? Optional.empty() : Optional.of(UNKNOWN);
        }
    }
}
