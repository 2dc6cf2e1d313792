package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.SqlStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A watch that one agent, or many at once, give more to do than the others. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedCrowdTest {
    private static final int NEWCOMERS = Soak.times(2_000, 10_000);
    private static final Duration ENDLESS = Duration.ofSeconds(Soak.times(3, 60));
    private static final long BETWEEN_PIECES_NANOS = Duration.ofMillis(5).toNanos();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String OTHER = "Agent-1";

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCrowdThatAppearsAtOnceIsAllOnTheRollAndStarvesNobody() throws Exception {
        try (WatchedSwarm watched = new WatchedSwarm(folder)) {
            watched.writeAll(4, 1);
            watched.start(List.of());
            watched.assertRow("Agent-3", 1);
            Path beside = Files.createDirectory(folder.resolve("beside"));
            for (int i = 0; i < NEWCOMERS; i++) {
                Files.writeString(
                        Files.createDirectory(beside.resolve("New-" + i)).resolve("status.json"),
                        WatchedSwarm.document(1));
            }

            long began = System.nanoTime();
            for (int i = 0; i < NEWCOMERS; i++) {
                Files.move(beside.resolve("New-" + i), watched.swarm.root().resolve("New-" + i));
            }
            long appeared = System.nanoTime();
            Duration slowest = Duration.ZERO;
            int version = 1;
            while (agents(watched) < NEWCOMERS + 4) {
                slowest = longer(slowest, timeOfAChange(watched, ++version));
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
            }
            System.out.printf(
                    Locale.ROOT,
                    "fault: %d workspaces appeared in %.2f s and were all on the roll after %.2f s;"
                            + " of %d changes of another agent meanwhile the slowest took %.2f s%n",
                    NEWCOMERS,
                    (appeared - began) / 1e9,
                    (System.nanoTime() - began) / 1e9,
                    version - 1,
                    slowest.toNanos() / 1e9);

            watched.assertHealed("a crowd");
            watched.assertTold(
                    "that each is watched", String.format(Locale.ROOT, "%,d folders watched", NEWCOMERS + 4));
            watched.assertEndsWell("after a crowd");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWriterThatNeverFinishesShowsAsRejectedAndTheOthersAreFollowed() throws Exception {
        try (WatchedSwarm watched = new WatchedSwarm(folder)) {
            watched.writeAll(4, 1);
            watched.start(List.of());
            watched.assertRow("Agent-3", 1);
            AtomicBoolean isEnough = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> writePieces(watched.swarm.file("Agent-0"), isEnough));
            try {
                watched.assertTold("a writer that never finishes", "rejected Agent-0");
                long end = System.nanoTime() + ENDLESS.toNanos();
                Duration slowest = Duration.ZERO;
                int version = 1;
                while (System.nanoTime() < end) {
                    slowest = longer(slowest, timeOfAChange(watched, ++version));
                    assertThat(watched.doctor()).contains("1 rejected").doesNotContain("the watch says");
                }
                System.out.printf(
                        Locale.ROOT,
                        "fault: of %d changes beside a writer that never finishes the slowest took %.2f s%n",
                        version - 1,
                        slowest.toNanos() / 1e9);
                assertThat(watched.cycle("Agent-0")).isEqualTo(1);
            } finally {
                isEnough.set(true);
                writer.join();
            }
            watched.write("Agent-0", 2);

            watched.assertRow("Agent-0", 2);
            watched.assertHealed("a writer that never finishes");
            watched.assertEndsWell("after a writer that never finished");
        }
    }

    /** From the writing to the row. */
    private static Duration timeOfAChange(WatchedSwarm watched, int version) throws Exception {
        long began = System.nanoTime();
        watched.write(OTHER, version);
        watched.assertRow(OTHER, version);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static int agents(WatchedSwarm watched) {
        try (SqlStore store = watched.store()) {
            return store.list().size();
        }
    }

    /** Begins a document again and again, and never ends one. */
    private static void writePieces(Path file, AtomicBoolean isEnough) {
        try {
            for (int piece = 0; !isEnough.get(); piece++) {
                if (piece % 400 == 0) {
                    Files.writeString(file, "{\"status\": \"ACTIVE\", \"current_phase\": \"");
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
                    channel.write(ByteBuffer.wrap(("and " + piece + " ").getBytes(StandardCharsets.UTF_8)));
                }
                LockSupport.parkNanos(BETWEEN_PIECES_NANOS);
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
