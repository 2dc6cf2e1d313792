package dev.rollcall.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Recommender.Circumstances;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendationTest {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-9);

    private static double availability(State state, Freshness freshness, double silence) {
        return Recommendation.availability(new Circumstances(state, freshness, silence, 0));
    }

    @ParameterizedTest
    @CsvSource({"LIVE, 0.1, 1", "QUIET, 0.8, 0.9", "STALE, 1, 0.8", "STALE, 4, 0.4", "STALE, 16, 0.2", "LEFT, 1, 0"})
    void whoIsSilentIsLessAvailableAndHalfWheneverTheSilenceIsFourTimesAsLong(
            Freshness freshness, double silence, double expected) {
        assertThat(availability(State.IDLE, freshness, silence)).isEqualTo(expected, EXACTLY);
        assertThat(availability(State.BLOCKED, freshness, silence)).isEqualTo(0.6 * expected, EXACTLY);
    }

    @Test
    void aYearOfSilenceLeavesATwentiethSoThatExpertiseStillOrders() {
        assertThat(availability(State.IDLE, Freshness.STALE, 365 * 24 / 2.0)).isEqualTo(0.05, EXACTLY);
        assertThat(availability(State.IDLE, Freshness.STALE, Double.POSITIVE_INFINITY))
                .as("whose last sign of life nobody knows")
                .isEqualTo(0.05, EXACTLY);
    }
}
