package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNumberTest {
    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "0, 0",
        "-0, 0",
        "-7, -7",
        "3.0, 3",
        "3e2, 300",
        "30e-1, 3",
        "0.0, 0",
        "0e999, 0",
        "0e99999999999, 0",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807.0, 9223372036854775807"
    })
    void aWholeNumberLosesItsSpelling(String literal, String expected) {
        assertThat(PlainNumber.whole(literal)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3.5",
                "0.5",
                "1e-1",
                "1e-400",
                "1e400",
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "9223372036854775808",
                "-9223372036854775809",
                "9007199254740993.5"
            })
    void whatIsNotWholeOrTooLargeIsNoCount(String literal) {
        assertThat(PlainNumber.whole(literal)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "350, 350",
        "12.50, 12.5",
        "1e3, 1000",
        "0.1, 0.1",
        "-0.25, -0.25",
        "100000000000000000000, 100000000000000000000",
        "9007199254740993, 9007199254740993",
        "9007199254740993.5, 9007199254740994",
        "1e-400, 0",
        "-0.0, 0",
        "0.30000000000000004, 0.30000000000000004",
        "0.1000000000000000055511151231257827, 0.1"
    })
    void pointsArePlainAndSurviveANumericColumn(String literal, String expected) {
        assertThat(PlainNumber.plain(literal)).contains(expected);
        assertThat(PlainNumber.plain(expected)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"350, 350", "12.5, 12.5", "-3, -3", "007, 7", "1E2, 100", "1e+2, 100"})
    void aTextThatIsANumberIsOne(String text, String expected) {
        assertThat(PlainNumber.plainText(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1,330",
                "1 330",
                "350 pts",
                "+5",
                "0x10",
                "1.",
                ".5",
                "1e",
                "NaN",
                "Infinity",
                "1e400",
                "5d",
                "٣"
            })
    void anyOtherTextIsNone(String text) {
        assertThat(PlainNumber.plainText(text)).isEmpty();
    }

    @Test
    void aLiteralOfAMillionDigitsTakesNoTime() {
        String digits = "9".repeat(1_000_000);
        Assertions.assertTimeout(Duration.ofMillis(50), () -> {
            assertThat(PlainNumber.whole(digits)).isEmpty();
            assertThat(PlainNumber.plain(digits)).isEmpty();
            assertThat(PlainNumber.plainText(digits)).isEmpty();
        });
    }
}
