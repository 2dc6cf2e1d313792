package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A swarm and one watch over it, in a process that goes on through whatever a fault test does to it. */
final class WatchedSwarm implements AutoCloseable {
    /** Three times what is promised, as other work may have the machine; how long it took is printed. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int LETTERS = 200;

    final Swarm swarm;
    private final String watchedDatabase;
    private final String database;
    private final Path said;
    private @Nullable Process watch;

    WatchedSwarm(Path folder) {
        this(folder, new Swarm(folder).database());
    }

    WatchedSwarm(Path folder, Path database) {
        this(folder, database.toString(), database.toString());
    }

    /** @param watchedDatabase as the watch and doctor have it; whoever looks into the roll has it as {@code database} */
    WatchedSwarm(Path folder, String watchedDatabase, String database) {
        this.swarm = new Swarm(folder);
        this.watchedDatabase = watchedDatabase;
        this.database = database;
        this.said = folder.resolve("watch.txt");
    }

    static String name(int agent) {
        return "Agent-" + agent;
    }

    static List<String> names(int agents) {
        return IntStream.range(0, agents).mapToObj(WatchedSwarm::name).toList();
    }

    static String document(int version) {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + version + ", \"current_phase\": \""
                + Character.toString('a' + version % 26).repeat(LETTERS) + "\"}\n";
    }

    void write(String agent, int version) throws IOException {
        Files.createDirectories(swarm.file(agent).getParent());
        Manner.REPLACE.write(swarm.file(agent), document(version));
    }

    void writeAll(int agents, int version) throws IOException {
        for (String agent : names(agents)) {
            write(agent, version);
        }
    }

    /** Starts the one watch of this test, by way of another program where {@code through} names one. */
    Process start(List<String> through) throws IOException {
        ProcessBuilder command = swarm.command(through, "watch", "--db", watchedDatabase);
        Process started = command.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said.toFile())
                .start();
        watch = started;
        return started;
    }

    Process process() {
        return Objects.requireNonNull(watch, "not started");
    }

    /** What {@code doctor} says, on one line, without what is odd about each agent. */
    String doctor() {
        return swarm.runHere("doctor", "--db", watchedDatabase)
                .out()
                .replaceAll("(?m)^  [a-z_]+: .*$", "")
                .replaceAll("\\s+", " ");
    }

    /** Returns as soon as doctor says all this, and prints how long that took. */
    void assertTold(String fault, String... words) throws Exception {
        within(fault + " is told", () -> assertThat(doctor()).contains(words));
    }

    /** As {@link #assertTold}, of a watch that knows of no trouble. */
    void assertHealed(String fault) throws Exception {
        within(fault + " is over", () -> assertThat(doctor()).contains("folders watched", "Nothing needs attention."));
    }

    /** As soon as the agent's row is of this version. */
    void assertRow(String agent, int version) throws Exception {
        eventually(PATIENCE, () -> assertThat(cycle(agent)).as(agent).isEqualTo(version));
    }

    void assertRows(List<String> agents, int version) throws Exception {
        for (String agent : agents) {
            assertRow(agent, version);
        }
    }

    /** As {@link Eventually#eventually}; prints how long it took. */
    static void within(String what, ThrowingCallable assertion) throws Exception {
        long began = System.nanoTime();
        eventually(PATIENCE, assertion);
        System.out.printf(Locale.ROOT, "fault: %s after %.2f s%n", what, (System.nanoTime() - began) / 1e9);
    }

    /** The cycle of the agent's row; -1 without one. */
    long cycle(String agent) {
        return entry(agent).flatMap(entry -> entry.columns().cycleCount()).orElse(-1L);
    }

    private Optional<RollEntry> entry(String agent) {
        try (SqlStore store = store()) {
            return store.find(new AgentId(agent));
        }
    }

    SqlStore store() {
        return SqlStore.openForReading(database.toString(), SwarmName.DEFAULT, Duration.ofSeconds(10));
    }

    /** Everybody has words and vectors: what is loaded and started for that is loaded and started by then. */
    void assertSearchable() throws Exception {
        eventually(PATIENCE, () -> {
            try (SqlStore store = store()) {
                assertThat(store.passageQueue().size()).isZero();
            }
        });
    }

    void assertNobodyLeft() {
        try (SqlStore store = store()) {
            assertThat(store.list())
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.presence()).isEqualTo(Presence.PRESENT));
        }
    }

    /** The watch is the one that was started, ends well on a signal, and has left a roll without drift. */
    void assertEndsWell(String context) throws Exception {
        assertThat(process().isAlive()).as(() -> context + ": " + said()).isTrue();
        process().destroy();
        assertThat(process().waitFor(30, TimeUnit.SECONDS)).as(context).isTrue();
        assertThat(process().exitValue()).as(() -> context + ": " + said()).isZero();
        var verify = swarm.runHere("verify", "--all", "--deep", "--db", database);
        assertThat(verify.exitCode()).as(context + ": " + verify).isZero();
    }

    /** Returns as soon as the watch itself says this, and prints how long that took. */
    void assertSaid(String fault, String words) throws Exception {
        within(fault + " is said", () -> assertThat(said()).contains(words));
    }

    private String said() {
        try {
            return Files.readString(said);
        } catch (IOException nothing) {
            return "";
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.destroyForcibly();
        }
    }
}
