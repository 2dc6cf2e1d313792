package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static dev.rollcall.store.PostgresForTests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that a copy or an import chooses while another swarm of the database records. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresNumbersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());
    private static final int SWARMS = 6;
    private static final int VERSIONS = 60;

    @TempDir
    private Path folder;

    private final String url = PostgresForTests.freshUrl();
    private final AtomicBoolean isOver = new AtomicBoolean();

    private static void record(SqlStore store, String agent, int cycle) {
        RecordOutcome outcome = store.record(
                        List.of(accepted(sighting(agent, cycle, NOON.plusSeconds(cycle)), cycle, "tidy " + cycle)),
                        Durability.AT_ONCE)
                .getFirst();
        assertThat(outcome).isInstanceOf(RecordOutcome.Recorded.class);
    }

    private static SwarmName moved(int number) {
        return new SwarmName("moved-" + number);
    }

    private static SwarmName imported(int number) {
        return new SwarmName("imported-" + number);
    }

    private SqlStore source(int number) {
        return SqlStore.open(folder.resolve("roll.db").toString(), moved(number), PATIENCE);
    }

    /** Until all is moved; how many versions it recorded. */
    private int recordOn() {
        int cycle = 0;
        try (SqlStore night = SqlStore.open(url, new SwarmName("night-shift"), PATIENCE)) {
            while (!isOver.get()) {
                record(night, "Agent-1", cycle++);
            }
        }
        return cycle;
    }

    @Test
    void areMetTwiceByNobody() {
        for (int number = 0; number < SWARMS; number++) {
            try (SqlStore source = source(number)) {
                for (int cycle = 0; cycle < VERSIONS; cycle++) {
                    record(source, "Agent-7", cycle);
                }
            }
        }
        SqlStore.open(url, SwarmName.DEFAULT, PATIENCE).close();

        CompletableFuture<Integer> night = CompletableFuture.supplyAsync(this::recordOn);
        try {
            for (int number = 0; number < SWARMS && !night.isDone(); number++) {
                move(number);
            }
        } finally {
            isOver.set(true);
        }

        assertThat(query(url, "SELECT count(*), count(DISTINCT revision) FROM status_history WHERE swarm LIKE '%-_'"))
                .containsExactly(2 * SWARMS * VERSIONS + "|" + 2 * SWARMS * VERSIONS);
        assertThat(query(url, "SELECT count(*) FROM roll_events WHERE swarm LIKE 'moved-_'"))
                .containsExactly("" + SWARMS * VERSIONS);
        int recorded = night.join();
        assertThat(query(url, "SELECT count(*) FROM status_history WHERE swarm = 'night-shift'"))
                .containsExactly("" + recorded);
        assertThat(query(url, "SELECT count(*) FROM roll_events WHERE swarm = 'night-shift'"))
                .containsExactly("" + recorded);
    }

    private void move(int number) {
        try (SqlStore source = source(number);
                SqlStore copy = SqlStore.open(url, moved(number), PATIENCE);
                SqlStore other = SqlStore.open(url, imported(number), PATIENCE)) {
            RollCopy.run(source, copy, RULES, (done, total) -> {});
            List<RollItem> items = new ArrayList<>();
            SqlBackend backend = new SqliteBackend(folder.resolve("roll.db"));
            backend.transferOf(source).export(null, items::add);
            backend.transferOf(other).load(items.iterator(), RULES);
            assertThat(other.history(new AgentId("Agent-7"))).hasSize(VERSIONS);
        }
    }
}
