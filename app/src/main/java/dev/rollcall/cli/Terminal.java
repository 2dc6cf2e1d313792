package dev.rollcall.cli;

import dev.rollcall.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command's results and complaints go.
 *
 * @param outIsTerminal whether a person reads the results
 * @param errIsTerminal whether a person sees the progress
 */
public record Terminal(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
    /** The process's own streams; the launcher knows which of them are terminals and says so. */
    static Terminal ofProcess() {
        return new Terminal(
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean("rollcall.out.terminal"),
                Boolean.getBoolean("rollcall.err.terminal"));
    }

    void complain(Problem problem) {
        err.println("error: " + TerminalText.safe(problem.message()));
        if (!problem.hint().isEmpty()) {
            err.println("hint: " + TerminalText.safe(problem.hint()));
        }
    }

    void warn(String message) {
        err.println("warning: " + TerminalText.safe(message));
    }
}
