package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreshnessPolicyTest {
    private static final AgentId AGENT = new AgentId("Agent-7");
    private static final AgentId OTHER = new AgentId("Agent-8");
    private static final FreshnessPolicy NOTHING_NAMED = FreshnessPolicy.DEFAULT;

    @Test
    void withoutACadenceTheDefaultCounts() {
        assertThat(NOTHING_NAMED.thresholds(AGENT, null)).isEqualTo(FreshnessThresholds.DEFAULT);
    }

    @Test
    void aSlowAgentIsLiveForOneAndAHalfCadencesAndQuietForThree() {
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofMinutes(40))).isEqualTo(minutes(60, 120));
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofHours(4))).isEqualTo(minutes(360, 720));
    }

    @Test
    void aFastAgentKeepsTheDefaultUpToTheCadenceThatReachesIt() {
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofSeconds(5))).isEqualTo(minutes(10, 60));
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofSeconds(400))).isEqualTo(minutes(10, 60));
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofMinutes(12))).isEqualTo(minutes(18, 60));
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofMinutes(20))).isEqualTo(minutes(30, 60));
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofMinutes(21)).quietFor())
                .isEqualTo(Duration.ofMinutes(63));
    }

    @Test
    void nobodyIsLiveForMoreThanADayOrQuietForMoreThanTwo() {
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofHours(16))).isEqualTo(minutes(24 * 60, 48 * 60));
        assertThat(NOTHING_NAMED.thresholds(AGENT, Duration.ofDays(300))).isEqualTo(minutes(24 * 60, 48 * 60));
    }

    @Test
    void whatIsNamedForEverybodySwitchesTheCadenceOffForThatThreshold() {
        assertThat(swarm(Duration.ofMinutes(5), null).thresholds(AGENT, Duration.ofHours(4)))
                .isEqualTo(minutes(5, 720));
        assertThat(swarm(null, Duration.ofHours(9)).thresholds(AGENT, Duration.ofHours(4)))
                .isEqualTo(minutes(360, 540));
        assertThat(swarm(Duration.ofMinutes(5), Duration.ofMinutes(6)).thresholds(AGENT, Duration.ofHours(4)))
                .isEqualTo(minutes(5, 6));
    }

    @Test
    void whatIsNamedForAnAgentCountsForItAlone() {
        FreshnessPolicy policy = new FreshnessPolicy(
                NamedThresholds.NONE, Map.of(AGENT, new NamedThresholds(Duration.ofMinutes(15), Duration.ofHours(2))));

        assertThat(policy.thresholds(AGENT, Duration.ofHours(4))).isEqualTo(minutes(15, 120));
        assertThat(policy.thresholds(OTHER, null)).isEqualTo(FreshnessThresholds.DEFAULT);
    }

    @Test
    void aThresholdThatNobodyNamedGivesWayToOneThatIsNamed() {
        assertThat(swarm(Duration.ofHours(2), null).thresholds(AGENT, null)).isEqualTo(minutes(120, 120));
        assertThat(swarm(null, Duration.ofMinutes(5)).thresholds(AGENT, null)).isEqualTo(minutes(5, 5));
        assertThat(swarm(null, Duration.ofHours(2)).thresholds(AGENT, Duration.ofHours(4)))
                .isEqualTo(minutes(120, 120));
    }

    @Test
    void namedThresholdsThatCrossAreRefused() {
        assertThatThrownBy(() -> new NamedThresholds(Duration.ofMinutes(2), Duration.ofMinutes(1)))
                .hasMessageContaining("PT2M");
        assertThat(NamedThresholds.cross(Duration.ofMinutes(2), Duration.ofMinutes(2)))
                .isFalse();
        assertThat(NamedThresholds.cross(null, Duration.ZERO)).isFalse();
    }

    private static FreshnessPolicy swarm(@Nullable Duration liveFor, @Nullable Duration quietFor) {
        return new FreshnessPolicy(new NamedThresholds(liveFor, quietFor), Map.of());
    }

    private static FreshnessThresholds minutes(long liveFor, long quietFor) {
        return new FreshnessThresholds(Duration.ofMinutes(liveFor), Duration.ofMinutes(quietFor));
    }
}
