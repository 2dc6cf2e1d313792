package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.RollUpkeep;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.SwarmName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The partitions of months that hold no version any more. */
class PostgresMonthsTest {
    private static final AgentId STAYS = new AgentId("Agent-7");
    private static final AgentId GOES = new AgentId("Agent-9");
    private static final Instant MARCH = Instant.parse("2020-03-05T12:00:00Z");
    private static final Instant JULY = Instant.parse("2021-07-05T12:00:00Z");

    private final PostgresBackend backend = PostgresBackend.fresh();
    private final SqlStore store = SqlStore.open(backend.pathOrUrl(), SwarmName.DEFAULT, Duration.ofSeconds(10));
    private final RollUpkeep upkeep = backend.upkeepOf(store);

    /** Of March there is a version still; the month after each had its partition ahead. */
    @BeforeEach
    void onlyMarchHoldsAnything() {
        record(STAYS, MARCH);
        record(GOES, JULY);
        assertThat(longPast())
                .containsExactly(
                        "status_history_2020_03",
                        "status_history_2020_04",
                        "status_history_2021_07",
                        "status_history_2021_08");
        upkeep.forget(GOES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void record(AgentId agent, Instant at) {
        store.record(List.of(accepted(sighting(agent.value(), Standing.NEVER_READ, at), 1)), Durability.AT_ONCE);
    }

    private List<String> longPast() {
        return PostgresForTests.query(
                backend.pathOrUrl(),
                "SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid"
                        + " WHERE inhparent = 'status_history'::regclass AND child.relname ~ '_202[01]_' ORDER BY 1");
    }

    @Test
    void areDroppedWhole() {
        assertThat(upkeep.dropEmptyMonths()).isEqualTo(3);

        assertThat(longPast()).containsExactly("status_history_2020_03");
        assertThat(store.history(STAYS)).hasSize(1);
        assertThat(upkeep.dropEmptyMonths()).isZero();
    }

    @Test
    void areMadeAgainForWhoeverNeedsThem() {
        upkeep.dropEmptyMonths();

        record(GOES, JULY);

        assertThat(store.history(GOES)).hasSize(1);
    }

    /** Whoever has recorded into a month does not look for it again. */
    @Test
    void areMadeAgainAfterSomebodyElseDroppedThem() {
        try (SqlStore other = open()) {
            assertThat(backend.upkeepOf(other).dropEmptyMonths()).isEqualTo(3);
        }

        record(GOES, JULY);

        assertThat(store.history(GOES)).hasSize(1);
    }

    private SqlStore open() {
        return SqlStore.open(backend.pathOrUrl() + "&ApplicationName=months", SwarmName.DEFAULT, Duration.ofSeconds(5));
    }

    @Test
    void whoNeedsNoOtherOneWaitsForNobodyWhoMakesOne() throws SQLException {
        try (Connection maker = DriverManager.getConnection(backend.pathOrUrl());
                Statement statement = maker.createStatement();
                SqlStore other = open()) {
            maker.setAutoCommit(false);
            statement.execute("SELECT make_history_partition('2019-01')");

            other.record(List.of(accepted(sighting(GOES.value(), Standing.NEVER_READ, JULY), 1)), Durability.AT_ONCE);

            assertThat(other.history(GOES)).hasSize(1);
            maker.rollback();
        }
    }

    @Test
    void neverAreDroppedAtTheCostOfWhoRecords() throws Exception {
        try (Connection writer = DriverManager.getConnection(backend.pathOrUrl());
                Statement statement = writer.createStatement();
                SqlStore other = open()) {
            writer.setAutoCommit(false);
            // The server ends the transaction of whoever notices first that they wait for each other.
            statement.execute("SET deadlock_timeout = '20ms'");
            statement.execute("LOCK TABLE ONLY status_history IN ROW EXCLUSIVE MODE");
            CompletableFuture<Integer> dropped =
                    CompletableFuture.supplyAsync(() -> backend.upkeepOf(other).dropEmptyMonths());
            eventually(
                    Duration.ofSeconds(10),
                    () -> assertThat(backend.numberOf("SELECT count(*) FROM pg_stat_activity WHERE"
                                    + " wait_event_type = 'Lock' AND application_name = 'months'"))
                            .isEqualTo(1));

            statement.execute("SELECT make_history_partition('2019-01')");

            writer.commit();
            assertThat(dropped.get()).isIn(0, 3);
        }
    }

    @Test
    void stayWhenTheyAreOfTheLastMonths() {
        String month = Instant.now().toString().substring(0, HistoryMonths.LENGTH);
        PostgresForTests.run(backend.pathOrUrl(), "SELECT make_history_partition('" + month + "')");

        upkeep.dropEmptyMonths();

        assertThat(backend.numberOf("SELECT count(to_regclass('status_history_" + month.replace('-', '_') + "'))"))
                .isEqualTo(1);
    }

    @Test
    void stayWhileSomebodyWrites() throws SQLException {
        try (Connection writer = DriverManager.getConnection(backend.pathOrUrl());
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("LOCK TABLE status_history_2021_08 IN ROW EXCLUSIVE MODE");

            assertThat(upkeep.dropEmptyMonths()).isZero();

            writer.rollback();
        }
        assertThat(longPast()).hasSize(4);
    }
}
