package dev.rollcall.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rollcall's own folder: {@code .rollcall} beside a workspaces root, for its owner only, ignored by git. Any number of
 * threads and processes may create it at the same time.
 */
public final class StateFolder {
    public static final String NAME = ".rollcall";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String HINT =
            "Rollcall keeps locks and temporary files there: it must be a folder that you may write to.";

    private final Path path;

    /**
     * The folder beside the place where the root really is, or would be; nothing is created.
     *
     * @throws dev.rollcall.problem.ProblemException WORKSPACE_UNREADABLE when the root has nothing beside it
     */
    public StateFolder(Path root) {
        Path real = real(root);
        @Nullable Path parent = real.getParent();
        if (parent == null) {
            throw FailureWords.problem(
                    "workspaces root " + real + ": there is no place beside it for " + NAME,
                    WorkspacesFolder.ROOT_HINT);
        }
        this.path = parent.resolve(NAME);
    }

    /** A file in the folder, whether or not either exists. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * Creates the folder unless it is there.
     *
     * @return its path
     * @throws dev.rollcall.problem.ProblemException WORKSPACE_UNREADABLE when it can not be made as it must be
     */
    public Path create() {
        try {
            createPrivate(path);
            Path ignore = path.resolve(".gitignore");
            if (!Files.exists(ignore)) {
                write(ignore, "*\n");
            }
            return path;
        } catch (IOException failure) {
            throw FailureWords.problem("state folder", path, failure, HINT);
        }
    }

    /** A folder in the state folder, created with it. */
    Path create(String name) {
        Path folder = create().resolve(name);
        try {
            createPrivate(folder);
            return folder;
        } catch (IOException failure) {
            throw FailureWords.problem("state folder", folder, failure, HINT);
        }
    }

    /** Deletes the folders in it whose names begin so, with all that is in them. */
    public void deleteFolders(String prefix) {
        if (!Files.isDirectory(path)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(path, prefix + "*")) {
            for (Path folder : folders) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                    for (Path file : files) {
                        Files.deleteIfExists(file);
                    }
                }
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryIteratorException failure) {
            throw FailureWords.problem("state folder", path, new IOException(failure.getMessage(), failure), HINT);
        } catch (IOException failure) {
            throw FailureWords.problem("state folder", path, failure, HINT);
        }
    }

    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (NoSuchFileException notYet) {
            return root.toAbsolutePath().normalize();
        } catch (IOException failure) {
            throw FailureWords.problem("workspaces root", root, failure, WorkspacesFolder.ROOT_HINT);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException somebodyElseDid) {
            if (!Files.isRegularFile(file)) {
                throw somebodyElseDid;
            }
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        boolean hasModes = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (hasModes) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(folder)) {
                throw there;
            }
            if (hasModes && !Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(folder, OWNER_ONLY);
            }
        }
    }
}
