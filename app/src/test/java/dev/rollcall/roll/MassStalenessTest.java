package dev.rollcall.roll;

import static dev.rollcall.roll.Freshness.LEFT;
import static dev.rollcall.roll.Freshness.LIVE;
import static dev.rollcall.roll.Freshness.QUIET;
import static dev.rollcall.roll.Freshness.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MassStalenessTest {
    @Test
    void moreThanHalfOfTheSwarmIsSuspectAndHalfIsNot() {
        assertThat(MassStaleness.between(swarm(LIVE, 9), swarm(STALE, 5, LIVE, 4)))
                .isEqualTo(new MassStaleness(5, 9))
                .matches(MassStaleness::isSuspect);
        assertThat(MassStaleness.between(swarm(LIVE, 10), swarm(STALE, 5, LIVE, 5))
                        .isSuspect())
                .isFalse();
    }

    @Test
    void fewerThanFourAgentsAreNeverSuspect() {
        assertThat(MassStaleness.between(swarm(QUIET, 3), swarm(STALE, 3)).isSuspect())
                .isFalse();
        assertThat(MassStaleness.between(swarm(QUIET, 4), swarm(STALE, 4)).isSuspect())
                .isTrue();
    }

    @Test
    void whoWasStaleBeforeDidNotGoStale() {
        assertThat(MassStaleness.between(swarm(STALE, 6), swarm(STALE, 6))).isEqualTo(new MassStaleness(0, 6));
    }

    @Test
    void whoLeftIsNoPartOfTheSwarmAndWhoIsNewDidNotGoStale() {
        Map<AgentId, Freshness> before = swarm(LIVE, 8);
        assertThat(MassStaleness.between(before, swarm(STALE, 4, LEFT, 4)))
                .isEqualTo(new MassStaleness(4, 4))
                .matches(MassStaleness::isSuspect);
        assertThat(MassStaleness.between(Map.of(), swarm(STALE, 8))).isEqualTo(new MassStaleness(0, 8));
        assertThat(MassStaleness.between(swarm(LEFT, 8), swarm(STALE, 8))).isEqualTo(new MassStaleness(0, 8));
    }

    private static Map<AgentId, Freshness> swarm(Freshness freshness, int number) {
        return swarm(freshness, number, freshness, 0);
    }

    private static Map<AgentId, Freshness> swarm(Freshness first, int ofFirst, Freshness then, int ofThen) {
        Map<AgentId, Freshness> swarm = new HashMap<>();
        for (int i = 0; i < ofFirst + ofThen; i++) {
            swarm.put(new AgentId("Agent-" + i), i < ofFirst ? first : then);
        }
        return swarm;
    }
}
