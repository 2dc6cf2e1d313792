package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Notices of changes are hints: they may come late, or never. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresChangesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String url = PostgresForTests.freshUrl();

    @Test
    void whoseListeningWasTakenBackListensAgain() {
        SqlStore.open(url, SwarmName.DEFAULT, PATIENCE).close();
        try (SqlStore reader = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            SqlConnection connection = reader.connection();
            assertThatThrownBy(() -> connection.plain(() -> {
                        connection.engine().othersChanges();
                        throw new SQLException("for the test", "22000");
                    }))
                    .hasMessageContaining("for the test");

            reader.othersChanges();

            assertThat(heard(connection)).containsExactly("rollcall");
        }
    }

    static List<String> heard(SqlConnection connection) {
        return connection.plain(() -> connection.query("SELECT pg_listening_channels()", row -> row.getString(1)));
    }

    @Test
    void whoWantsToBeExactWaitsForNoNotice() throws Exception {
        SqlStore.open(url, SwarmName.DEFAULT, PATIENCE).close();
        try (SqlStore reader = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            long before = reader.othersChanges();
            PostgresForTests.run(url, "DROP TRIGGER swarm_changes_told ON swarm_changes");

            for (long change = 1; change <= 20; change++) {
                PostgresForTests.run(
                        url,
                        "INSERT INTO swarm_changes (swarm, changes) VALUES ('default', 1) ON CONFLICT (swarm)"
                                + " DO UPDATE SET changes = swarm_changes.changes + 1");
                assertThat(reader.othersChanges()).isEqualTo(before + change);
            }
            long exact = reader.othersChanges();
            eventually(PATIENCE, () -> assertThat(reader.noticedChanges()).isEqualTo(exact));
        }
    }
}
