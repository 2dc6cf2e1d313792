package dev.rollcall.app;

import dev.rollcall.git.GitHistory;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
     * @throws ProblemException WRONG_USAGE for a path outside the repository, and where the roll follows another root of it
     */
    static String in(GitHistory history, Rollcall rollcall, @Nullable String named) {
        Path place = rollcall.settings().root();
        String root = history.pathOf(place).orElseGet(() -> named == null ? name(place) : path(named));
        // One that is not there any more may have been the other one under another name.
        if (Files.isDirectory(place) && rollcall.hasRoll()) {
            demandNoOther(history, rollcall, root);
        }
        return root;
    }

    /** Two roots that are both there are two swarms: agents of one name would become one. */
    private static void demandNoOther(GitHistory history, Rollcall rollcall, String root) {
        rollcall.roll().list().stream()
                .findFirst()
                .flatMap(entry -> rollcall.reading().stored(entry.agent()))
                .flatMap(stored -> Optional.ofNullable(stored.row().get("source_path")))
                .flatMap(file -> Optional.ofNullable(Path.of(file).getParent()))
                .flatMap(agent -> Optional.ofNullable(agent.getParent()))
                .filter(Files::isDirectory)
                .flatMap(history::pathOf)
                .filter(other -> !other.equals(root))
                .ifPresent(other -> {
                    throw new ProblemException(
                            ProblemCode.WRONG_USAGE,
                            "the roll has the agents of " + ShownText.of(other) + "; those of " + ShownText.of(root)
                                    + " are another swarm",
                            "Give them a swarm of their own with --swarm, or a database of their own with --db.");
                });
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
