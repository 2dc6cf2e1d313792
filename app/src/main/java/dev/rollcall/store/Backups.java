package dev.rollcall.store;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Copies of a whole database, with all swarms in it, and their way back. For one thread at a time. */
public final class Backups {
    /** What SQLite writes beside a database and reads again. */
    private static final List<String> LOGS = List.of("-wal", "-journal");

    /** The database's own files, by what follows its name. */
    private static final List<String> COMPANIONS = List.of("", "-wal", "-journal", "-shm");

    private final DatabaseLocation location;
    private final Duration lockTimeout;

    private Backups(DatabaseLocation location, Duration lockTimeout) {
        this.location = location;
        this.lockTimeout = lockTimeout;
    }

    /**
     * @param pathOrUrl as {@link SqlStore#open} takes it
     * @throws ProblemException WRONG_USAGE for a database that a server keeps
     */
    public static Backups of(String pathOrUrl, Duration lockTimeout) {
        if (Database.of(pathOrUrl, lockTimeout) instanceof PostgresDatabase database) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    database.place() + ": copies of a PostgreSQL database are made by its server",
                    "Use pg_dump and pg_restore, as docs/operations.md tells.");
        }
        return new Backups(DatabaseLocation.of(pathOrUrl), lockTimeout);
    }

    /** Copies beside the database that a backup or a migration made; none beside one that a server keeps. */
    public static List<Path> copiesOf(String pathOrUrl, Duration lockTimeout) {
        return Database.of(pathOrUrl, lockTimeout) instanceof PostgresDatabase
                ? List.of()
                : of(pathOrUrl, lockTimeout).copies();
    }

    /** What happens to a file that has the backup's name. */
    public enum Existing {
        KEEP,
        REPLACE
    }

    /** @param bytes how long the file is */
    public record Backup(Path file, long bytes) {}

    /**
     * @param replaced where the database is that was there before; null when there was none
     * @param schema the version of the restored database's schema
     */
    public record Restored(Path database, @Nullable Path replaced, int schema) {}

    /**
     * Copies the database as it is at one moment, while others may read and write it. The copy is checked, synced and
     * readable by its owner only before it gets its name.
     *
     * @param named where to; null for a name beside the database that tells the time
     * @throws ProblemException DATABASE_UNAVAILABLE when there is no database or it is damaged, WRONG_USAGE when there is
     *     such a file already, WORKSPACE_UNREADABLE when it can not be written
     */
    public Backup backup(@Nullable Path named, Existing existing, Instant at) {
        Path database = present();
        Path file = named == null ? beside(database, ".backup-", at) : named.toAbsolutePath();
        PlacedFile.demandFolder(file);
        demandElsewhere(file, database);
        if (Files.exists(file) && existing == Existing.KEEP) {
            throw PlacedFile.alreadyThere(file);
        }
        try (PlacedFile placed = PlacedFile.begin(file)) {
            copyInto(placed.draft());
            checked(location.toString(), placed.draft());
            if (existing == Existing.REPLACE) {
                placed.place();
            } else {
                placed.placeNew();
            }
            return new Backup(file, Files.size(file));
        } catch (IOException failure) {
            throw PlacedFile.failed("can not be read", file, failure);
        }
    }

    /** However the file is named: to replace a database that somebody has open would lose what they write from then on. */
    private static void demandElsewhere(Path file, Path database) {
        Path place = real(file);
        for (String companion : COMPANIONS) {
            if (place.equals(real(database.resolveSibling(database.getFileName() + companion)))) {
                throw new ProblemException(
                        ProblemCode.WRONG_USAGE,
                        file + " is the database itself" + (companion.isEmpty() ? "" : ", a part of it"),
                        "Choose another name.");
            }
            if (!companion.isEmpty() && Files.exists(place.resolveSibling(place.getFileName() + companion))) {
                throw new ProblemException(
                        ProblemCode.WRONG_USAGE,
                        file + " has the " + companion + " file of a database in use beside it",
                        "Choose another name.");
            }
        }
    }

    /** Without links in it, as far as there is something. */
    private static Path real(Path file) {
        try {
            if (Files.exists(file)) {
                return file.toRealPath();
            }
            Path folder = file.toAbsolutePath().getParent();
            return folder == null ? file : folder.toRealPath().resolve(file.getFileName());
        } catch (IOException failure) {
            throw PlacedFile.failed("can not be written", file, failure);
        }
    }

    private void copyInto(Path draft) {
        try (SqliteConnection connection = SqliteConnection.open(location, SqlConnection.Purpose.WRITE, lockTimeout)) {
            connection.plain(() -> connection.update("VACUUM INTO ?", draft.toString()));
        }
    }

    private Path present() {
        Path file = location.file();
        if (file == null || !Files.exists(file)) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    location + ": there is no database file",
                    "Check --db and ROLLCALL_DB; `rollcall sync --all` makes one.");
        }
        return file;
    }

    /** The schema of a sound roll. */
    private int check(Path copy) {
        try (SqliteConnection connection =
                SqliteConnection.open(new DatabaseLocation(copy), SqlConnection.Purpose.READ, lockTimeout)) {
            List<String> damage =
                    connection
                            .read(() -> connection.query("PRAGMA integrity_check(3)", row -> row.getString(1)))
                            .stream()
                            .filter(line -> !line.equals("ok") && !isOfWords(line))
                            .toList();
            if (!damage.isEmpty()) {
                throw new ProblemException(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        copy + ": the database file is damaged: " + String.join("; ", damage),
                        "Nothing was changed; older backups may be sound.");
            }
            return connection.read(() -> {
                Schema schema = new SqliteSchema(connection);
                schema.demandMigratable(Migration.LATEST);
                if (schema.version() == 0) {
                    throw new ProblemException(
                            ProblemCode.SCHEMA_MISMATCH, copy + " holds no roll", "Name a file that a backup made.");
                }
                return schema.version();
            });
        }
    }

    /** Of the index of words alone: it can be made anew from the rest. */
    private static boolean isOfWords(String damage) {
        return damage.contains("FTS5 table main.passage_words")
                || (damage.startsWith("fts5: ") && damage.endsWith("table \"passage_words\""));
    }

    /**
     * Puts a copy of the file into the database's place. The file itself stays as it is; the database that was there is kept
     * beside under another name. Numbers of revisions, events and leads go on above those of both, so that none is given
     * out twice. An older schema is restored as it is.
     *
     * @throws ProblemException DATABASE_UNAVAILABLE when the file is damaged or anybody has the database open,
     *     SCHEMA_MISMATCH when it is no roll or one of a newer program, WORKSPACE_UNREADABLE when it can not be read or is no
     *     database; the database is as it was then
     */
    public Restored restore(Path file, Instant at) {
        Path database = location.file();
        if (database == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, "restore: a database in memory has no place", "Name a file with --db.");
        }
        demandRestorable(file, database);
        try (PlacedFile placed = PlacedFile.begin(database)) {
            placed.copyFrom(file);
            int schema = checked(file.toString(), placed.draft());
            return replace(new Replacement(database, placed, schema), at);
        }
    }

    private record Replacement(Path database, PlacedFile placed, int schema) {}

    private static void demandRestorable(Path file, Path database) {
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    file + ": there is no such file",
                    "Name a file that a backup made.");
        }
        if (!isDatabase(file)) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    file + " is not a backup of a roll",
                    "Name a file that a backup made.");
        }
        try {
            if (Files.exists(database) && Files.isSameFile(file, database)) {
                throw new ProblemException(
                        ProblemCode.WRONG_USAGE, file + " is the database itself", "Name a file that a backup made.");
            }
            for (String log : LOGS) {
                Path beside = file.resolveSibling(file.getFileName() + log);
                if (Files.exists(beside) && Files.size(beside) > 0) {
                    throw new ProblemException(
                            ProblemCode.DATABASE_UNAVAILABLE,
                            file
                                    + " has a write-ahead log beside it: it is in use, or was copied without `rollcall backup`",
                            "Make a copy of it with `rollcall backup --db`, and restore that.");
                }
            }
        } catch (IOException unreadable) {
            throw PlacedFile.failed("can not be read", file, unreadable);
        }
    }

    /** Whether the file begins as every SQLite database does (sqlite.org/fileformat.html#magic_header_string). */
    private static boolean isDatabase(Path file) {
        byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(magic.length), magic);
        } catch (IOException unreadable) {
            throw PlacedFile.failed("can not be read", file, unreadable);
        }
    }

    /** @param name what a complaint names: the draft is gone by then */
    private int checked(String name, Path draft) {
        try {
            return check(draft);
        } catch (ProblemException unfit) {
            Problem told = unfit.problem();
            throw new ProblemException(
                    new Problem(told.code(), told.message().replace(draft.toString(), name), told.hint()), unfit);
        }
    }

    private Restored replace(Replacement replacement, Instant at) {
        Path database = replacement.database();
        if (!Files.exists(database)) {
            NumbersInUse.NONE.raise(replacement.placed().draft(), lockTimeout, at);
            replacement.placed().placeNew();
            return new Restored(database, null, replacement.schema());
        }
        try (ReplacedDatabase replaced = ReplacedDatabase.hold(database, lockTimeout)) {
            replaced.numbers().raise(replacement.placed().draft(), lockTimeout, at);
            Path kept = beside(database, ".before-restore-", at);
            replaced.keepAs(kept);
            replacement.placed().place();
            return new Restored(database, kept, replacement.schema());
        }
    }

    private static boolean isOf(String file, String database) {
        return COMPANIONS.stream().anyMatch(companion -> file.equals(database + companion));
    }

    /**
     * The rolls beside the database, whatever their names: backups, what restoring and migrating kept, and what a killed
     * process left.
     */
    public List<Path> copies() {
        Path database = location.file();
        Path folder = database == null ? null : database.getParent();
        if (database == null || folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        String name = database.getFileName().toString();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !isOf(file.getFileName().toString(), name))
                    .filter(RollFile::isOne)
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw PlacedFile.failed("can not be listed", folder, failure);
        }
    }

    private static Path beside(Path database, String what, Instant at) {
        String time = Timestamps.text(at).replaceAll("[-:]", "").replaceAll("\\.\\d+", "");
        String name = database.getFileName() + what + time;
        Path free = database.resolveSibling(name);
        for (int more = 2; Files.exists(free); more++) {
            free = database.resolveSibling(name + "-" + more);
        }
        return free;
    }
}
