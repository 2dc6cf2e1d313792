package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where a roll is kept.
 *
 * @param file the database file, absolute; null for a database in memory
 */
record DatabaseLocation(@Nullable Path file) {
    private static final String SCHEME = "jdbc:sqlite:";
    private static final String MEMORY = ":memory:";

    /** Bytes: the first -shm file has 32 KB, and a few pages of the write-ahead log come with it. */
    private static final long ROOM_TO_WORK = 64 * 1024;

    static final DatabaseLocation IN_MEMORY = new DatabaseLocation(null);

    /**
     * @param pathOrUrl a path, {@code jdbc:sqlite:PATH}, or {@code :memory:}
     * @throws ProblemException INVALID_CONFIGURATION for another kind of database, and for a file: URL
     */
    static DatabaseLocation of(String pathOrUrl) {
        PostgresDatabase.demandNoForeignUrl(pathOrUrl);
        String path = pathOrUrl.startsWith(SCHEME) ? pathOrUrl.substring(SCHEME.length()) : pathOrUrl;
        if (path.isBlank() || path.startsWith("jdbc:")) {
            throw new ProblemException(
                    ProblemCode.INVALID_CONFIGURATION,
                    // Without what follows, which may be a password.
                    path.isBlank() ? "the database has no name" : "no roll is kept in a database of " + shown(path),
                    "Give a path, jdbc:sqlite: and a path, or a URL of jdbc:postgresql:.");
        }
        if (pathOrUrl.startsWith(SCHEME) && path.startsWith("file:")) {
            throw new ProblemException(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the database is named by a URL within a URL",
                    "Give jdbc:sqlite: and a path, without file: and parameters.");
        }
        return path.equals(MEMORY)
                ? IN_MEMORY
                : new DatabaseLocation(Path.of(path).toAbsolutePath());
    }

    /** Of another kind's URL no more than the kind: a password may stand in the rest. */
    private static String shown(String path) {
        return path.replaceFirst("^(jdbc:[^:]*:?).*", "$1...");
    }

    /** What tells the file from any other that may come to stand in its place; null where there is none. */
    @Nullable
    Object fileKey() {
        try {
            return file == null
                    ? null
                    : Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException missing) {
            return null;
        }
    }

    boolean isMissing() {
        return file != null && !Files.exists(file);
    }

    /** Whether the file could not grow; false where that can not be told. */
    boolean isOnFullDisk() {
        if (file == null || file.getParent() == null) {
            return false;
        }
        try {
            return Files.getFileStore(file.getParent()).getUsableSpace() < ROOM_TO_WORK;
        } catch (IOException untold) {
            return false;
        }
    }

    /**
     * A path goes to the driver as a file: URI. For a bare path the driver itself creates and deletes a file to probe
     * the folder, which takes the database away from a process that opened it in between.
     */
    String jdbcUrl() {
        return SCHEME + (file == null ? MEMORY : file.toUri().toASCIIString().replace("file:///", "file:/"));
    }

    @Override
    public String toString() {
        return file == null ? "the database in memory" : file.toString();
    }
}
