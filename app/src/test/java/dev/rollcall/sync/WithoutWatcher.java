package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;

import dev.rollcall.files.FolderEvents;
import dev.rollcall.files.Handles;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.problem.ShownText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * A daemon that began when the system had no watcher to give, in a process of its own: it prints why nothing is told,
 * and goes on until the file that is named last is there.
 */
final class WithoutWatcher {
    private WithoutWatcher() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        Path end = Path.of(arguments[2]);
        // Both ways are taken once while classes can still be loaded.
        Objects.requireNonNull(ShownText.of("loaded"));
        try (FolderEvents first = new FolderEvents(new WorkspacesFolder(root.resolve("nowhere")))) {
            first.watch(List.of());
        }
        FolderEvents events;
        try (Handles all = Handles.takeAll(Path.of(arguments[3]))) {
            events = new FolderEvents(new WorkspacesFolder(root));
            Objects.checkIndex(0, all.count());
        }
        try (DaemonBench bench =
                new DaemonBench(new WorkspacesFolder(root), events, Path.of(arguments[1]), InstantSource.system())) {
            eventually(Duration.ofSeconds(40), () -> {
                if (!Files.exists(end)) {
                    throw new AssertionError("not told to end");
                }
            });
            System.out.write((bench.daemon.state().coverage().reason() + "\n").getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
