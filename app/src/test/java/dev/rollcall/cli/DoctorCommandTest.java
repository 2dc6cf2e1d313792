package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.Migrations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} tells people; with a watch: {@code WatchTest}. */
class DoctorCommandTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void anAgeIsToldAsListTellsIt() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(407)).truncatedTo(ChronoUnit.SECONDS);
        shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"last_updated\":\"" + longAgo + "\"}");
        shell.run("sync", "--all");

        assertThat(shell.run("doctor").out().replaceAll("\\s+", " "))
                .contains("its last sign of life is 407d ago")
                .contains("1 agent with a status.json");
    }

    @Test
    void filesThatNobodyHasRecordedAreNoGoodHealth() {
        shell.write("Ada", "{\"status\":\"ACTIVE\"}");
        shell.write("Bob", "{\"status\":");

        Shell.Result before = shell.run("doctor");
        shell.run("sync", "--agent", "Bob");
        Shell.Result half = shell.run("doctor");
        shell.run("sync", "--all");

        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.out()).contains("2 agents have a status.json that was never recorded");
        assertThat(half.out()).contains("1 agent has a status.json that was never recorded");
        assertThat(shell.run("doctor").out()).doesNotContain("never recorded");
    }

    @Test
    void theSchemaIsOneLine() {
        shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        assertThat(shell.run("doctor").out())
                .contains("\nschema         none yet, " + Migrations.latest()
                        + " more to apply: rollcall migrate apply\n");
        shell.run("sync", "--all");

        assertThat(shell.run("doctor").out().lines().filter(line -> line.startsWith("schema ")))
                .hasSize(1)
                .allMatch(line -> line.matches("schema +\\d+ \\(\\w+\\)"));
    }

    @Test
    void theIndexIsToldOfInThreeLines() {
        assertThat(shell.run("doctor").out()).doesNotContain("passages");
        shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"current_mission\":\"Chart the tides\"}");
        shell.run("sync", "--all");
        assertThat(shell.run("doctor").out())
                .containsPattern("passages +1 now, 0 of past work; 0 embedded; 1 agent waiting\n")
                .containsPattern("model +none yet: rollcall index\n");
        shell.run("index");
        shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"current_mission\":\"Mend the nets\"}");
        shell.run("sync", "--all");
        shell.run("index");

        assertThat(shell.run("doctor").out())
                .containsPattern("passages +2 now, 2 of past work; 4 embedded; nobody waits\n")
                .containsPattern("model +\\S.*, 384 dimensions\n")
                .containsPattern("index +in memory, compared one by one\n");
        assertThat(shell.run("--json", "doctor").out()).contains("\"label\":\"index\"");
    }

    @Test
    void harmlessFindingsAreCountedAndStandApart() {
        shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"last_updated\":\"2026-01-01T00:00:00Z\"}");
        shell.write("Agent-8", "{\"status\":\"AT SEA\",\"last_updated\":\"2026-01-01T00:00:00Z\"}");
        shell.run("sync", "--all");

        assertThat(shell.run("doctor").out())
                .contains("\n\nAgent-8\n  unknown_status: ")
                .doesNotContain("missing_agent_id")
                .endsWith("\nand 2 harmless findings, see rollcall get ID or -v\n");
        assertThat(shell.run("doctor", "-v").out())
                .contains("Agent-7\n  missing_agent_id: ")
                .doesNotContain("harmless");
    }
}
