package dev.rollcall.sync;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.time.Duration;

/** How a pass lets time go by while writers finish their files. */
@FunctionalInterface
public interface Pause {
    void pause(Duration duration);

    /** Of the thread that calls. */
    Pause SLEEP = duration -> {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.WORKSPACE_UNREADABLE, "interrupted while waiting for a writer", "");
        }
    };
}
