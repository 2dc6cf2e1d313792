package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Rollcall;
import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.RollEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Real files that broke other readers, each as an agent's next status.json. */
@EnabledIfEnvironmentVariable(
        named = RealHistoryReplayTest.REAL,
        matches = ".+",
        disabledReason = "the folder of real status files is not on this machine")
class RealOddFilesTest {
    private static final String GOOD = "{\"agent_id\": \"it\", \"status\": \"IDLE\", \"cycle_count\": 41}";

    /** The class that stands first in a file's name, and the code it must be rejected with. */
    private static final Map<String, String> CODES = Map.of(
            "04", "conflict_markers",
            "07", "bare_text",
            "09", "two_documents",
            "11", "trailing_text",
            "14", "syntax",
            "15", "truncated",
            "17", "syntax");

    /** How a file's name begins, and the finding that it must have; the first that fits counts. */
    private static final List<Map.Entry<String, String>> FINDINGS = List.of(
            Map.entry("163_toplevel_keys", "duplicate_key"),
            Map.entry("agent_id_missing", "missing_agent_id agent_id"),
            Map.entry("agent_id_", "agent_id_differs agent_id"),
            Map.entry("blockers_dict", ""),
            Map.entry("blockers_str_none", ""),
            Map.entry("current_mission_dict", ""),
            Map.entry("current_mission_null", "from_fsm_state fsm_state"),
            Map.entry("dup_key_last_updated", "duplicate_key last_updated"),
            Map.entry("dup_key_status", "duplicate_key status"),
            Map.entry("fsm_state_dict", ""),
            Map.entry("invalid_minute_73", "time_unreadable last_updated"),
            Map.entry("next_actions_dict", ""),
            Map.entry("points_dict", "wrong_type points_earned"),
            Map.entry("points_str", "missing_status status"),
            Map.entry("status_long_compound", ""),
            Map.entry("status_missing", "from_work_status work_status.status"),
            Map.entry("timestamp_current_session", "time_unreadable last_updated"),
            Map.entry("timestamp_minutes_only", "time_without_zone last_updated"));

    /** How a file's name begins, a column, and what that must match: what the odd member means. */
    private static final Map<String, Map.Entry<StatusField, String>> COLUMNS = Map.of(
            "blockers_dict", Map.entry(StatusField.BLOCKERS, "\\[\\]"),
            "blockers_str_none", Map.entry(StatusField.BLOCKERS, "\\[\\]"),
            "current_mission_dict", Map.entry(StatusField.CURRENT_MISSION, "[^{}]+"),
            "fsm_state_dict", Map.entry(StatusField.FSM_STATE, "[A-Z]+"),
            "status_missing", Map.entry(StatusField.STATUS, "[^{}]+"),
            "timestamp_minutes_only", Map.entry(StatusField.LAST_UPDATED, ".*:00Z"));

    @TempDir
    private Path folder;

    /** The codes of those versions of the history that are among the malformed files, by their number there. */
    static Map<Integer, String> malformedCodes() throws IOException {
        Map<Integer, String> codes = new LinkedHashMap<>();
        for (Path file : real("malformed")) {
            String[] parts = file.getFileName().toString().split("__");
            if (parts[1].equals("autodream")) {
                codes.put(Integer.valueOf(parts[2]), CODES.get(parts[0].substring(0, 2)));
            }
        }
        return codes;
    }

    @Test
    void everyMalformedFileIsRejectedAsItsClassAndTheLastGoodVersionStays() throws IOException {
        Shell shell = new Shell(folder);
        for (Path file : real("malformed")) {
            String name = file.getFileName().toString();
            shell.write("it", GOOD);
            assertThat(shell.run("sync", "--all", "--json").exitCode()).as(name).isZero();

            shell.write("it", Files.readAllBytes(file));
            Shell.Result sync = shell.run("sync", "--all", "--json");

            assertThat(sync.exitCode()).as(name).isEqualTo(1);
            assertThat(sync.out()).as(name).contains("\"code\":\"" + CODES.get(name.substring(0, 2)) + "\"");
            assertThat(shell.run("get", "it", "--json").out())
                    .as(name)
                    .contains("\"cycle_count\":41")
                    .doesNotContain("\"rejected_since\":null");
            assertThat(shell.run("verify", "--agent", "it").out()).as(name).contains("REJECTED");
        }
        assertThat(shell.run("history", "it", "--json").out().split("\"revision\":", -1))
                .hasSize(2);
    }

    @Test
    void everyTrickyFileIsAcceptedWithTheFindingsThatItsNameTells() throws IOException {
        for (Path file : real("tricky")) {
            String name = file.getFileName().toString();
            Shell shell = new Shell(Files.createDirectory(folder.resolve(name)));
            String agent = name.split("__")[3];
            shell.write(agent, Files.readAllBytes(file));
            RollEntry entry = synced(shell.root, agent);
            assertThat(entry.columns().findings().stream().map(f -> f.code() + " " + f.member()))
                    .as(name)
                    .anyMatch(finding -> finding.startsWith(expected(name)));
            COLUMNS.forEach((prefix, column) -> {
                if (name.startsWith(prefix)) {
                    assertThat(entry.columns().text(column.getKey()).orElse("absent"))
                            .as(name)
                            .matches(column.getValue());
                }
            });
        }
    }

    private static String expected(String name) {
        return FINDINGS.stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is expected of " + name))
                .getValue();
    }

    private static RollEntry synced(Path root, String agent) {
        AgentId id = new AgentId(agent);
        try (Rollcall rollcall = Rollcall.open(root)) {
            assertThat(rollcall.sync(id, Extent.CHANGES).recorded()).as(agent).isEqualTo(1);
            return rollcall.roll().find(id).orElseThrow();
        }
    }

    private static List<Path> real(String part) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getenv(RealHistoryReplayTest.REAL), part))) {
            return files.sorted().toList();
        }
    }
}
