package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.ChangeFixtures;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs docs/captains-questions.md over a swarm of three days. To write its output anew:
 * {@code ./mvnw -pl app test -Dtest=CaptainsQuestionsTest -Drollcall.write.reference=true}.
 */
class CaptainsQuestionsTest {
    private static final Path PAGE = Path.of("..", "docs", "captains-questions.md");
    private static final Pattern COMMAND = Pattern.compile("(?s)```console\n\\$ (.*?)\n(.*?)```");
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());

    @TempDir
    Path folder;

    private final Map<String, Long> readings = new HashMap<>();

    @Test
    void thePageSaysWhatIsPrinted() throws IOException {
        Shell shell = new Shell(folder);
        Files.createDirectories(shell.database().getParent());
        try (SqlStore store = SqlStore.open(shell.database().toString(), SwarmName.DEFAULT, Duration.ofSeconds(5))) {
            record(store);
        }
        String page = Files.readString(PAGE);
        String wanted = COMMAND.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(
                        "```console\n$ " + block.group(1) + "\n" + output(shell, block.group(1)) + "```"));
        if (Boolean.getBoolean("rollcall.write.reference")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(PAGE).content().isEqualTo(wanted);
        assertThat(wanted).contains("circular: Agent-2, Agent-3");
    }

    private static String output(Shell shell, String command) {
        if (command.startsWith("rollcall ")) {
            Shell.Result result =
                    shell.run(command.substring("rollcall ".length()).split(" "));
            assertThat(result.err()).as(command).isEmpty();
            return result.out().replace("\r", "");
        }
        return rows(shell.database(), command.substring(command.indexOf('"') + 1, command.length() - 1));
    }

    /** As the sqlite3 shell prints them. */
    private static String rows(Path database, String query) {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    String value = found.getString(column);
                    rows.append(column == 1 ? "" : "|").append(value == null ? "" : value);
                }
                rows.append('\n');
            }
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
        return rows.toString();
    }

    private void record(SqlStore store) {
        write(store, "2025-10-13T08:00", "Agent-1", "ACTIVE|Chart the reef|100|4|'Sound the channel'|");
        write(store, "2025-10-13T08:10", "Agent-2", "ACTIVE|Mend the sails|40|2|'Find a needle'|");
        write(store, "2025-10-13T08:20", "Agent-3", "ACTIVE|Light the lamp|0|1||");
        write(store, "2025-10-13T09:00", "Agent-4", "IDLE||0|0||");
        write(
                store,
                "2025-10-13T12:00",
                "Agent-1",
                "ACTIVE|Chart the reef|150|5|'Sound the channel','Mark the shoals'|");
        write(
                store,
                "2025-10-13T18:00",
                "Agent-1",
                "COMPLETE|Chart the reef|250|6|'Mark the shoals','Sound the channel','Draw the chart'|");
        write(store, "2025-10-14T07:00", "Agent-1", "ACTIVE|Repaint the buoys|250|7|'Draw the chart'|");
        write(
                store,
                "2025-10-14T09:00",
                "Agent-2",
                "BLOCKED|Mend the sails|60|3|'Find a needle','Cut the cloth'|'Agent-3 has the lamp oil'");
        write(store, "2025-10-14T15:00", "Agent-3", "ACTIVE|Light the lamp|20|2|'Trim the wick'|");
        store.record(
                List.of(ChangeFixtures.refused(sighting("Agent-4", "2025-10-15T06:00"), "{\"status\": ")),
                Durability.LATER);
        write(store, "2025-10-15T10:00", "Agent-1", "ACTIVE|Repaint the buoys|300|8|'Draw the chart','First buoy'|");
        write(
                store,
                "2025-10-15T11:00",
                "Agent-3",
                "BLOCKED|Light the lamp|20|3|'Trim the wick'|'waits for agent-2 to lower the sail'");
        write(store, "2025-10-15T23:30", "Agent-1", "ACTIVE|Repaint the buoys|350|9|'First buoy','Second buoy'|");
    }

    private Sighting sighting(String agent, String minute) {
        long reading = readings.merge(agent, 1L, Long::sum) - 1;
        return ChangeFixtures.sighting(agent, reading, Instant.parse(minute + ":00Z"));
    }

    /** @param told status, mission, points, cycles, completed tasks and blockers */
    private void write(SqlStore store, String minute, String agent, String told) {
        List<String> parts = List.of(told.split("\\|", -1));
        String json = """
                {"status": "%s", "current_mission": "%s", "points_earned": %s, "cycle_count": %s,
                 "completed_tasks": [%s], "blockers": [%s]}
                """.formatted(parts.toArray()).replace('\'', '"');
        if (!(StatusParser.parse(json.getBytes(StandardCharsets.UTF_8)) instanceof ParseResult.Parsed parsed)) {
            throw new AssertionError(json);
        }
        Sighting sighting = sighting(agent, minute);
        RollChange change = new RollChange.Accepted(
                sighting,
                parsed.document().content(),
                StatusView.columns(parsed.document(), new AgentId(agent), RULES, sighting.observedAt()),
                List.of(),
                Origin.SYNC,
                RollChange.Extent.CHANGES);
        store.record(List.of(change), Durability.LATER);
    }
}
