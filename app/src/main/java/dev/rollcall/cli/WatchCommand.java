package dev.rollcall.cli;

import dev.rollcall.app.Watch;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** {@code watch}. */
@Command(
        name = "watch",
        description = {
            "Keep the roll in step with the files until stopped.",
            "Of several watches over one root and database one leads, the others stand by",
            "and take over when it ends. rollcall doctor tells how it is."
        },
        footer = {"", "Example: rollcall watch"})
final class WatchCommand extends Verb {
    /** How long a stop may take before the process ends all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    WatchCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() throws InterruptedException {
        Watch watch =
                new Watch(root().rollcall(), line -> root().terminal().err().println(TerminalText.safe(line)));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> endWell(watch, ended)));
        try {
            watch.run();
            return FINE;
        } finally {
            ended.countDown();
        }
    }

    /** A signal ends the JVM with its own number, but a watch that was told to stop, and has stopped, has ended well. */
    private static void endWell(Watch watch, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        watch.stop();
        try {
            if (ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(FINE);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
