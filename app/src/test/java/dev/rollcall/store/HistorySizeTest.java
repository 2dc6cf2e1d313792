package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.UnparsedDocuments;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** History takes at most a tenth of what the documents take, and gives every one of them back. */
class HistorySizeTest {
    @TempDir
    Path folder;

    private record Version(AgentId agent, byte[] bytes) {}

    @Test
    void generatedVersionsTakeATenthAndComeBack() throws IOException {
        long seed = 20251015;
        Random random = new Random(seed);
        List<Version> versions = new ArrayList<>();
        List<String> tasks = new ArrayList<>();
        for (int cycle = 0; cycle < 200; cycle++) {
            tasks.add("    \"Finished task " + random.nextInt(10_000) + " of the " + random.nextInt(90) + "th plan\"");
            if (random.nextInt(60) == 0) {
                tasks.clear();
            }
            versions.add(new Version(
                    new AgentId("Agent-7"),
                    ("{\n  \"status\": \"ACTIVE\",\n  \"cycle_count\": " + cycle + ",\n  \"completed_tasks\": [\n"
                                    + String.join(",\n", tasks) + "\n  ]\n}\n")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        assertThat(shareAfterRecording(versions)).as("seed %d", seed).isLessThan(0.10);
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "ROLLCALL_REAL_STATUS",
            matches = ".+",
            disabledReason = "needs the folder of real status files")
    void realVersionsTakeATenthAndComeBack() throws IOException {
        Path history = Path.of(System.getenv("ROLLCALL_REAL_STATUS")).resolve("history");
        List<Version> versions = new ArrayList<>();
        for (String line : Files.readAllLines(history.resolve("index.tsv")).stream()
                .skip(1)
                .toList()) {
            String[] cells = line.split("\t", -1);
            versions.add(
                    new Version(new AgentId(cells[3]), Files.readAllBytes(history.resolve(cells[cells.length - 1]))));
        }
        assertThat(versions).hasSizeGreaterThan(500);
        assertThat(shareAfterRecording(versions)).isLessThanOrEqualTo(0.10);
    }

    private double shareAfterRecording(List<Version> versions) throws IOException {
        Map<Long, Version> recorded = new HashMap<>();
        Map<AgentId, Long> readings = new HashMap<>();
        Path file = folder.resolve("roll.db");
        try (SqlStore store = SqlStore.open(file.toString(), SwarmName.DEFAULT, Duration.ofSeconds(5))) {
            for (Version version : versions) {
                long reading = readings.merge(version.agent(), 1L, Long::sum) - 1;
                StatusDocument document = UnparsedDocuments.ofBytes(version.bytes());
                RecordOutcome outcome = store.record(
                                List.of(accepted(
                                        sighting(version.agent().value(), reading, NOON.plusSeconds(recorded.size())),
                                        document,
                                        columns(1))),
                                Durability.AT_ONCE)
                        .getFirst();
                if (outcome instanceof RecordOutcome.Recorded added) {
                    recorded.put(added.revision(), version);
                }
            }
            recorded.forEach((revision, version) -> assertThat(
                            ((StoredDocument.Intact) store.document(version.agent(), revision)).bytes())
                    .isEqualTo(version.bytes()));
        }
        long original =
                recorded.values().stream().mapToLong(v -> v.bytes().length).sum();
        long stored = Long.parseLong(HandEdits.query(file, "SELECT sum(length(document)) FROM status_history")
                .getFirst());
        return (double) stored / original;
    }
}
