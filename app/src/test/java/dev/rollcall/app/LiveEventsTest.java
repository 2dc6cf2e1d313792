package dev.rollcall.app;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Those who wait for events. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveEventsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void whoWaitsIsWokenWhenTheDatabaseIsLost() throws Exception {
        try (Rollcall rollcall = Rollcall.open(new Shell(folder).root);
                OpenRolls rolls = new OpenRolls(rollcall);
                ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            LiveEvents events = new LiveEvents(rolls);
            Future<Boolean> woken = waiting.submit(() -> events.await(events.newest(), events.log(), LONG));
            try {
                eventually(SOON, () -> {
                    // Again and again, as it may not wait yet.
                    events.lost();
                    assertThat(woken.isDone()).isTrue();
                });
                assertThat(woken.get()).as("there is use in waiting").isTrue();
            } finally {
                events.close();
            }
        }
    }
}
