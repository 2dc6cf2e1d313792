package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttentionTest {
    private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");

    @Test
    void whatIsWrongComesBeforeWhatIsOldAndWhatIsFine() {
        List<RollEntry> wanted = List.of(
                entry("Z-rejected-long", State.ACTIVE, 1, NOW.minusSeconds(900)),
                entry("A-rejected", State.ERROR, 1, NOW.minusSeconds(60)),
                entry("Y-blocked-and-stale", State.BLOCKED, 90, null),
                entry("B-error", State.ERROR, 5, null),
                entry("C-blocked", State.BLOCKED, 2, null),
                entry("X-stale-long", State.ACTIVE, 200, null),
                entry("D-stale", State.IDLE, 100, null),
                entry("E-quiet", State.ACTIVE, 30, null),
                entry("F-live", State.IDLE, 1, null),
                entry("G-quiet", State.WAITING, 50, null),
                left("H-left", State.BLOCKED));

        for (int seed = 0; seed < 20; seed++) {
            List<RollEntry> shuffled = new ArrayList<>(wanted);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(Attention.sorted(shuffled, Function.identity(), AttentionTest::attention))
                    .as("seed %d", seed)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void anAgentOfWhichNothingWasEverAcceptedIsRejected() {
        RollEntry never = new RollEntry(new AgentId("Agent-3"), StatusColumns.NONE, 0, Presence.PRESENT, null, NOW);

        assertThat(attention(never)).isEqualTo(Attention.REJECTED);
    }

    @Test
    void whoSaysNothingIsStaleAndBeforeThoseWhoSaidSomethingLong() {
        RollEntry silent = new RollEntry(new AgentId("Z"), columns(State.ACTIVE), 1, Presence.PRESENT, null, null);
        RollEntry old = entry("A", State.ACTIVE, 1000, null);

        assertThat(attention(silent)).isEqualTo(Attention.STALE);
        assertThat(Attention.sorted(List.of(old, silent), Function.identity(), AttentionTest::attention))
                .containsExactly(silent, old);
    }

    @Test
    void whoIsDoneMayBeSilent() {
        RollEntry done = entry("Agent-7", State.COMPLETE, 1000, null);

        assertThat(freshness(done)).isEqualTo(Freshness.STALE);
        assertThat(attention(done)).isEqualTo(Attention.NONE);
        for (State state : List.of(State.ACTIVE, State.IDLE, State.WAITING, State.OFFLINE, State.UNKNOWN)) {
            assertThat(attention(entry("Agent-7", state, 1000, null)))
                    .as("%s", state)
                    .isEqualTo(Attention.STALE);
        }
        assertThat(attention(entry("Agent-7", State.COMPLETE, 1, NOW))).isEqualTo(Attention.REJECTED);
    }

    @Test
    void whoLeftNeedsNoAttentionWhateverItSaidLast() {
        for (State state : State.values()) {
            RollEntry gone = left("Agent-7", state);
            assertThat(attention(gone)).isEqualTo(Attention.LEFT);
        }
    }

    @Test
    void aRollMoreThanOneCycleBehindComesAfterWhoIsStuckAndBeforeWhoIsSilent() {
        RollEntry working = entry("Agent-7", State.ACTIVE, 1, null);
        RollEntry blocked = entry("Agent-8", State.BLOCKED, 1, null);

        assertThat(Attention.of(working, freshness(working), new Lag.Behind(40L, 2L)))
                .isEqualTo(Attention.LAGGING)
                .isGreaterThan(Attention.of(blocked, freshness(blocked), new Lag.Behind(40L, 2L)))
                .isLessThan(Attention.STALE);
        assertThat(Attention.of(working, freshness(working), new Lag.Behind(4000L, 1L)))
                .isEqualTo(Attention.NONE);
    }

    private static Attention attention(RollEntry entry) {
        return Attention.of(entry, freshness(entry), new Lag.InStep());
    }

    private static Freshness freshness(RollEntry entry) {
        return Freshness.of(entry.presence(), entry.lastActivityAt(), NOW, FreshnessThresholds.DEFAULT);
    }

    private static RollEntry entry(String agent, State state, int minutes, @Nullable Instant rejectedSince) {
        return new RollEntry(
                new AgentId(agent),
                columns(state),
                1,
                Presence.PRESENT,
                NOW.minusSeconds(60L * minutes),
                rejectedSince);
    }

    private static RollEntry left(String agent, State state) {
        return new RollEntry(new AgentId(agent), columns(state), 1, Presence.LEFT, NOW, null);
    }

    private static StatusColumns columns(State state) {
        return ChangeFixtures.columns(Map.of(StatusField.STATE, state.name()));
    }
}
