package dev.rollcall.push;

import java.time.Duration;
import java.util.Random;

/** How long to wait before the next try: twice as long each time, and never as long as others that began with us. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Random chance = new Random();
    private Duration next = FIRST;

    /** From half of what is due to all of it. */
    Duration next() {
        long due = next.toMillis();
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return Duration.ofMillis(due / 2 + chance.nextLong(due / 2 + 1));
    }

    void startOver() {
        next = FIRST;
    }
}
