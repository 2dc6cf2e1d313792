package dev.rollcall.sync;

import java.time.Duration;

/** How a pass lets time go by while writers finish their files. */
@FunctionalInterface
public interface Pause {
    void pause(Duration duration);
}
