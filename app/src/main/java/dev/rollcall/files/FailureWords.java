package dev.rollcall.files;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** File system failures in a person's words. */
final class FailureWords {
    private FailureWords() {}

    /** Half a sentence. */
    static String of(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "no permission";
            case NoSuchFileException missing -> "it does not exist";
            case NotDirectoryException other -> "it is not a folder";
            case FileAlreadyExistsException other -> "something else is in its place";
            case FileSystemException other when other.getReason() != null -> ShownText.of(other.getReason());
            case ClosedByInterruptException stopped -> "the work was interrupted";
            default -> ShownText.of(String.valueOf(failure.getMessage()));
        };
    }

    /** A WORKSPACE_UNREADABLE that names operation, path and cause. */
    static ProblemException problem(String operation, Path path, IOException cause, String hint) {
        String message = operation + " " + ShownText.of(path.toString()) + ": " + of(cause);
        return new ProblemException(new Problem(ProblemCode.WORKSPACE_UNREADABLE, message, hint), cause);
    }

    static ProblemException problem(String message, String hint) {
        return new ProblemException(ProblemCode.WORKSPACE_UNREADABLE, message, hint);
    }
}
