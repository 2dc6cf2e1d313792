package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.process.Machine.SOON;
import static dev.rollcall.process.Machine.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.PostgresForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two machines, each with a watch over a root of its own, and one roll. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedWatchTest {
    private static final int CHANGES = Soak.times(100, 5_000);

    @TempDir
    private static Path folder;

    private static String database = "";
    private static Machine first;
    private static Machine second;

    @BeforeAll
    static void twoWatches() throws Exception {
        database = PostgresForTests.freshUrl();
        first = new Machine(folder.resolve("first"), "first:/agents", database);
        second = new Machine(folder.resolve("second"), "second:/agents", database);
        for (Machine machine : List.of(first, second)) {
            machine.write(machine.swarm.folder().getFileName() + "-stays", 1);
            machine.start("watch");
        }
        for (Machine machine : List.of(first, second)) {
            eventually(SOON, () -> assertThat(machine.said()).contains("watching 1 agent"));
        }
    }

    @AfterAll
    static void end() {
        first.close();
        second.close();
    }

    private static String owner(String agent) {
        return String.join(
                ",",
                PostgresForTests.query(database, "SELECT source FROM agent_sources WHERE agent_id = '" + agent + "'"));
    }

    @Test
    void bothRecordAtOnceAndNothingIsLostMixedOrTwice() throws Exception {
        long seed = Soak.seed();
        List<CompletableFuture<int[]>> writers = List.of(first, second).stream()
                .map(machine -> CompletableFuture.supplyAsync(() -> writeAround(machine, seed)))
                .toList();
        List<int[]> last = writers.stream().map(CompletableFuture::join).toList();

        long revisions = 0;
        for (int side = 0; side < 2; side++) {
            Machine machine = List.of(first, second).get(side);
            for (int agent = 0; agent < 4; agent++) {
                String name = busy(machine, agent);
                int version = last.get(side)[agent];
                eventually(SOON, () -> machine.assertRow(name, version));
                List<String> history = machine.history(name);
                revisions += history.size();
                assertThat(history)
                        .as("seed %d, %s", seed, name)
                        .doesNotHaveDuplicates()
                        .isSubsetOf(IntStream.rangeClosed(0, version)
                                .mapToObj(one -> document(name, one))
                                .toList())
                        .isSortedAccordingTo(Comparator.comparingInt(SharedWatchTest::cycle))
                        .endsWith(document(name, version));
                assertThat(machine.kinds(name)).as(name).contains("joined").doesNotContain("left");
                assertThat(owner(name)).isEqualTo(machine.source);
            }
        }
        assertThat(revisions).isGreaterThan(CHANGES / 2);
        System.out.printf("shared watch: %d changes of 8 agents, %d revisions%n", 2 * CHANGES, revisions);
        first.assertClean();
        second.assertClean();
        assertThat(PostgresForTests.query(database, "SELECT source, fence FROM watch_leases ORDER BY source"))
                .as("each leads its own")
                .containsExactly("first:/agents|1", "second:/agents|1");
    }

    private static String busy(Machine machine, int agent) {
        return machine.swarm.folder().getFileName() + "-busy-" + agent;
    }

    /** Returns the last version of each agent. */
    private static int[] writeAround(Machine machine, long seed) {
        Random random = new Random(seed + machine.source.hashCode());
        int[] last = new int[4];
        try {
            for (int agent = 0; agent < last.length; agent++) {
                machine.write(busy(machine, agent), 0);
            }
            for (int change = 0; change < CHANGES; change++) {
                int agent = random.nextInt(last.length);
                String name = busy(machine, agent);
                machine.write(name, ++last[agent]);
                if (change % 4 == 0) {
                    // Else the watch would see little of them: a file that is written again at once is one change to
                    // it.
                    int version = last[agent];
                    eventually(SOON, () -> machine.assertRow(name, version));
                }
            }
            return last;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int cycle(String document) {
        return Integer.parseInt(document.replaceAll("(?s).*\"cycle_count\": (\\d+).*", "$1"));
    }

    @Test
    void anAgentWhoseFolderIsMovedLeavesOneAndGoesOnAtTheOther() throws Exception {
        first.write("Mover", 1);
        eventually(SOON, () -> first.assertRow("Mover", 1));

        Files.move(first.swarm.root().resolve("Mover"), second.swarm.root().resolve("Mover"));

        eventually(SOON, () -> assertThat(owner("Mover")).isEqualTo(second.source));
        eventually(SOON, () -> second.assertRow("Mover", 1));
        second.write("Mover", 2);
        eventually(SOON, () -> second.assertRow("Mover", 2));
        assertThat(second.kinds("Mover")).startsWith("joined", "left", "returned");
        assertThat(second.history("Mover").stream().distinct())
                .containsExactly(document("Mover", 1), document("Mover", 2));
        second.assertClean();
        first.assertClean();
    }

    @Test
    void theSecondOfTwoFilesOfOneAgentIsRefusedAndSaidSoUntilTheFirstIsGone() throws Exception {
        first.write("Twin", 1);
        eventually(SOON, () -> first.assertRow("Twin", 1));

        second.write("Twin", 7);

        String refusal = "Twin: it is recorded by first:/agents, not by second:/agents";
        eventually(SOON, () -> assertThat(second.said()).contains("warning: ").contains(refusal));
        assertThat(second.doctor())
                .contains("the watch says: " + refusal)
                .contains("file of Twin under this root is not on the roll")
                .contains("first:/agents records that agent");
        assertThat(first.doctor()).doesNotContain("the watch says");
        second.write("Twin", 8);
        first.write("Twin", 2);
        eventually(SOON, () -> first.assertRow("Twin", 2));
        assertThat(first.history("Twin")).containsExactly(document("Twin", 1), document("Twin", 2));
        assertThat(owner("Twin")).isEqualTo(first.source);

        Files.delete(first.swarm.file("Twin"));

        eventually(SOON, () -> second.assertRow("Twin", 8));
        assertThat(first.history("Twin"))
                .containsExactly(document("Twin", 1), document("Twin", 2), document("Twin", 8));
        eventually(SOON, () -> assertThat(second.doctor()).doesNotContain("the watch says"));
        assertThat(second.said().lines().filter(line -> line.contains(refusal)))
                .as("said once")
                .hasSize(1);
        first.assertClean();
        second.assertClean();
    }

    @Test
    void aVerbOnOneMachineIsSeenOnTheOthersAndRecordedOnce() throws Exception {
        first.write("Worker", 1);
        eventually(SOON, () -> first.assertRow("Worker", 1));
        Machine unwatched = new Machine(folder.resolve("third"), "third:/agents", database);
        unwatched.swarm.write("Loner", document("Loner", 1));
        assertThat(unwatched.run("sync", "--all").exitCode()).isZero();

        for (Machine machine : List.of(first, unwatched)) {
            String agent = machine == first ? "Worker" : "Loner";
            assertThat(machine.run("start-cycle", "--agent", agent).exitCode()).isZero();

            assertThat(second.run("get", agent).out()).contains("kept by another source");
            assertThat(second.run("events", "--agent", agent).out())
                    .contains("\"cycle_count\":{\"before\":1,\"after\":2}");
        }
        // Whatever the watch makes of the verb's file, it has made of it by the time a later one is on the roll.
        first.write("Worker-after", 1);
        eventually(SOON, () -> first.assertRow("Worker-after", 1));
        assertThat(first.history("Worker")).hasSize(2);
        assertThat(first.history("Loner")).hasSize(2);
        unwatched.assertClean();
    }
}
