package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.ChangeFixtures;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.FreshnessTurn;
import dev.rollcall.roll.FreshnessTurn.Direction;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SourceName;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking is spared while nothing can have changed; what is told must be as if it was not. */
class FreshnessWatchTest {
    /** So many that few of them falling silent together are never most of the swarm. */
    private static final int AGENTS = 24;

    private static final int LOOKS = 400;

    @TempDir
    Path folder;

    private final Map<AgentId, Long> readings = new HashMap<>();
    private final Map<AgentId, Integer> cycles = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyTurnIsToldByTheFirstLookAfterIt(long seed) {
        Random random = new Random(seed);
        Instant now = ChangeFixtures.NOON;
        try (SqlStore store =
                SqlStore.open(folder.resolve("roll.db").toString(), SwarmName.DEFAULT, Duration.ofSeconds(5))) {
            FreshnessWatch watch = new FreshnessWatch(FreshnessPolicy.DEFAULT);
            for (int i = 0; i < AGENTS; i++) {
                write(store, new AgentId("Agent-" + i), now.minusSeconds(i * 150L));
            }
            Map<AgentId, Freshness> before = Map.of();
            List<FreshnessTurn> told = new ArrayList<>();
            List<FreshnessTurn> expected = new ArrayList<>();
            for (int look = 0; look < LOOKS; look++) {
                if (random.nextInt(8) == 0) {
                    AgentId agent = new AgentId("Agent-" + random.nextInt(AGENTS));
                    write(store, agent, now);
                    watch.touch(agent);
                }
                watch.read(store, store, AGENTS);
                told.addAll(watch.look(now));
                watch.told();
                Map<AgentId, Freshness> freshness = freshness(store, now);
                expected.addAll(turns(before, freshness, now));
                before = freshness;
                now = now.plusSeconds(random.nextInt(40) - 4);
            }
            assertThat(told).as("seed %d", seed).isEqualTo(expected).hasSizeGreaterThan(20);
        }
    }

    @Test
    void whomAnotherSourceHasIsLeftToIt() {
        AgentId mine = new AgentId("Mine");
        AgentId theirs = new AgentId("Theirs");
        AgentId lost = new AgentId("Lost");
        Instant now = ChangeFixtures.NOON;
        try (SqlStore here = open("here");
                SqlStore there = open("there")) {
            FreshnessWatch watch = new FreshnessWatch(FreshnessPolicy.DEFAULT);
            write(here, mine, now);
            write(here, lost, now);
            write(there, theirs, now);
            watch.read(here, here, AGENTS);
            assertThat(watch.look(now)).isEmpty();
            watch.told();
            watch.leaveToOthers(lost);

            Instant later = now.plus(Duration.ofDays(1));
            assertThat(watch.look(later)).containsExactly(new FreshnessTurn(mine, Direction.STALE, later));
        }
    }

    private SqlStore open(String source) {
        return SqlStore.open(
                folder.resolve("roll.db").toString(), SwarmName.DEFAULT, new SourceName(source), Duration.ofSeconds(5));
    }

    private void write(SqlStore store, AgentId agent, Instant at) {
        int cycle = cycles.merge(agent, 1, Integer::sum);
        long reading = readings.merge(agent, 1L, Long::sum) - 1;
        store.record(
                List.of(ChangeFixtures.accepted(ChangeFixtures.sighting(agent.value(), reading, at), cycle)),
                Durability.LATER);
    }

    private static Map<AgentId, Freshness> freshness(SqlStore store, Instant now) {
        Map<AgentId, Freshness> freshness = new HashMap<>();
        store.list()
                .forEach(entry -> freshness.put(
                        entry.agent(),
                        Freshness.of(
                                entry.presence(),
                                entry.lastActivityAt(),
                                now,
                                FreshnessPolicy.DEFAULT.thresholds(
                                        entry.agent(),
                                        store.cadence(entry.agent()).orElse(null)))));
        return freshness;
    }

    private static List<FreshnessTurn> turns(Map<AgentId, Freshness> before, Map<AgentId, Freshness> now, Instant at) {
        return now.keySet().stream()
                .sorted()
                .filter(before::containsKey)
                .filter(agent -> (before.get(agent) == Freshness.STALE) != (now.get(agent) == Freshness.STALE))
                .map(agent -> new FreshnessTurn(
                        agent, now.get(agent) == Freshness.STALE ? Direction.STALE : Direction.LIVE, at))
                .toList();
    }
}
