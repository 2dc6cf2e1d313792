package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.store.PostgresForTests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.roll.WatchLeaseContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresLeaseTest extends WatchLeaseContract {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }

    /** Told one at a time, as each is a try to take its place. */
    @Test
    void aLeadIsAbandonedOnceWhoTookItIsGoneAndIsThenForOneAloneToTake() throws Exception {
        PostgresBackend database = PostgresBackend.fresh();
        try (SqlStore third = open(database)) {
            try (SqlStore second = open(database)) {
                try (SqlStore first = open(database)) {
                    first.lead("one", NOON);
                    assertThat(second.isAbandoned()).isFalse();
                }
                eventually(SOON, () -> assertThat(second.isAbandoned()).isTrue());
                assertThat(third.isAbandoned()).isFalse();

                second.lead("two", NOON);

                assertThat(third.isAbandoned()).isFalse();
            }
            eventually(SOON, () -> assertThat(third.isAbandoned()).isTrue());
        }
    }

    @Test
    void whoStandsBehindALeadOnAnotherConnectionHoldsItToo() throws Exception {
        PostgresBackend database = PostgresBackend.fresh();
        try (SqlStore other = open(database)) {
            try (SqlStore again = open(database)) {
                int first = leadAndGo(database);
                eventually(
                        SOON,
                        () -> assertThat(query(
                                        database.pathOrUrl(),
                                        "SELECT count(*) FROM pg_stat_activity WHERE pid = " + first))
                                .containsExactly("0"));

                again.standBehind("one", 1);

                assertThat(other.isAbandoned()).isFalse();
            }
            eventually(SOON, () -> assertThat(other.isAbandoned()).isTrue());
        }
    }

    @Test
    void whoLeadsHoldsTheLeadAgainAsSoonAsItsLostSessionIsBegunAnew() throws Exception {
        PostgresBackend database = PostgresBackend.fresh();
        try (SqlStore first = open(database);
                SqlStore second = open(database)) {
            first.lead("one", NOON);
            int session = processOf(first);
            query(database.pathOrUrl(), "SELECT pg_terminate_backend(" + session + ", 5000)");

            first.newest();

            assertThat(second.isAbandoned()).isFalse();
        }
    }

    /** The server's process that the connection had. */
    private static int leadAndGo(PostgresBackend database) {
        try (SqlStore store = open(database)) {
            store.lead("one", NOON);
            return processOf(store);
        }
    }

    private static int processOf(SqlStore store) {
        SqlConnection connection = store.connection();
        return connection.read(() -> connection
                .first("SELECT pg_backend_pid()", row -> row.getInt(1))
                .orElseThrow());
    }

    private static SqlStore open(PostgresBackend database) {
        return SqlStore.open(database.pathOrUrl(), SwarmName.DEFAULT, SOON);
    }
}
