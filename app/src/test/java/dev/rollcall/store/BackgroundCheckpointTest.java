package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundCheckpointTest {
    @TempDir
    Path folder;

    @Test
    void aFailureOnTheOtherThreadIsToldInsteadOfLost() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        DatabaseLocation location = DatabaseLocation.of(home.resolve("roll.db").toString());
        try (SqliteConnection writer =
                SqliteConnection.open(location, SqlConnection.Purpose.WRITE, Duration.ofSeconds(10))) {
            BackgroundCheckpoint checkpoint = new BackgroundCheckpoint(writer);
            Files.move(home, folder.resolve("moved"));

            checkpoint.before(1_000_000);

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(checkpoint::close)
                    .satisfies(told -> assertThat(told.problem().code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE));
        }
    }
}
