package dev.rollcall.cli;

import dev.rollcall.sync.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** A progress bar on stderr for work that takes longer than a second; nothing for work that does not. */
final class ProgressBar implements Progress, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_DRAWS = Duration.ofMillis(100);
    private static final int WIDTH = 30;

    private final PrintStream err;
    private final InstantSource clock;
    private final String what;
    private final Instant start;
    private Instant drawn;
    private boolean visible;

    ProgressBar(PrintStream err, InstantSource clock, String what) {
        this.err = err;
        this.clock = clock;
        this.what = what;
        this.start = clock.instant();
        this.drawn = start;
    }

    @Override
    public void at(int done, int total) {
        Instant now = clock.instant();
        if (total == 0
                || now.isBefore(start.plus(PATIENCE))
                || (now.isBefore(drawn.plus(BETWEEN_DRAWS)) && done < total)) {
            return;
        }
        drawn = now;
        visible = true;
        int filled = (int) ((long) WIDTH * done / total);
        double seconds = Duration.between(start, now).toMillis() / 1000.0;
        double rate = done / seconds;
        String left = done > 0 ? Math.round((total - done) / rate) + "s left " : "";
        err.print(String.format(
                Locale.ROOT,
                "\r%s [%s%s] %,d/%,d  %,.0f/s  %s",
                what,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                total,
                rate,
                left));
        err.flush();
    }

    @Override
    public void close() {
        if (visible) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
