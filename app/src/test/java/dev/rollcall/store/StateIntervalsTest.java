package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The view {@code agent_state_intervals} over many versions and gaps. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StateIntervalsTest {
    private static final String COLUMNS = "swarm, agent_id, state, status, revision, started_at, ended_at, seconds";

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("roll.db");
    }

    @BeforeEach
    void open() {
        SqlStore.open(file().toString(), SwarmName.DEFAULT, Duration.ofSeconds(5))
                .close();
    }

    /** Quadratic and easy to follow: how the view was written first. */
    private String byDefinition() {
        String sql = Migration.ofSqlite().get(6).sql();
        int begin = sql.indexOf("WITH gaps AS", sql.indexOf("CREATE VIEW agent_state_intervals AS"));
        return sql.substring(begin, sql.indexOf(';', begin));
    }

    @Test
    void itsRowsAreThoseOfItsDefinitionWhateverLiesOverWhat() {
        long seed = Long.getLong("rollcall.seed", 20251015);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            HandEdits.run(file(), "DELETE FROM status_history");
            HandEdits.run(file(), "DELETE FROM agent_gaps");
            fill(random);

            List<String> rows = rows("SELECT " + COLUMNS + " FROM agent_state_intervals");

            assertThat(rows)
                    .as("seed %d, round %d", seed, round)
                    .containsExactlyInAnyOrderElementsOf(rows("SELECT " + COLUMNS + " FROM (" + byDefinition() + ")"));
            assertThat(rows("SELECT " + COLUMNS + " FROM agent_state_intervals WHERE agent_id = 'Agent-1'"))
                    .as("seed %d, round %d", seed, round)
                    .containsExactlyInAnyOrderElementsOf(rows.stream()
                            .filter(row -> row.contains("|Agent-1|"))
                            .toList());
        }
    }

    private List<String> rows(String query) {
        return HandEdits.query(file(), query);
    }

    /** Few moments, so that much falls on the same one. */
    private void fill(Random random) {
        List<String> versions = new ArrayList<>();
        for (int i = random.nextInt(12) + 1; i > 0; i--) {
            String state = List.of("ACTIVE", "BLOCKED", "IDLE").get(random.nextInt(3));
            versions.add("('" + swarm(random) + "', '" + agent(random) + "', '" + moment(random.nextInt(12)) + "', '"
                    + state + "', '" + state + " " + i + "')");
        }
        HandEdits.run(
                file(),
                "INSERT INTO status_history (swarm, agent_id, observed_at, state, status) VALUES "
                        + String.join(", ", versions));
        for (int i = random.nextInt(8); i > 0; i--) {
            int from = random.nextInt(12);
            String until = random.nextInt(4) == 0 ? "NULL" : "'" + moment(from + random.nextInt(4)) + "'";
            String kind = List.of("LEFT", "REJECTED", "PRUNED").get(random.nextInt(3));
            HandEdits.run(
                    file(),
                    "INSERT OR IGNORE INTO agent_gaps (swarm, agent_id, kind, began_at, ended_at) VALUES ('"
                            + swarm(random) + "', '" + agent(random) + "', '" + kind + "', '" + moment(from) + "', "
                            + until + ")");
        }
    }

    private static String swarm(Random random) {
        return random.nextInt(5) == 0 ? "other" : "default";
    }

    private static String agent(Random random) {
        return random.nextInt(3) == 0 ? "Agent-2" : "Agent-1";
    }

    private static String moment(int minute) {
        return "2025-10-15T12:%02d:00.000000Z".formatted(minute);
    }

    @Test
    void itTakesSecondsOverWhatWouldTakeMinutesForEachPair() {
        HandEdits.run(
                file(),
                "INSERT INTO status_history (swarm, agent_id, observed_at, state)"
                        + " WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)"
                        + " SELECT 'default', 'Agent-1', " + at("i * 60") + ", iif(i % 2, 'ACTIVE', 'IDLE') FROM n");
        HandEdits.run(
                file(),
                "INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, ended_at)"
                        + " WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49999)"
                        + " SELECT 'default', 'Agent-1', 'REJECTED', " + at("i * 120 + 20") + ", " + at("i * 120 + 40")
                        + " FROM n");

        assertThat(rows("SELECT state, round(seconds), intervals FROM agent_time_in_state ORDER BY state"))
                .containsExactly("ACTIVE|2999940.0|49999", "IDLE|2000000.0|100000");
    }

    private static String at(String seconds) {
        return "strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1760529600 + " + seconds + ", 'unixepoch')";
    }
}
