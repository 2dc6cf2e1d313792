package dev.rollcall.git;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which repository a folder is in.
 *
 * @param folder the folder that was named
 * @param top where its work tree is; null for a repository without one
 * @param cuts how many commits of a shallow clone stand where history is cut
 */
record GitRepository(Path folder, @Nullable Path top, int cuts) {
    /** @throws ProblemException WORKSPACE_UNREADABLE when there is no repository, or git does not trust it */
    static GitRepository at(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "there is no folder " + ShownText.of(folder.toString()),
                    "Name the folder of a git repository.");
        }
        List<String> facts = demanded(folder, List.of("rev-parse", "--is-bare-repository", "--is-shallow-repository"));
        boolean isShallow = facts.getLast().equals("true");
        Path top = asked(folder, List.of("rev-parse", "--show-toplevel"))
                .map(lines -> Path.of(String.join("\n", lines)))
                .orElse(null);
        return new GitRepository(folder, top, isShallow ? cuts(folder) : 0);
    }

    /** The commit that is checked out; empty where HEAD names none. */
    Optional<String> head() {
        return asked(folder, List.of("rev-parse", "--verify", "--quiet", "HEAD^{commit}"))
                .filter(lines -> lines.size() == 1)
                .map(List::getFirst);
    }

    /** Where the repository is, for people. */
    String place() {
        return (top == null ? folder.toAbsolutePath().normalize() : top).toString();
    }

    /**
     * A folder's path in the repository, with slashes; empty for its top. The folder need not exist any more.
     *
     * @return empty when the folder is not in the work tree
     */
    Optional<String> pathOf(Path inTree) {
        if (top == null) {
            return Optional.empty();
        }
        Path realTop = real(top);
        Path real = real(inTree);
        return real.startsWith(realTop)
                ? Optional.of(realTop.relativize(real).toString().replace('\\', '/'))
                : Optional.empty();
    }

    /** The real place of what is there of the path, and the rest of it. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path there = absolute;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return there == null
                    ? absolute
                    : there.toRealPath().resolve(there.relativize(absolute)).normalize();
        } catch (IOException goneMeanwhile) {
            return absolute;
        }
    }

    private static int cuts(Path folder) {
        String file = String.join("\n", demanded(folder, List.of("rev-parse", "--git-path", "shallow")));
        try {
            return Files.readAllLines(folder.resolve(file)).size();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> demanded(Path folder, List<String> arguments) {
        try (GitChild git = GitChild.start(folder, arguments)) {
            List<String> lines = lines(git);
            if (git.hasSucceeded()) {
                return lines;
            }
            throw refusal(folder, git.complaint());
        }
    }

    private static Optional<List<String>> asked(Path folder, List<String> arguments) {
        try (GitChild git = GitChild.start(folder, arguments)) {
            List<String> lines = lines(git);
            return git.hasSucceeded() ? Optional.of(lines) : Optional.empty();
        }
    }

    private static List<String> lines(GitChild git) {
        try {
            git.in().close();
            return new String(git.out().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ProblemException refusal(Path folder, String complaint) {
        String shown = ShownText.of(folder.toString());
        if (complaint.contains("dubious ownership")) {
            return new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "git does not trust the repository " + shown + ", which belongs to somebody else",
                    "If you trust it, add it to safe.directory in your own git configuration (git help config).");
        }
        return complaint.contains("not a git repository")
                ? new ProblemException(
                        ProblemCode.WORKSPACE_UNREADABLE,
                        shown + " is not in a git repository",
                        "Name the folder of a git repository.")
                : new ProblemException(
                        ProblemCode.WORKSPACE_UNREADABLE, "git can not read " + shown + ": " + complaint, "");
    }
}
