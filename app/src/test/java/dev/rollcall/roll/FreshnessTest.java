package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");
    private static final FreshnessThresholds THRESHOLDS = FreshnessThresholds.DEFAULT;

    @Test
    void aSignOfLifeIsLiveForTenMinutesAndQuietForAnHour() {
        assertThat(at(Duration.ZERO)).isEqualTo(Freshness.LIVE);
        assertThat(at(Duration.ofMinutes(10))).isEqualTo(Freshness.LIVE);
        assertThat(at(Duration.ofMinutes(10).plusNanos(1))).isEqualTo(Freshness.QUIET);
        assertThat(at(Duration.ofMinutes(60))).isEqualTo(Freshness.QUIET);
        assertThat(at(Duration.ofMinutes(60).plusNanos(1))).isEqualTo(Freshness.STALE);
        assertThat(at(Duration.ofSeconds(-1))).isEqualTo(Freshness.LIVE);
    }

    @Test
    void whoLeftIsNothingElse() {
        assertThat(Freshness.of(Presence.LEFT, NOW, NOW, THRESHOLDS)).isEqualTo(Freshness.LEFT);
        assertThat(Freshness.of(Presence.LEFT, null, NOW, THRESHOLDS)).isEqualTo(Freshness.LEFT);
    }

    @Test
    void whoNeverGaveASignIsStale() {
        assertThat(Freshness.of(Presence.PRESENT, null, NOW, THRESHOLDS)).isEqualTo(Freshness.STALE);
    }

    @Test
    void atFirstSightTheOlderOfFileTimeAndClaimCounts() {
        Instant file = NOW.minusSeconds(60);
        assertThat(Freshness.atFirstSight(NOW.minusSeconds(3600), file, NOW)).isEqualTo(NOW.minusSeconds(3600));
        assertThat(Freshness.atFirstSight(NOW.minusSeconds(30), file, NOW)).isEqualTo(file);
        assertThat(Freshness.atFirstSight(NOW.plusSeconds(3600), file, NOW)).isEqualTo(file);
        assertThat(Freshness.atFirstSight(null, file, NOW)).isEqualTo(file);
    }

    @Test
    void aClaimFromBeforeTheYear2000IsNotPlausible() {
        assertThat(Freshness.atFirstSight(Instant.parse("1999-12-31T23:59:59Z"), NOW, NOW))
                .isEqualTo(NOW);
        assertThat(Freshness.atFirstSight(Instant.parse("2000-01-01T00:00:00Z"), NOW, NOW))
                .isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
    }

    @Test
    void aFileFromTheFutureCountsAsSeenNow() {
        assertThat(Freshness.atFirstSight(null, NOW.plusSeconds(86_400), NOW)).isEqualTo(NOW);
    }

    @Test
    void thresholdsThatCrossAreRefused() {
        assertThatThrownBy(() -> new FreshnessThresholds(Duration.ofMinutes(2), Duration.ofMinutes(1)))
                .hasMessageContaining("PT2M");
    }

    private static Freshness at(Duration age) {
        return Freshness.of(Presence.PRESENT, NOW.minus(age), NOW, THRESHOLDS);
    }
}
