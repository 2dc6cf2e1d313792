package dev.rollcall.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeExpressionTest {
    private static final Instant NOW = Instant.parse("2025-10-15T12:34:56Z");

    @ParameterizedTest
    @CsvSource({
        "2025-10-14T08:00:00Z, 2025-10-14T08:00:00Z",
        "2025-10-14T08:00:00.25Z, 2025-10-14T08:00:00.25Z",
        "2025-10-14T08:00:00+02:00, 2025-10-14T06:00:00Z",
        "2025-10-14 08:00, 2025-10-14T08:00:00Z",
        "2025-10-14, 2025-10-14T00:00:00Z",
        "now, 2025-10-15T12:34:56Z",
        "Today, 2025-10-15T00:00:00Z",
        "yesterday, 2025-10-14T00:00:00Z",
        "2h ago, 2025-10-15T10:34:56Z",
        "2 hours ago, 2025-10-15T10:34:56Z",
        "7d, 2025-10-08T12:34:56Z",
        "30m, 2025-10-15T12:04:56Z",
        "45s, 2025-10-15T12:34:11Z",
        "2w, 2025-10-01T12:34:56Z",
        "1d 12h, 2025-10-14T00:34:56Z",
        "1d12h ago, 2025-10-14T00:34:56Z",
        "1 minute ago, 2025-10-15T12:33:56Z",
        "'  7D  ', 2025-10-08T12:34:56Z",
        "0s, 2025-10-15T12:34:56Z"
    })
    void aTimeIsReadAsPeopleTypeIt(String text, Instant time) {
        assertThat(TimeExpression.read(text, NOW)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "7",
                "20251014",
                "1760529600",
                "7 parsecs",
                "2025-13-01",
                "2025-02-30",
                "h",
                "ago",
                "2h later",
                "-2h",
                "7dd",
                "7d7",
                "999999999w",
                "99999999999d",
                "2025",
                "tomorrow",
                "7d ago ago"
            })
    void whatMeansNoTimeIsWrongUsageInOneSentence(String text) {
        assertThat(TimeExpression.find(text, NOW)).isEmpty();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TimeExpression.read(text, NOW))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo(ProblemCode.WRONG_USAGE);
                    assertThat(refused.problem().message()).isEqualTo("\"" + text + "\" is no time");
                    assertThat(refused.problem().hint()).contains("2h ago");
                });
    }

    @Test
    void aHostileTextIsToldWithoutHarm() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TimeExpression.read("\u001b[31m\n" + "x".repeat(1000), NOW))
                .satisfies(refused -> assertThat(refused.problem().message())
                        .doesNotContain("\u001b")
                        .hasSizeLessThan(400));
    }
}
