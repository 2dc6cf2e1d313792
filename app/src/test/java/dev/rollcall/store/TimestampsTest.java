package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-10-15T12:00:00.000000Z",
                "2025-10-15T12:34:56.789012Z",
                "2024-02-29T23:59:59.999999Z",
                "0000-01-01T00:00:00.000000Z",
                "9999-12-31T23:59:59.999999Z",
                "2025-10-15T12:34:56Z",
                "2025-10-15T12:34:56.7Z",
                "2025-10-15T12:34:56.789Z",
                "2025-10-15T12:34:56.789012345Z",
                "2025-10-15T24:00:00Z",
                "2025-10-15T24:00:00.000000Z",
                "2025-10-15T12:34:56+02:00"
            })
    void aTimeIsReadAsRfc3339SaysHoweverItIsWritten(String text) {
        assertThat(Timestamps.read(text)).contains(Instant.parse(text));
    }

    @Test
    void whatIsWrittenIsReadBackToTheMicrosecond() {
        Instant time = Instant.parse("2031-05-06T07:08:09.123456789Z");
        assertThat(Timestamps.read(Timestamps.text(time))).contains(Instant.parse("2031-05-06T07:08:09.123456Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2025-02-29T12:00:00Z",
                "2025-13-01T12:00:00.000000Z",
                "2025-10-15T12:60:00Z",
                "2025-10-15 12:00:00Z",
                "2025-10-15T12:00:00X",
                "2025-10-15T12:00:00",
                "2025-1O-15T12:00:00.000000Z",
                "2025-10-15T12:00:00.00000-Z"
            })
    void whatIsNoTimeIsEmpty(String text) {
        assertThat(Timestamps.read(text)).isEmpty();
    }

    @Test
    void nothingIsEmpty() {
        assertThat(Timestamps.read(null)).isEmpty();
    }
}
