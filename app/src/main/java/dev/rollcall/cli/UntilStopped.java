package dev.rollcall.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The time that a command goes on until SIGINT or SIGTERM ends it. The process then waits for the command to finish what
 * it is at, and ends with 0: being stopped is how such a command ends when all is well.
 */
final class UntilStopped implements AutoCloseable {
    /** A command whose reader takes nothing any more never comes to its end; the signal ends it then as it would any. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread hook;

    /** Begins now; there is at most one for a command. */
    UntilStopped(RollcallCommand command) {
        this(command, () -> {});
    }

    /** @param told runs when it is time to end, for a command that does not ask */
    UntilStopped(RollcallCommand command, Runnable told) {
        hook = new Thread(() -> end(command, told), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(RollcallCommand command, Runnable told) {
        stopped.countDown();
        told.run();
        try {
            if (command.isClosedWithin(PATIENCE)) {
                Runtime.getRuntime().halt(Verb.FINE);
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets time go by; true, and at once, when it is time to end. */
    boolean isStoppedWithin(Duration time) {
        try {
            return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** From here on a signal ends the process as usual. */
    @Override
    public void close() {
        if (stopped.getCount() > 0) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException signalCameJustNow) {
                stopped.countDown();
            }
        }
    }
}
