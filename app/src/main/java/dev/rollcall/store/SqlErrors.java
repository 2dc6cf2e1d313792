package dev.rollcall.store;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of the database means to the person who has to mend it. */
final class SqlErrors {
    /** Extended result codes carry the primary code in their lowest byte (sqlite.org/rescode.html). */
    private static final int PRIMARY_CODE = 0xff;

    /** What SQLite says of a full disk when it can not make room for its -wal or -shm file. */
    private static final Set<SQLiteErrorCode> CODES_OF_A_FULL_DISK =
            EnumSet.of(SQLiteErrorCode.SQLITE_IOERR, SQLiteErrorCode.SQLITE_CANTOPEN);

    private SqlErrors() {}

    static boolean isLocked(SQLException failure) {
        SQLiteErrorCode code = primary(failure);
        return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
    }

    /** The table of an index, passage_words, and nothing else of the database as far as that is known. */
    static boolean isDamagedIndex(SQLException failure) {
        return failure instanceof SQLiteException told && told.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT_VTAB;
    }

    static ProblemException translate(DatabaseLocation location, SQLException failure) {
        return new ProblemException(problem(location, failure), failure);
    }

    private static Problem problem(DatabaseLocation location, SQLException failure) {
        SQLiteErrorCode code = primary(failure);
        boolean lacksSpace = CODES_OF_A_FULL_DISK.contains(code) && location.isOnFullDisk();
        return problem(location, lacksSpace ? SQLiteErrorCode.SQLITE_FULL : code, failure);
    }

    private static Problem problem(DatabaseLocation location, SQLiteErrorCode code, SQLException failure) {
        return switch (code) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                unavailable(
                        location + ": the database is locked by another process",
                        "Try again when the other process is done; `rollcall doctor` shows what holds it.");
            case SQLITE_READONLY ->
                unavailable(
                        location + ": the database can not be written to",
                        "Check the permissions of the file and of its folder.");
            case SQLITE_FULL ->
                unavailable(
                        location + ": the disk or the database is full; nothing of this change was kept",
                        "Free some space on the disk and run the command again.");
            case SQLITE_CORRUPT ->
                isDamagedIndex(failure)
                        ? unavailable(location + ": the index of the words is damaged", "Run `rollcall index`.")
                        : unavailable(
                                location + ": the database file is damaged",
                                "Keep a copy of the file, then restore a backup or sync into a new database.");
            case SQLITE_NOTADB ->
                unavailable(
                        location + ": the file is not a SQLite database",
                        "Check --db and ROLLCALL_DB; they name the roll's own file.");
            case SQLITE_CANTOPEN ->
                unavailable(
                        location + ": the database file can not be opened",
                        "Check that the folder exists and that you may read and write in it.");
            case SQLITE_IOERR ->
                unavailable(
                        location + ": the disk failed while the database was read or written",
                        "Check the disk; then run `rollcall verify --all`.");
            case SQLITE_PERM, SQLITE_AUTH ->
                unavailable(location + ": access to the database is denied", "Check the permissions of the file.");
            default ->
                unavailable(
                        location + ": the database refused: " + failure.getMessage(),
                        "`rollcall doctor` checks the database's tables.");
        };
    }

    private static Problem unavailable(String message, String hint) {
        return new Problem(ProblemCode.DATABASE_UNAVAILABLE, message, hint);
    }

    private static SQLiteErrorCode primary(SQLException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY_CODE);
    }
}
