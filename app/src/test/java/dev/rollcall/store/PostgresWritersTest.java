package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.passage;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static dev.rollcall.store.PostgresForTests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SourceName;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.PassageQueue.Embedded;
import dev.rollcall.search.PassageQueue.Waiting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several sources that record at once, and what has the swarm for itself. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresWritersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SourceName HERE = new SourceName("build-1:/srv/agents");
    private static final SourceName THERE = new SourceName("build-2:/srv/agents");
    private static final AgentId OURS = new AgentId("Agent-1");
    private static final AgentId THEIRS = new AgentId("Agent-2");

    /** Of this test's sessions, among those of other tests. */
    private static final String NAME = "writers";

    private final String url = PostgresForTests.freshUrl();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SqlStore here;
    private SqlStore there;

    @BeforeEach
    void recordOneForEach() {
        here = open(HERE);
        there = open(THERE);
        assertThat(record(here, OURS, 0)).isInstanceOf(RecordOutcome.Recorded.class);
        assertThat(record(there, THEIRS, 0)).isInstanceOf(RecordOutcome.Recorded.class);
    }

    @AfterEach
    void close() {
        threads.shutdown();
        here.close();
        there.close();
    }

    private SqlStore open(SourceName source) {
        return SqlStore.open(url + "&ApplicationName=" + NAME, SwarmName.DEFAULT, source, PATIENCE);
    }

    private static RollChange change(AgentId agent, int cycle) {
        return accepted(sighting(agent.value(), cycle, NOON.plusSeconds(cycle)), cycle, "tidy " + cycle);
    }

    private static RecordOutcome record(SqlStore store, AgentId agent, int cycle) {
        return store.record(List.of(change(agent, cycle)), Durability.AT_ONCE).getFirst();
    }

    /** Whoever writes that row of an agent stands still meanwhile, in the middle of its transaction. */
    private final class Held implements AutoCloseable {
        private final Connection holder;

        Held(String table, AgentId agent) throws SQLException {
            holder = DriverManager.getConnection(url);
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("SELECT * FROM " + table + " WHERE agent_id = '" + agent.value() + "' FOR UPDATE");
            }
        }

        @Override
        public void close() throws SQLException {
            holder.rollback();
            holder.close();
        }
    }

    /** Until so many of the stores' sessions wait for others. */
    private void awaitWaiting(int sessions) throws Exception {
        String waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = '"
                + NAME + "'";
        eventually(Duration.ofSeconds(20), () -> assertThat(query(url, waiting)).containsExactly("" + sessions));
    }

    @Test
    void aSourceRecordsWhileAnotherIsInTheMiddleOfIt() throws Exception {
        CompletableFuture<RecordOutcome> middle;
        long before;
        try (Held _ = new Held("agent_readings", OURS)) {
            middle = CompletableFuture.supplyAsync(() -> record(here, OURS, 1), threads);
            awaitWaiting(1);

            assertThat(record(there, THEIRS, 1)).isInstanceOf(RecordOutcome.Recorded.class);

            before = there.newest();
            assertThat(middle).isNotDone();
        }

        assertThat(middle.join()).isInstanceOf(RecordOutcome.Recorded.class);
        // Had its number been drawn when it was made, who followed would have passed it over.
        assertThat(there.after(before, 10)).extracting(RollEvent::agent).containsExactly(OURS);
    }

    @Test
    void aSourceWaitsForItself() throws Exception {
        try (SqlStore again = open(HERE)) {
            assertWaitsForHere(again);
        }
        assertThat(here.storedHistory(OURS)).hasSize(2);
    }

    /** As for a user of whose name there is a schema: it comes first in PostgreSQL's own search path. */
    @Test
    void whoFindsTheRollByAnotherSearchPathIsWaitedForAsWell() throws Exception {
        String schema = url.substring(url.lastIndexOf('=') + 1);
        PostgresForTests.run(url, "CREATE SCHEMA before_" + schema);
        String byAnotherPath = url.replace("=" + schema, "=before_" + schema + "," + schema);
        try (SqlStore again =
                SqlStore.open(byAnotherPath + "&ApplicationName=" + NAME, SwarmName.DEFAULT, HERE, PATIENCE)) {
            here.lead("one", NOON);
            assertThat(again.isAbandoned()).isFalse();
            assertWaitsForHere(again);
        }
        assertThat(query(
                        url,
                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'before_" + schema + "'::regnamespace"))
                .containsExactly("0");
    }

    /** Both record the same change; the first is in the middle of it. */
    private void assertWaitsForHere(SqlStore again) throws Exception {
        CompletableFuture<RecordOutcome> middle;
        CompletableFuture<RecordOutcome> second;
        try (Held _ = new Held("agent_readings", OURS)) {
            middle = CompletableFuture.supplyAsync(() -> record(here, OURS, 1), threads);
            awaitWaiting(1);
            second = CompletableFuture.supplyAsync(() -> record(again, OURS, 1), threads);
            awaitWaiting(2);
        }
        assertThat(middle.join()).isInstanceOf(RecordOutcome.Recorded.class);
        assertThat(second.join()).isInstanceOf(RecordOutcome.Superseded.class);
    }

    @Test
    void whatConcernsTheSwarmWaitsForEverySource() throws Exception {
        CompletableFuture<RecordOutcome> middle;
        CompletableFuture<Void> taking;
        try (Held _ = new Held("agent_readings", OURS)) {
            middle = CompletableFuture.supplyAsync(() -> record(here, OURS, 1), threads);
            awaitWaiting(1);
            taking = CompletableFuture.runAsync(() -> there.takeOver(List.of(OURS)), threads);
            awaitWaiting(2);
        }

        assertThat(middle.join()).isInstanceOf(RecordOutcome.Recorded.class);
        taking.join();
        assertThat(record(here, OURS, 2)).isEqualTo(new RecordOutcome.Owned(THERE, HERE));
    }

    @Test
    void whoWaitedWhileItsAgentWasTakenOverIsToldWhoseItIs() throws Exception {
        CompletableFuture<Void> taking;
        CompletableFuture<RecordOutcome> waited;
        try (Held _ = new Held("agent_sources", OURS)) {
            taking = CompletableFuture.runAsync(() -> there.takeOver(List.of(OURS)), threads);
            awaitWaiting(1);
            waited = CompletableFuture.supplyAsync(() -> record(here, OURS, 1), threads);
            awaitWaiting(2);
        }

        taking.join();
        assertThat(waited.join()).isEqualTo(new RecordOutcome.Owned(THERE, HERE));
        assertThat(here.storedHistory(OURS)).hasSize(1);
    }

    @Test
    void whoWaitedWhileAnAgentThatHadLeftWasTakenOverLooksAgain() throws Exception {
        RollChange left = new RollChange.Departed(sighting(OURS.value(), 1, NOON.plusSeconds(1)));
        here.record(List.of(left), Durability.AT_ONCE);
        CompletableFuture<Void> taking;
        CompletableFuture<RecordOutcome> waited;
        try (Held _ = new Held("agent_sources", OURS)) {
            taking = CompletableFuture.runAsync(() -> there.takeOver(List.of(OURS)), threads);
            awaitWaiting(1);
            waited = CompletableFuture.supplyAsync(() -> record(here, OURS, 2), threads);
            awaitWaiting(2);
        }

        taking.join();
        assertThat(waited.join()).isInstanceOf(RecordOutcome.Superseded.class);
        assertThat(record(here, OURS, 2)).isInstanceOf(RecordOutcome.Recorded.class);
        assertThat(there.ownedElsewhere()).containsEntry(OURS, HERE);
    }

    /** One that saw the roll as it was before it waited would build on what another one has replaced. */
    @Test
    void whoWritesSeesWhatOthersWroteWhateverTheServersDefaultIs() {
        PostgresForTests.run(url, "CREATE ROLE repeatable_by_default LOGIN SUPERUSER");
        PostgresForTests.run(
                url, "ALTER ROLE repeatable_by_default SET default_transaction_isolation = 'repeatable read'");
        String theirs = url.replace("user=postgres", "user=repeatable_by_default");

        try (SqlStore store = SqlStore.open(theirs, SwarmName.DEFAULT, HERE, PATIENCE)) {
            SqlConnection connection = store.connection();
            String level = connection
                    .write(
                            Durability.AT_ONCE,
                            () -> connection.first("SHOW transaction_isolation", row -> row.getString(1)))
                    .orElseThrow();

            assertThat(query(theirs, "SHOW transaction_isolation")).containsExactly("repeatable read");
            assertThat(level).isEqualTo("read committed");
        }
    }

    @Test
    void whoFollowsMissesNoEventOfWritersThatOverlap() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        int versions = 120;
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(number ->
                        CompletableFuture.runAsync(() -> write(number, versions, new Random(seed + number)), threads))
                .toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));

        List<Long> followed = new ArrayList<>();
        long cursor = 0;
        boolean isOver = false;
        while (!isOver) {
            isOver = all.isDone();
            for (RollEvent event : here.after(cursor, 1_000)) {
                followed.add(event.seq());
                cursor = event.seq();
            }
        }

        all.join();
        assertThat(followed)
                .hasSize(2 + 4 * versions)
                .isEqualTo(query(url, "SELECT seq FROM roll_events ORDER BY seq").stream()
                        .map(Long::valueOf)
                        .toList());
    }

    @Test
    void passagesOfTwoSwarmsAreNumberedAtOnce() {
        int agents = 60;
        CompletableFuture<Void> one = CompletableFuture.runAsync(() -> embed(new SwarmName("one"), agents), threads);
        CompletableFuture<Void> two = CompletableFuture.runAsync(() -> embed(new SwarmName("two"), agents), threads);

        one.join();
        two.join();
        assertThat(query(url, "SELECT count(DISTINCT number) FROM agent_status WHERE number IS NOT NULL"))
                .containsExactly("" + 2 * agents);
    }

    private void embed(SwarmName swarm, int agents) {
        try (SqlStore store = SqlStore.open(url, swarm, PATIENCE)) {
            PassageQueue queue = store.passageQueue();
            queue.demandModel("test", 2);
            for (int number = 0; number < agents; number++) {
                AgentId agent = new AgentId("Agent-" + number);
                record(store, agent, 0);
                Passage passage = passage("tidy 0");
                Waiting waiting = new Waiting(passage.key(), passage.field(), passage.text());
                Embedding vector = Embedding.ofBytes(new byte[] {1, 2});
                queue.settle(queue.open(agent).orElseThrow(), "test", List.of(new Embedded(waiting, vector)));
            }
        }
    }

    /** Versions of five agents that only this source has, in transactions of one to three agents. */
    private void write(int number, int versions, Random random) {
        Map<AgentId, Integer> cycles = new HashMap<>();
        try (SqlStore store = open(new SourceName("host-" + number + ":/agents"))) {
            int left = versions;
            while (left > 0) {
                List<RollChange> changes = random.ints(0, 5)
                        .distinct()
                        .limit(Math.min(left, 1 + random.nextInt(3)))
                        .mapToObj(agent -> new AgentId("Agent-" + number + "-" + agent))
                        .map(agent -> change(agent, cycles.merge(agent, 1, Integer::sum) - 1))
                        .toList();
                assertThat(store.record(changes, Durability.AT_ONCE))
                        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(RecordOutcome.Recorded.class));
                left -= changes.size();
            }
        }
    }
}
