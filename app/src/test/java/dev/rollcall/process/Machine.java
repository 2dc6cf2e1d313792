package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One of the machines that share a roll: a root, its source's name, and the processes that work there. */
final class Machine implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    final Swarm swarm;
    final String source;
    private final String database;
    private final List<Process> started = new ArrayList<>();

    Machine(Path folder, String source, String database) {
        this.swarm = new Swarm(folder);
        this.source = source;
        this.database = database;
    }

    static String document(String agent, int version) {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + version + ", \"current_mission\": \"" + agent + " at "
                + version + "\"}\n";
    }

    void write(String agent, int version) throws IOException {
        Files.createDirectories(swarm.file(agent).getParent());
        Manner.REPLACE.write(swarm.file(agent), document(agent, version));
    }

    /** A process that goes on; what it says is in {@link #said} and {@link #printed}. */
    Process start(String... arguments) throws IOException {
        Process process = swarm.command(List.of(), shared(arguments).toArray(String[]::new))
                .redirectOutput(
                        Redirect.appendTo(swarm.folder().resolve("out.txt").toFile()))
                .redirectError(
                        Redirect.appendTo(swarm.folder().resolve("err.txt").toFile()))
                .start();
        started.add(process);
        return process;
    }

    /** The command in this process. */
    Result run(String... arguments) {
        return swarm.runHere(shared(arguments).toArray(String[]::new));
    }

    private List<String> shared(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--db", database, "--source", source));
        return all;
    }

    String doctor() {
        return run("doctor").out().replaceAll("\\s+", " ");
    }

    String said() {
        return read("err.txt");
    }

    String printed() {
        return read("out.txt");
    }

    private String read(String name) {
        try {
            return Files.readString(swarm.folder().resolve(name));
        } catch (IOException nothingYet) {
            return "";
        }
    }

    /** The roll as everybody sees it. */
    SqlStore roll() {
        return SqlStore.openForReading(database, SwarmName.DEFAULT, Duration.ofSeconds(10));
    }

    void assertRow(String agent, int version) {
        try (SqlStore roll = roll()) {
            RollEntry entry = roll.find(new AgentId(agent)).orElseThrow(() -> new AssertionError("no " + agent));
            assertThat(entry.columns().cycleCount()).as(agent).contains((long) version);
            assertThat(entry.presence()).as(agent).isEqualTo(Presence.PRESENT);
        }
    }

    /** Every version of the agent that the roll holds, oldest first. */
    List<String> history(String agent) {
        AgentId id = new AgentId(agent);
        try (SqlStore roll = roll()) {
            List<String> documents = new ArrayList<>();
            for (HistoryRow row : roll.storedHistory(id)) {
                documents.add(
                        switch (roll.document(id, row.revision())) {
                            case StoredDocument.Intact(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
                            case StoredDocument.Damaged(String reason) -> throw new AssertionError(reason);
                        });
            }
            return documents;
        }
    }

    /** What the log of events tells of the agent. */
    List<String> kinds(String agent) {
        try (SqlStore roll = roll()) {
            return roll.after(0, 10_000).stream()
                    .filter(event -> event.agent().value().equals(agent))
                    .map(event -> event.kind().label())
                    .toList();
        }
    }

    void assertClean() {
        Result verify = run("verify", "--all", "--deep");
        assertThat(verify.exitCode()).as(source + ": " + verify).isZero();
        assertThat(verify.out()).as(source).containsPattern("\\d+ agents?: \\d+ synced");
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
