package dev.rollcall.git;

import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.StatusCommit;
import dev.rollcall.problem.ShownText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Commits a status.json to the git repository it is in, by the git of PATH. What else is staged stays staged. */
public final class GitStatusCommit implements StatusCommit {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Another process's commit takes a fraction of a second. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    /** In git's complaint, in every language, when another process is committing. */
    private static final String INDEX_LOCK = "index.lock";

    private final Path root;
    private final Duration limit;

    public GitStatusCommit(Path root) {
        this(root, LIMIT);
    }

    /** @param limit for both git commands, their hooks, and the waiting for other commits, together */
    GitStatusCommit(Path root, Duration limit) {
        this.root = root;
        this.limit = limit;
    }

    @Override
    public Outcome commit(AgentId agent, String message) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            // The repository of a link's target is where the change is.
            Path file = root.resolve(agent.value()).resolve("status.json").toRealPath();
            Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
            String name = Objects.requireNonNull(file.getFileName(), "a file has a name")
                    .toString();
            GitRun added = patient(folder, deadline, List.of("add", "--", name));
            GitRun last =
                    added.succeeded() ? patient(folder, deadline, List.of("commit", "-m", message, "--", name)) : added;
            return last.succeeded() ? new Outcome.Committed() : new Outcome.Failed(cause(last));
        } catch (TimeoutException late) {
            return new Outcome.Failed("git did not end within " + limit.toMillis() + " ms and was stopped"
                    + (late.getMessage() == null ? "" : "; before that: " + late.getMessage()));
        } catch (IOException failure) {
            return new Outcome.Failed(ShownText.of(String.valueOf(failure.getMessage())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("the commit was interrupted");
        }
    }

    /** @throws TimeoutException with what git complained of in the try before, as its message, if there was one */
    private static GitRun patient(Path folder, long deadline, List<String> arguments)
            throws IOException, TimeoutException, InterruptedException {
        String complaint = null;
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Optional<GitRun> run = GitRun.of(folder, left, arguments);
            if (run.isEmpty()) {
                throw new TimeoutException(complaint);
            }
            boolean mayTryAgain = deadline - System.nanoTime() > BETWEEN_TRIES.toNanos();
            if (run.get().succeeded() || !run.get().output().contains(INDEX_LOCK) || !mayTryAgain) {
                return run.get();
            }
            complaint = cause(run.get());
            Thread.sleep(BETWEEN_TRIES);
        }
    }

    private static String cause(GitRun run) {
        String said = run.output().strip().replaceAll("\\s*\\R\\s*", " / ");
        return said.isEmpty() ? "git ended with " + run.exitCode() : ShownText.of(said);
    }
}
