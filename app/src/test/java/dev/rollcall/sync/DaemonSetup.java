package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.FolderEvents;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon over real files and a real database, and short ways to write the ones and read the other. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class DaemonSetup {
    static final Duration SOON = Duration.ofSeconds(5);
    static final AgentId ADA = new AgentId("Ada");
    static final AgentId BOB = new AgentId("Bob");

    @TempDir
    Path folder;

    Workshop workshop;

    @BeforeEach
    void layOut() throws IOException {
        workshop = new Workshop(folder);
        put(ADA, document(1));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    DaemonBench watching() {
        return new DaemonBench(
                workshop.source(),
                new FolderEvents(new WorkspacesFolder(workshop.root)),
                workshop.database,
                InstantSource.system());
    }

    DaemonBench deaf() {
        return new DaemonBench(workshop.source(), new DeafChanges(), workshop.database, InstantSource.system());
    }

    void put(AgentId agent, String text) throws IOException {
        Path file = workshop.file(agent.value());
        Files.createDirectories(file.getParent());
        Path next = folder.resolve("next.json");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static String document(int cycle) {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + "}\n";
    }

    long cycle(AgentId agent) {
        return workshop.store()
                .find(agent)
                .flatMap(entry -> entry.columns().cycleCount())
                .orElse(-1L);
    }

    static void waitForAScan(DaemonBench bench) throws Exception {
        eventually(
                SOON, () -> assertThat(bench.daemon.state().scans().scannedAt()).isNotNull());
        Instant begun = Objects.requireNonNull(bench.daemon.state().scans().scannedAt());
        eventually(
                Duration.ofSeconds(8),
                () -> assertThat(bench.daemon.state().scans().scannedAt()).isAfter(begun));
    }

    List<String> kinds() {
        return workshop.store().after(RollFeed.BEGINNING, 1000).stream()
                .map(event -> event.kind().label())
                .toList();
    }

    Presence presence(AgentId agent) {
        return workshop.store().find(agent).orElseThrow().presence();
    }
}
