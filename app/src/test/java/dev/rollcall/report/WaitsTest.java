package dev.rollcall.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final Set<AgentId> ROLL = ids("Agent-1", "Agent-2", "Agent-3", "Agent-12", "Deck Hand");

    private static Set<AgentId> ids(String... ids) {
        return new TreeSet<>(Stream.of(ids).map(AgentId::new).toList());
    }

    private static List<String> awaited(String blocker) {
        return Waits.of(Map.of(new AgentId("Agent-3"), List.of(blocker)), ROLL).waits().stream()
                .map(wait -> wait.awaited().value())
                .toList();
    }

    @Test
    void anIdCountsAsAWholeWordInAnyCase() {
        assertThat(awaited("waits for agent-1, then AGENT-2.")).containsExactly("Agent-1", "Agent-2");
        assertThat(awaited("Agent-12")).containsExactly("Agent-12");
        assertThat(awaited("Agent-1-old, xAgent-1, Agent-1_b, Agent-11")).isEmpty();
        assertThat(awaited("(Agent-1)")).containsExactly("Agent-1");
        assertThat(awaited("the deck hand has the key")).containsExactly("Deck Hand");
    }

    @Test
    void nobodyWaitsForHimselfAndEachIsAwaitedOnce() {
        assertThat(awaited("Agent-3 must answer")).isEmpty();
        assertThat(Waits.of(Map.of(new AgentId("Agent-3"), List.of("Agent-1 first", "Agent-1 again")), ROLL)
                        .waits())
                .containsExactly(new WaitsFor(new AgentId("Agent-3"), new AgentId("Agent-1"), "Agent-1 first"));
    }

    @Test
    void circlesAreFoundDirectlyAndThroughOthers() {
        Waits waits = Waits.of(
                Map.of(
                        new AgentId("Agent-1"), List.of("Agent-2"),
                        new AgentId("Agent-2"), List.of("Agent-3"),
                        new AgentId("Agent-3"), List.of("Agent-1"),
                        new AgentId("Agent-12"), List.of("Agent-1")),
                ROLL);
        assertThat(waits.circles()).containsExactly(List.copyOf(ids("Agent-1", "Agent-2", "Agent-3")));
    }

    @Test
    void aLongChainIsNoCircleAndNeedsNoDeepStack() {
        int length = 20_000;
        Map<AgentId, List<String>> blockers = new HashMap<>();
        Set<AgentId> roll = new TreeSet<>();
        for (int i = 0; i < length; i++) {
            roll.add(new AgentId("A" + i));
            blockers.put(new AgentId("A" + i), List.of("A" + (i + 1)));
        }
        assertThat(Waits.of(blockers, roll).circles()).isEmpty();
        roll.add(new AgentId("A" + length));
        blockers.put(new AgentId("A" + length), List.of("A0"));
        assertThat(Waits.of(blockers, roll).circles())
                .hasSize(1)
                .first()
                .satisfies(circle -> assertThat(circle).hasSize(length + 1));
    }

    @Test
    void circlesAreThoseOfMutualReachability() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int size = 2 + random.nextInt(7);
            boolean[][] reach = new boolean[size][size];
            Map<AgentId, List<String>> blockers = new HashMap<>();
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    if (i != j && random.nextInt(4) == 0) {
                        reach[i][j] = true;
                        blockers.computeIfAbsent(new AgentId("A" + i), a -> new ArrayList<>())
                                .add("A" + j);
                    }
                }
            }
            Set<AgentId> roll = new TreeSet<>(
                    IntStream.range(0, size).mapToObj(i -> new AgentId("A" + i)).toList());
            assertThat(Waits.of(blockers, roll).circles()).as("round %d", round).isEqualTo(circles(reach));
        }
    }

    /** By Warshall's closure. */
    private static List<List<AgentId>> circles(boolean[][] reach) {
        int size = reach.length;
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    reach[i][j] |= reach[i][k] && reach[k][j];
                }
            }
        }
        List<List<AgentId>> circles = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int from = i;
            List<AgentId> group = IntStream.range(0, size)
                    .filter(j -> j == from || (reach[from][j] && reach[j][from]))
                    .mapToObj(j -> new AgentId("A" + j))
                    .toList();
            if (group.size() > 1 && group.getFirst().equals(new AgentId("A" + i))) {
                circles.add(group);
            }
        }
        return circles;
    }
}
