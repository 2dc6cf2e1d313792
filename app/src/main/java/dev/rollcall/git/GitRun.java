package dev.rollcall.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One git command that ended.
 *
 * @param exitCode git's own; 0 is success
 * @param output what git and its hooks said, both streams together, at most {@value #MAX_OUTPUT_BYTES} bytes
 */
record GitRun(int exitCode, String output) {
    private static final int MAX_OUTPUT_BYTES = 64 * 1024;

    /** For what a killed git or a hook left in the background may still hold open. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    boolean succeeded() {
        return exitCode == 0;
    }

    /**
     * Runs git; nothing is asked on a terminal.
     *
     * @return empty when it did not end in time; it and its hooks were ended
     * @throws IOException when git can not be started
     */
    static Optional<GitRun> of(Path folder, Duration limit, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process git = builder.start();
        CompletableFuture<byte[]> output =
                CompletableFuture.supplyAsync(() -> drained(git), Thread::startVirtualThread);
        try {
            if (!git.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            byte[] said = output.completeOnTimeout(new byte[0], LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
            return Optional.of(new GitRun(git.exitValue(), new String(said, StandardCharsets.UTF_8)));
        } finally {
            if (git.isAlive()) {
                git.descendants().forEach(ProcessHandle::destroyForcibly);
                git.destroyForcibly();
            }
        }
    }

    private static byte[] drained(Process git) {
        try (InputStream in = git.getInputStream()) {
            byte[] kept = in.readNBytes(MAX_OUTPUT_BYTES);
            in.transferTo(OutputStream.nullOutputStream());
            return kept;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
