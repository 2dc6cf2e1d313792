package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.files.ChildJvm;
import dev.rollcall.files.Handles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A system that has no watcher left to give. */
class DaemonWithoutWatcherTest extends DaemonSetup {
    @Test
    void withoutAnyWatcherChangesAreFoundByScansAndThatIsTold() throws Exception {
        Path end = folder.resolve("end");
        Path some = Files.writeString(folder.resolve("some"), "file");
        Process daemon = ChildJvm.command(
                        Handles.LIMITED,
                        WithoutWatcher.class,
                        workshop.root.toString(),
                        workshop.database.toString(),
                        end.toString(),
                        some.toString())
                .start();
        try {
            eventually(Duration.ofSeconds(20), () -> assertThat(cycle(ADA)).isEqualTo(1));
            put(ADA, document(2));
            eventually(Duration.ofSeconds(8), () -> assertThat(cycle(ADA)).isEqualTo(2));

            Files.createFile(end);

            assertThat(new String(daemon.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("the system tells of no changes");
            assertThat(daemon.waitFor()).isZero();
        } finally {
            daemon.destroyForcibly();
        }
    }
}
