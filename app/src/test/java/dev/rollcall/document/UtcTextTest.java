package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "2031-05-06T07:08:09Z",
                "2031-05-06T07:08:09.100Z",
                "2031-05-06T07:08:09.000100Z",
                "2031-05-06T07:08:09.000000001Z"
            })
    void aTimeIsWrittenAsJavaDoesAndReadBack(String text) {
        assertThat(UtcText.of(Instant.parse(text))).isEqualTo(text);
        assertThat(UtcText.read(text)).isEqualTo(Instant.parse(text));
    }

    @Test
    void timesWithoutAYearOfFourDigitsAreWrittenAsJavaDoes() {
        for (String text : new String[] {"-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"}) {
            assertThat(UtcText.of(Instant.parse(text))).isEqualTo(text);
        }
        assertThat(UtcText.of(Instant.MAX)).isEqualTo(Instant.MAX.toString());
        assertThat(UtcText.of(Instant.MIN)).isEqualTo(Instant.MIN.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2031-05-06T07:08:09",
                "2031-05-06T07:08:09.Z",
                "2031-05-06T07:08:09,5Z",
                "2031-05-06T07:08:09.1234567890Z",
                "2031-05-06T07:08:09.12x4Z",
                "2031-05-06 07:08:09Z",
                "2031-05-06T24:00:00Z",
                "2031-05-06T23:59:60Z",
                "2031-05-06T07:08:09+02:00"
            })
    void everyOtherTextIsNotRead(String text) {
        assertThat(UtcText.read(text)).isNull();
    }

    @Test
    void aDayThatNoCalendarHasIsAnException() {
        assertThatThrownBy(() -> UtcText.read("2031-02-30T00:00:00Z")).isInstanceOf(DateTimeException.class);
    }
}
