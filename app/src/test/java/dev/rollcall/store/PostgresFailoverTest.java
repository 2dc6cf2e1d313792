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
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A primary that dies at one chosen moment, and the standby that takes over. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresFailoverTest {
    private static final AgentId AGENT = new AgentId("Agent-7");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path template;

    @TempDir
    private Path folder;

    private PostgresNode primary;
    private PostgresNode standby;

    @BeforeAll
    static void makeTemplate() throws Exception {
        template = PostgresNode.template(template.resolve("data"));
    }

    @BeforeEach
    void start() throws Exception {
        primary = PostgresNode.primary(template, folder.resolve("one"));
        standby = PostgresNode.standby(primary, template, folder.resolve("two"));
    }

    @AfterEach
    void close() throws Exception {
        standby.close();
        primary.close();
    }

    private static RecordOutcome record(SqlStore store, int cycle) {
        RollChange change = accepted(sighting(AGENT.value(), cycle, NOON.plusSeconds(cycle)), cycle, "tidy " + cycle);
        return store.record(List.of(change), Durability.AT_ONCE).getFirst();
    }

    private static List<Long> revisions(String url) {
        try (SqlStore store = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            return store.storedHistory(AGENT).stream().map(HistoryRow::revision).toList();
        }
    }

    /** The standby gives the number of that transaction to another one. */
    @Test
    void aCommitThatTheStandbyNeverHeardOfIsNotToldAsKept() throws Exception {
        try (WeatherProxy proxy = WeatherProxy.before(primary.url())) {
            String url = PostgresNode.url(primary, standby).replace(":" + primary.port(), ":" + proxy.port());
            try (SqlStore store = SqlStore.open(url, SwarmName.DEFAULT, PATIENCE)) {
                assertThat(record(store, 0)).isInstanceOf(RecordOutcome.Recorded.class);
                eventually(
                        PATIENCE,
                        () -> assertThat(query(standby.url(), "SELECT to_regclass('status_history')"))
                                .containsExactly("status_history"));
                eventually(PATIENCE, () -> assertThat(revisions(standby.url())).hasSize(1));
                standby.cutOff();
                AtomicBoolean isKilled = new AtomicBoolean();
                proxy.toClient(bytes -> {
                    if (!new String(bytes, ISO_8859_1).contains("COMMIT") || !isKilled.compareAndSet(false, true)) {
                        return bytes;
                    }
                    primary.kill();
                    standby.promote();
                    standby.useNumbersOfTransactions();
                    return null;
                });

                assertUnavailable(problemOf(() -> record(store, 1)), "whether it was kept is not known");

                assertThat(revisions(standby.url())).hasSize(1);
                assertThat(record(store, 1)).isInstanceOf(RecordOutcome.Recorded.class);
                assertThat(revisions(standby.url())).hasSize(2);
            }
        }
    }

    @Test
    void whoLooksAtAStandbyHearsOfChangesOnceItTakesOver() throws Exception {
        SqlStore.open(primary.url(), SwarmName.DEFAULT, PATIENCE).close();
        eventually(
                PATIENCE,
                () -> assertThat(query(standby.url(), "SELECT to_regclass('swarm_changes')"))
                        .containsExactly("swarm_changes"));
        try (SqlStore reader = SqlStore.openForReading(standby.url(), SwarmName.DEFAULT, PATIENCE)) {
            reader.othersChanges();
            assertThat(PostgresChangesTest.heard(reader.connection())).isEmpty();
            primary.kill();
            standby.promote();

            reader.othersChanges();

            assertThat(PostgresChangesTest.heard(reader.connection())).containsExactly("rollcall");
        }
    }

    @Test
    void whatASynchronousStandbyHasSeenIsNotLost() throws Exception {
        List<Long> told = new ArrayList<>();
        try (SqlStore store = SqlStore.open(PostgresNode.url(primary, standby), SwarmName.DEFAULT, PATIENCE)) {
            run(primary.url(), "ALTER SYSTEM SET synchronous_standby_names = '*'");
            run(primary.url(), "SELECT pg_reload_conf()");
            eventually(
                    PATIENCE,
                    () -> assertThat(query(primary.url(), "SELECT sync_state FROM pg_stat_replication"))
                            .containsExactly("sync"));
            for (int cycle = 0; cycle < 60; cycle++) {
                told.add(((RecordOutcome.Recorded) record(store, cycle)).revision());
            }
            primary.kill();
            standby.promote();

            assertThat(revisions(standby.url())).isEqualTo(told);
            told.add(((RecordOutcome.Recorded) record(store, told.size())).revision());
        }
        assertThat(revisions(standby.url())).isEqualTo(told).doesNotHaveDuplicates();
    }
}
