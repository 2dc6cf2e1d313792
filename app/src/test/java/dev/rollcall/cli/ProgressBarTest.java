package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The line that long work draws, and takes away again. */
class ProgressBarTest {
    private static final String TAKEN_AWAY = "\r\u001b[K";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2025-10-15T12:00:00Z");
    private final ProgressBar bar =
            new ProgressBar(new PrintStream(err, true, StandardCharsets.UTF_8), () -> now, "sync");

    private void later(int millis) {
        now = now.plus(Duration.ofMillis(millis));
    }

    /** What was drawn since somebody looked last. */
    private String drawn() {
        String drawn = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return drawn;
    }

    @Test
    void showsHowMuchIsDoneHowFastAndForHowLongStill() {
        later(2_000);
        bar.at(2_500, 10_000);
        assertThat(drawn()).isEqualTo("\rsync [#######.......................] 2,500/10,000  1,250/s  6s left ");

        later(8_000);
        bar.at(10_000, 10_000);
        assertThat(drawn()).isEqualTo("\rsync [##############################] 10,000/10,000  1,000/s  0s left ");
    }

    @Test
    void isTakenAwayInTheEnd() {
        later(1_000);
        bar.at(1, 2);
        drawn();

        bar.close();

        assertThat(drawn()).isEqualTo(TAKEN_AWAY);
    }

    @Test
    void isNotDrawnForWorkThatIsDoneWithinASecond() {
        later(999);
        bar.at(1, 2);
        bar.at(2, 2);
        bar.close();

        assertThat(drawn()).isEmpty();
    }

    @Test
    void isDrawnTenTimesASecondAtMostAndWhenAllIsDone() {
        later(1_000);
        bar.at(1, 3);
        assertThat(drawn()).contains("1/3");
        later(99);
        bar.at(2, 3);
        assertThat(drawn()).isEmpty();
        bar.at(3, 3);
        assertThat(drawn()).contains("3/3");
    }

    @Test
    void hasNothingToShowOfNoWork() {
        later(5_000);
        bar.at(0, 0);
        bar.close();

        assertThat(drawn()).isEmpty();
    }
}
