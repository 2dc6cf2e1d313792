package dev.rollcall.app;

import dev.rollcall.files.StateFolder;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.roll.SwarmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** When the last report of a swarm was made: one line in a file in {@code .rollcall}, for what changed since. */
public final class LastReport {
    private final StateFolder folder;
    private final String name;

    LastReport(StateFolder folder, SwarmName swarm) {
        this.folder = folder;
        this.name = "last-report-" + swarm;
    }

    /** Empty where none was made, or nothing that can be read tells of it. */
    public Optional<Instant> read() {
        try {
            Path file = folder.resolve(name);
            return Files.isRegularFile(file)
                    ? Optional.of(Instant.parse(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** @return why it could not be kept; empty when it was */
    public Optional<String> write(Instant time) {
        try {
            Files.writeString(folder.create().resolve(name), time + "\n");
            return Optional.empty();
        } catch (IOException | ProblemException failure) {
            return Optional.of("when this report was made could not be kept in .rollcall ("
                    + ShownText.of(String.valueOf(failure.getMessage()))
                    + "); the next one does not know what changed since");
        }
    }
}
