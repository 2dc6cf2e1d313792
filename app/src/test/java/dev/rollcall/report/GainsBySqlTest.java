package dev.rollcall.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.SwarmName;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link CounterGains} and the view agent_daily_activity count by one definition. */
class GainsBySqlTest {
    private static final Instant START = Instant.parse("2025-10-15T00:00:00Z");
    private static final int DAYS = 4;
    private static final List<String> AGENTS = List.of("Agent-1", "Agent-2");

    @TempDir
    Path folder;

    private RecordedLives lives;

    @BeforeEach
    void open() {
        lives = new RecordedLives(folder.resolve("roll.db"));
    }

    @AfterEach
    void close() {
        lives.close();
    }

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }

    /** Each agent's gains of each day on which it gained anything, as the report counts them. */
    private List<String> byReport() {
        List<String> gains = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            Window window = new Window(day(day), day(day + 1).minus(1, ChronoUnit.MICROS));
            Report report = Reporting.of(
                    lives.store().past(),
                    new ReportRequest(
                            SwarmName.DEFAULT, null, window, window.from(), FreshnessPolicy.DEFAULT, Map.of()));
            for (AgentFigures agent : report.agents()) {
                Activity activity = agent.activity();
                add(gains, agent.agent().value(), day, activity.cyclesGained(), activity.pointsGained());
            }
        }
        return gains.stream().sorted().toList();
    }

    private List<String> byView() {
        List<String> gains = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("roll.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT agent_id, CAST(julianday(day) - julianday('2025-10-15') AS INTEGER), cycles_gained,"
                                + " points_gained FROM agent_daily_activity")) {
            while (rows.next()) {
                add(
                        gains,
                        rows.getString(1),
                        rows.getInt(2),
                        new BigDecimal(rows.getString(3)),
                        new BigDecimal(rows.getString(4)));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return gains.stream().sorted().toList();
    }

    private static void add(List<String> gains, String agent, int day, BigDecimal cycles, BigDecimal points) {
        if (cycles.signum() != 0 || points.signum() != 0) {
            gains.add(agent + " day " + day + ": " + cycles.stripTrailingZeros().toPlainString() + " cycles, "
                    + points.stripTrailingZeros().toPlainString() + " points");
        }
    }

    @Test
    void aVersionWithoutTheNumberIsPassedOverInTheWindowAndBeforeIt() {
        lives.version("Agent-1", day(0), "{\"status\":\"ACTIVE\",\"cycle_count\":1,\"points_earned\":10}");
        lives.version("Agent-1", day(0).plusSeconds(60), "{\"status\":\"ACTIVE\"}");
        lives.version("Agent-1", day(0).plusSeconds(90), "{\"status\":\"ACTIVE\",\"cycle_count\":3}");
        lives.version("Agent-1", day(0).plusSeconds(99), "{\"status\":\"BLOCKED\"}");
        lives.version("Agent-1", day(2), "{\"status\":\"ACTIVE\",\"cycle_count\":4,\"points_earned\":15}");

        assertThat(byReport())
                .containsExactly("Agent-1 day 0: 2 cycles, 0 points", "Agent-1 day 2: 1 cycles, 5 points");
        assertThat(byView()).isEqualTo(byReport());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverTheLivesBothCountTheSame(long seed) {
        Random random = new Random(seed);
        for (String agent : AGENTS) {
            Instant at = day(0);
            for (int version = 0; at.isBefore(day(DAYS)); version++) {
                lives.version(
                        agent,
                        at,
                        "{\"status\":\"ACTIVE\",\"version\":" + version + number(random, "cycle_count")
                                + number(random, "points_earned") + "}");
                at = at.plus(Duration.ofHours(random.nextInt(20)));
            }
        }

        assertThat(byView()).as("seed " + seed).isNotEmpty().isEqualTo(byReport());
    }

    private static String number(Random random, String name) {
        return random.nextInt(2) == 0 ? "" : ",\"" + name + "\":" + random.nextInt(9);
    }
}
