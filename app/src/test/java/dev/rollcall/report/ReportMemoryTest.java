package dev.rollcall.report;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Main;
import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.files.ChildJvm;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report with less memory than the documents that it reads take. */
class ReportMemoryTest {
    private static final AgentId AGENT = new AgentId("Agent-7");
    private static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");
    private static final int VERSIONS = 1000;
    private static final String MEMORY = "-Xmx64m";

    @TempDir
    Path folder;

    @Test
    void thousandsOfLargeVersionsOfOneAgentDoNotFillTheMemory() throws Exception {
        Shell shell = new Shell(folder);
        Files.createDirectories(shell.database().getParent());
        try (SqlStore store = SqlStore.open(shell.database().toString(), SwarmName.DEFAULT, Duration.ofSeconds(10))) {
            for (int version = 0; version < VERSIONS; version++) {
                store.record(List.of(version(version)), Durability.LATER);
            }
        }

        ProcessBuilder report = ChildJvm.command(
                List.of(),
                Main.class,
                "--root",
                shell.root.toString(),
                "report",
                "--since",
                "2025-10-15",
                "--until",
                "2025-10-17",
                "--format",
                "csv");
        report.command().add(1, MEMORY);
        Process process = report.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(out).contains("tasks_completed,," + (VERSIONS - 1) + ",");
    }

    /** Two hundred kilobytes: a mission, a focus and a blocker that no other version has, and tasks that all but one have. */
    private static RollChange version(int number) {
        String own =
                IntStream.range(0, 3000).mapToObj(i -> "v" + number + "w" + i).collect(joining(" "));
        List<String> tasks = new ArrayList<>();
        for (int task = 0; task < 1000; task++) {
            tasks.add("\"" + "Carried lamp oil up the stairs ".repeat(3) + task + "\"");
        }
        tasks.add("\"" + number + "\"");
        String json = "{\"status\":\"BLOCKED\",\"current_mission\":\"" + own + "\",\"current_focus\":\"" + own
                + "\",\"blockers\":[\"" + own + "\"],\"completed_tasks\":" + tasks + "}";
        Instant at = NOON.plusSeconds(number);
        StatusDocument document =
                ((ParseResult.Parsed) StatusParser.parse(json.getBytes(StandardCharsets.UTF_8))).document();
        return new RollChange.Accepted(
                new Sighting(AGENT, number, "stamp", "", "/swarm/Agent-7/status.json", at, at),
                document.content(),
                StatusView.columns(document, AGENT, RecordedLives.RULES, at),
                List.of(),
                Origin.SYNC,
                RollChange.Extent.CHANGES);
    }
}
