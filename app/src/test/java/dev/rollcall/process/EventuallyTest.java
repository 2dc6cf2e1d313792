package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A limit that tests wait for is that limit, however long a try takes. */
@Tag("clock")
class EventuallyTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration LATE = LIMIT.plusMillis(300);
    private static final Duration TRY = Duration.ofMillis(800);

    @Test
    void whatHoldsOnlyLongAfterTheLimitFails() {
        long began = System.nanoTime();
        List<Duration> begins = new ArrayList<>();

        assertThatThrownBy(() -> eventually(LIMIT, () -> {
                    begins.add(Duration.ofNanos(System.nanoTime() - began));
                    while (System.nanoTime() - began
                            < begins.getLast().plus(TRY).toNanos()) {
                        Thread.onSpinWait();
                    }
                    assertThat(begins.getLast()).isGreaterThan(LATE);
                }))
                .isInstanceOf(AssertionError.class);

        assertThat(begins).hasSize(2);
        assertThat(begins.getLast()).isBetween(TRY, LATE);
    }
}
