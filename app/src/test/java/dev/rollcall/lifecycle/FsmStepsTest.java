package dev.rollcall.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FsmStepsTest {
    @ParameterizedTest
    @CsvSource({
        "start, active",
        "active, process",
        "process, active",
        "active, blocked",
        "blocked, active",
        "active, complete",
        "complete, end",
        "end, start",
        "ACTIVE, Blocked",
        "active, active",
        "'', active",
        "active, ''"
    })
    void usualStepsAreNotWorthAWord(String from, String to) {
        assertThat(FsmSteps.finding(from, to)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "complete, active",
        "blocked, complete",
        "start, complete",
        "end, active",
        "dreaming, active",
        "active, dreaming"
    })
    void everyOtherStepIsFound(String from, String to) {
        assertThat(FsmSteps.finding(from, to)).hasValueSatisfying(finding -> {
            assertThat(finding.code()).isEqualTo("unusual_step");
            assertThat(finding.member()).isEqualTo("fsm_state");
            assertThat(finding.message()).contains("from " + from + " to " + to);
        });
    }

    @Test
    void aStateIsShownSafely() {
        assertThat(FsmSteps.finding("\u001b[31mred", "active"))
                .map(Finding::message)
                .hasValueSatisfying(message -> assertThat(message).doesNotContain("\u001b"));
    }
}
