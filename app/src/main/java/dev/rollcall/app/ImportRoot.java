package dev.rollcall.app;

import dev.rollcall.git.GitHistory;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where in a repository the agents' folders were. */
final class ImportRoot {
    private static final String UP = "..";

    private ImportRoot() {}

    /**
     * The root's own place in the work tree. For a root that is elsewhere: what was named, as a path in the repository,
     * else the name of the root's folder.
     *
     * @param named with {@code --root}; null when it was not
     */
    static String in(GitHistory history, Settings settings, @Nullable String named) {
        return history.pathOf(settings.root()).orElseGet(() -> named == null ? name(settings.root()) : path(named));
    }

    private static String name(Path root) {
        Path name = root.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }

    private static String path(String named) {
        Path path = Path.of(named).normalize();
        if (path.isAbsolute() || path.startsWith(UP)) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "--root " + ShownText.of(named) + " is not in the repository",
                    "Name a folder of its work tree, or a path from its top.");
        }
        return path.toString().replace('\\', '/');
    }
}
