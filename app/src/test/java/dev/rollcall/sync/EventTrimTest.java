package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.RollFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose clock the age of events is counted by. */
class EventTrimTest {
    private static final Instant START = Instant.EPOCH;
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    Path folder;

    private Workshop workshop;
    private Instant written = Instant.EPOCH;

    @BeforeEach
    void record() throws IOException {
        workshop = new Workshop(folder);
        written = workshop.clock().instant();
        for (int cycle = 1; cycle <= 3; cycle++) {
            workshop.write("Ada", "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + "}");
            workshop.syncAll();
        }
        assertThat(workshop.store().newest()).isEqualTo(3);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void aClockThatLeapsAheadMakesNoEventOld() {
        EventTrim trim = new EventTrim(new EventLimits(MONTH, 100));
        for (int minutes = 0; minutes <= 120; minutes += 10) {
            slice(trim, Duration.ofMinutes(minutes), Duration.ZERO);
        }

        slice(trim, Duration.ofMinutes(121), MONTH.multipliedBy(2));
        slice(trim, Duration.ofMinutes(170), MONTH.multipliedBy(2));
        slice(trim, Duration.ofMinutes(171), Duration.ZERO);

        assertThat(workshop.store().forgotten()).isEqualTo(RollFeed.BEGINNING);
    }

    @Test
    void aClockThatWentEvenlyForAnHourIsBelieved() {
        EventTrim trim = new EventTrim(new EventLimits(MONTH, 100));

        slice(trim, Duration.ZERO, MONTH.multipliedBy(2));
        assertThat(workshop.store().forgotten()).isEqualTo(RollFeed.BEGINNING);
        slice(trim, Duration.ofMinutes(60), MONTH.multipliedBy(2));

        assertThat(workshop.store().forgotten()).isEqualTo(3);
    }

    @Test
    void theirNumberIsLimitedWhateverTheClockSays() {
        EventTrim trim = new EventTrim(new EventLimits(MONTH, 1));

        slice(trim, Duration.ZERO, Duration.ZERO);

        assertThat(workshop.store().forgotten()).isEqualTo(2);
    }

    /** @param ahead of the time that has passed */
    private void slice(EventTrim trim, Duration passed, Duration ahead) {
        trim.slice(workshop.store(), written.plus(passed).plus(ahead), START.plus(passed));
    }
}
