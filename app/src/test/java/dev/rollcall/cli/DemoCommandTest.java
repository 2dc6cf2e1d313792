package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Rollcall;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.sync.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void itsFirstSyncFindsAPlaceForTheDatabaseAlsoBeforeAnyAgentWasAtWork() throws IOException {
        Path folder = DemoCommand.layOut();
        try (Rollcall rollcall = DemoCommand.open(folder)) {
            assertThat(rollcall.syncAll(Extent.CHANGES, Progress.NONE).agents()).isZero();
            assertThat(folder.resolve(".rollcall").resolve("roll.db")).isRegularFile();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
