package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static dev.rollcall.store.PostgresForTests.query;
import static dev.rollcall.store.PostgresForTests.run;
import static dev.rollcall.store.PostgresTroubleTest.assertUnavailable;
import static dev.rollcall.store.PostgresTroubleTest.problemOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlConnection.Purpose;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that can not be reached, hangs, is stopped or in somebody's way, each at one chosen moment. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresWeatherTest {
    private static final AgentId AGENT = new AgentId("Agent-7");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** Each statement by its text and none by a number, so that the proxy sees it. */
    private static final String IN_WORDS = "&prepareThreshold=0";

    private final String url = PostgresForTests.freshUrl();
    private WeatherProxy proxy;

    @BeforeEach
    void recordOne() {
        try (SqlStore store = SqlStore.open(url, SwarmName.DEFAULT, PATIENCE)) {
            assertThat(record(store, 0)).isInstanceOf(RecordOutcome.Recorded.class);
        }
        proxy = WeatherProxy.before(url);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    private SqlStore open(Duration patience) {
        return SqlStore.open(proxy.through(url), SwarmName.DEFAULT, patience);
    }

    private static RecordOutcome record(SqlStore store, int cycle) {
        RollChange change = accepted(sighting(AGENT.value(), cycle, NOON.plusSeconds(cycle)), cycle, "tidy " + cycle);
        return store.record(List.of(change), Durability.AT_ONCE).getFirst();
    }

    private void assertVersions(int versions) {
        try (SqlStore store = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            assertThat(store.storedHistory(AGENT)).hasSize(versions);
            assertThat(store.after(0, 100)).hasSize(versions);
            assertThat(store.find(AGENT).orElseThrow().columns().cycleCount()).contains(versions - 1L);
        }
    }

    private static Duration timed(ThrowingCallable call) {
        long began = System.nanoTime();
        try {
            call.call();
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Cuts where something of that text passes, so many times. */
    private static WeatherProxy.Weather cutAt(String text, int times) {
        int[] left = {times};
        return bytes -> {
            if (left[0] > 0 && new String(bytes, ISO_8859_1).contains(text)) {
                left[0]--;
                return null;
            }
            return bytes;
        };
    }

    @Test
    void aCommitWhoseAnswerIsLostIsToldAsCommittedAndNotDoneTwice() {
        try (SqlStore store = open(PATIENCE)) {
            proxy.toClient(cutAt("COMMIT", 1));

            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);

            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(record(store, 2)).isInstanceOf(RecordOutcome.Recorded.class);
        }
        assertVersions(3);
    }

    @Test
    void aCommitThatNeverArrivedIsDoneAgain() {
        try (SqlStore store = SqlStore.open(proxy.through(url) + IN_WORDS, SwarmName.DEFAULT, PATIENCE)) {
            proxy.toServer(cutAt("COMMIT", 1));

            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);

            assertThat(proxy.cuts()).isEqualTo(1);
        }
        assertVersions(2);
    }

    @Test
    void theQuestionWhetherACommitWasKeptIsAskedAgainWhereItIsCutToo() {
        try (SqlStore store = open(PATIENCE)) {
            AtomicBoolean isCommitCut = new AtomicBoolean();
            proxy.toClient(bytes -> {
                boolean isCommit = new String(bytes, ISO_8859_1).contains("COMMIT");
                return isCommit && isCommitCut.compareAndSet(false, true) ? null : bytes;
            });
            proxy.toServer(cutAt("pg_xact_status", 3));

            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);

            assertThat(proxy.cuts()).isEqualTo(4);
        }
        assertVersions(2);
    }

    @Test
    void whereNobodyCanBeAskedItIsSaidThatTheEndIsNotKnownAndASecondTimeRecordsNothingTwice() throws Exception {
        try (SqlStore store = open(SHORT)) {
            proxy.toClient(bytes -> {
                if (new String(bytes, ISO_8859_1).contains("COMMIT")) {
                    refuse();
                }
                return bytes;
            });

            Duration took = timed(
                    () -> assertUnavailable(problemOf(() -> record(store, 1)), "whether it was kept is not known"));
            assertThat(took).isLessThan(Duration.ofSeconds(5));

            proxy.fair();
            proxy.admit();
            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Superseded.class);
        }
        assertVersions(2);
    }

    private void refuse() {
        try {
            proxy.refuse();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void anOutageWithinPatienceIsWaitedFor() throws Exception {
        try (SqlStore store = open(PATIENCE)) {
            proxy.refuse();
            CompletableFuture<RecordOutcome> recording = CompletableFuture.supplyAsync(() -> record(store, 1));
            eventually(PATIENCE, () -> assertThat(proxy.links()).isZero());
            assertThat(recording).isNotDone();
            proxy.admit();

            assertThat(recording.join()).isInstanceOf(RecordOutcome.Recorded.class);
        }
        assertVersions(2);
    }

    @Test
    void anOutageBeyondPatienceIsToldInTimeAndOverByItself() throws Exception {
        try (SqlStore store = open(SHORT)) {
            proxy.refuse();

            Duration took = timed(() -> {
                assertUnavailable(problemOf(() -> record(store, 1)), "it takes no connection at that port");
                assertUnavailable(problemOf(store::list), "it takes no connection at that port");
                assertUnavailable(problemOf(store::othersChanges), "it takes no connection at that port");
            });

            assertThat(took).isLessThan(Duration.ofSeconds(6));
            proxy.admit();
            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);
        }
        assertVersions(2);
    }

    @Test
    void sessionsThatTheServerEndsAreBegunAnew() {
        try (SqlStore store = open(PATIENCE);
                SqlStore reader = SqlStore.openForReading(proxy.through(url), SwarmName.DEFAULT, PATIENCE)) {
            for (int cycle = 1; cycle < 4; cycle++) {
                assertThat(query(
                                url,
                                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                                        + " WHERE application_name = 'rollcall' AND client_port IS NOT NULL"))
                        .hasSizeGreaterThanOrEqualTo(2);

                assertThat(record(store, cycle)).isInstanceOf(RecordOutcome.Recorded.class);
                assertThat(reader.storedHistory(AGENT)).hasSize(cycle + 1);
                assertThat(reader.noticedChanges()).isEqualTo(cycle + 1L);
            }
        }
        assertVersions(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT INTO swarm_changes", "COMMIT"})
    void aServerThatHangsIsGivenUpInBoundedTime(String where) {
        String impatient = proxy.through(url) + "&socketTimeout=1" + IN_WORDS;
        try (SqlStore store = SqlStore.open(impatient, SwarmName.DEFAULT, SHORT)) {
            proxy.toServer(bytes -> {
                if (new String(bytes, ISO_8859_1).contains(where)) {
                    proxy.hang();
                }
                return bytes;
            });

            Duration took =
                    timed(() -> assertThat(problemOf(() -> record(store, 1)).message())
                            .containsAnyOf("it does not answer", "whether it was kept is not known"));

            assertThat(took).isLessThan(Duration.ofSeconds(6));
            proxy.fair();
            proxy.goOn();
        }
    }

    @Test
    void aServerThatHangsWhileASessionIsMadeIsGivenUpInBoundedTime() {
        proxy.hang();

        Duration took =
                timed(() -> assertUnavailable(problemOf(() -> open(SHORT)), "can not be reached: it does not answer"));

        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatASessionThatNobodyHearsOfAnyMoreHasChangedDoesNotHoldUpTheNext() {
        String impatient = proxy.through(url) + "&socketTimeout=1";
        try (SqlStore store = SqlStore.open(impatient, SwarmName.DEFAULT, PATIENCE)) {
            AtomicBoolean isHung = new AtomicBoolean();
            proxy.toServer(bytes -> {
                if (new String(bytes, ISO_8859_1).contains("agent_readings") && isHung.compareAndSet(false, true)) {
                    proxy.strand();
                }
                return bytes;
            });

            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);

            assertThat(isHung).isTrue();
        }
        assertVersions(2);
    }

    @Test
    void whoWaitsForAnotherWriterOfTheSwarmGivesUpInTime() throws SQLException {
        try (SqlStore store = open(SHORT);
                Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE swarm_changes SET changes = changes + 1");

            Duration took = timed(() -> assertUnavailable(
                    problemOf(() -> record(store, 1)), "another process writes to this swarm and does not end"));

            assertThat(took).isBetween(SHORT, Duration.ofSeconds(4));
            assertThat(store.list()).as("who reads waits for nobody").hasSize(1);
            other.rollback();
            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);
        }
        assertVersions(2);
    }

    @Test
    void aStatementThatTakesTooLongIsStoppedAndTold() throws SQLException {
        String impatient = proxy.through(url) + "&options=-c%20statement_timeout=300";
        try (SqlStore store = SqlStore.open(impatient, SwarmName.DEFAULT, PATIENCE);
                Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE swarm_changes SET changes = changes + 1");

            Duration took = timed(() -> assertUnavailable(
                    problemOf(() -> record(store, 1)),
                    "the server took too long and was stopped: canceling statement due to statement timeout"));

            assertThat(took).isLessThan(Duration.ofSeconds(3));
            other.rollback();
            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);
        }
        assertVersions(2);
    }

    @Test
    void optionsInTheUrlDoNotMakeASessionAHandThatEdits() {
        String own = url + "&options=-c%20work_mem=8MB";
        try (PostgresConnection connection =
                PostgresDatabase.of(own, PATIENCE).connect(Purpose.WRITE, SwarmName.DEFAULT)) {
            assertThat(shown(connection, "work_mem")).isEqualTo("8MB");
            assertThat(shown(connection, "rollcall.session")).isEqualTo("yes");
        }
    }

    private static String shown(PostgresConnection connection, String setting) {
        return connection.read(() ->
                connection.first("SHOW " + setting, row -> row.getString(1)).orElseThrow());
    }

    /** It goes over whole tables without a limit; what comes after it has one again. */
    @Test
    void aCompactionThatIsRefusedLeavesNoStatementWithoutALimit() {
        try (PostgresConnection connection =
                PostgresDatabase.of(url, PATIENCE).connect(Purpose.WRITE, SwarmName.DEFAULT)) {
            String before = shown(connection, "statement_timeout");

            problemOf(() -> connection.outsideTransactions(List.of("VACUUM (FULL) no_such_table")));

            assertThat(shown(connection, "statement_timeout")).isEqualTo(before).isNotEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void whatOtherTransactionsWereInTheWayOfIsDoneAgain(String code) {
        run(url, "CREATE SEQUENCE tries");
        run(
                url,
                "CREATE FUNCTION disturb() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF nextval('tries') < 4 THEN RAISE EXCEPTION 'for the test' USING ERRCODE = '" + code
                        + "'; END IF;"
                        + " RETURN NEW; END $$");
        run(url, "CREATE TRIGGER disturbing BEFORE INSERT ON roll_events FOR EACH ROW EXECUTE FUNCTION disturb()");
        try (SqlStore store = open(PATIENCE)) {
            assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);
        }
        assertThat(query(url, "SELECT last_value FROM tries")).containsExactly("4");
        assertVersions(2);
    }

    @Test
    void theVictimOfADeadlockIsDoneAgain() throws Exception {
        try (SqlStore store = open(PATIENCE);
                Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SET LOCAL deadlock_timeout = '30s'");
            statement.execute("SELECT 1 FROM agent_readings FOR UPDATE");
            CompletableFuture<RecordOutcome> recording = CompletableFuture.supplyAsync(() -> record(store, 1));
            eventually(
                    SHORT.multipliedBy(5),
                    () -> assertThat(query(url, "SELECT count(*) FROM pg_locks WHERE NOT granted"))
                            .containsExactly("1"));

            statement.execute("UPDATE agent_workspaces SET agent_name = agent_name");
            other.commit();

            assertThat(recording.join()).isInstanceOf(RecordOutcome.Recorded.class);
        }
        assertThat(query(url, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isNotEqualTo(List.of("0"));
        assertVersions(2);
    }
}
