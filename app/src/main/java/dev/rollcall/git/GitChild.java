package dev.rollcall.git;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A git that only reads, in a repository that nobody vouches for: what its configuration or the environment would have git
 * run or fetch is neither run nor fetched, and nothing is written. For one thread at a time.
 */
final class GitChild implements AutoCloseable {
    private static final int COMPLAINT_BYTES = 8 * 1024;

    /** Where git is installed and which configuration is the user's own, without which nobody can call a folder safe. */
    private static final Set<String> KEPT = Set.of("GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CEILING_DIRECTORIES");

    /** No protocol is allowed besides, because a git before 2.45 does not know GIT_NO_LAZY_FETCH. */
    private static final Map<String, String> SAFE = Map.of(
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_ATTR_NOSYSTEM", "1",
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_NO_LAZY_FETCH", "1",
            "GIT_ALLOW_PROTOCOL", "",
            "GIT_NO_REPLACE_OBJECTS", "1",
            "GIT_OPTIONAL_LOCKS", "0",
            "LC_ALL", "C");

    private static final List<String> COMMAND = List.of(
            "git",
            "--no-pager",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "diff.external=");

    private final Process process;
    private final OutputStream in;
    private final InputStream out;
    private final CompletableFuture<String> complaint;

    private GitChild(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        this.out = new BufferedInputStream(process.getInputStream(), 1 << 16);
        this.complaint = CompletableFuture.supplyAsync(() -> drained(process), Thread::startVirtualThread);
    }

    /** @throws ProblemException WORKSPACE_UNREADABLE when there is no git to start */
    static GitChild start(Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_") && !KEPT.contains(name));
        environment.putAll(SAFE);
        try {
            return new GitChild(builder.start());
        } catch (IOException failure) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "git can not be started: " + ShownText.of(String.valueOf(failure.getMessage())),
                    "Importing needs git on PATH.");
        }
    }

    /** What git reads. */
    OutputStream in() {
        return in;
    }

    /** What git says. */
    InputStream out() {
        return out;
    }

    /** Waits until git has ended; what it said must have been read. */
    boolean hasSucceeded() {
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.WORKSPACE_UNREADABLE, "interrupted while git was reading", "");
        }
    }

    /** What git complained of until it ended, on one line that is safe to show. */
    String complaint() {
        String said = complaint.join().strip().replaceAll("\\s*\\R\\s*", " / ");
        return said.isEmpty() ? "git said nothing" : ShownText.of(said);
    }

    private static String drained(Process git) {
        try (InputStream err = git.getErrorStream()) {
            byte[] kept = err.readNBytes(COMPLAINT_BYTES);
            err.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
