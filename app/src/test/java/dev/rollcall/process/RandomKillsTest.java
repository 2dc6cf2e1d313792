package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.files.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Syncs and verbs die by SIGKILL while files change: one pass afterwards, and nothing is wrong or missing. */
@Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RandomKillsTest {
    private static final int AGENTS = 300;
    private static final int CHANGED_IN_A_ROUND = 60;
    private static final int ROUNDS = Soak.times(8, 200);

    /** Few, since a pass waits two seconds for the young ones among them. */
    private static final int BROKEN_ONE_IN = 200;

    /** About as long as a pass takes over the changes of a round. */
    private static final Duration MOMENT = Duration.ofMillis(200);

    private static final String COUNTER = "Counter";
    private static final String ACHIEVER = "Achiever";

    /** The exit code of a process that SIGKILL ended. */
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    private final long seed = Soak.seed();
    private final Random random = new Random(seed);
    private final Set<Integer> broken = new HashSet<>();
    private final List<String> achieved = new ArrayList<>();
    private int cyclesStarted;
    private int cyclesTold;
    private Swarm swarm;

    @Test
    void oneOrdinaryPassMendsWhatKillsLeave() throws Exception {
        swarm = new Swarm(folder);
        for (int agent = 0; agent < AGENTS; agent++) {
            swarm.write(name(agent), document(agent, 0));
        }
        long began = System.nanoTime();
        assertThat(swarm.run("sync", "--all").exitCode()).isZero();
        long command = System.nanoTime() - began;

        for (int round = 1; round <= ROUNDS; round++) {
            tormentOnce(round);
            if (round % 3 == 0) {
                startCycleAndKill(command);
            }
        }
        broken.forEach(agent -> swarm.write(name(agent), document(agent, ROUNDS + 1)));

        String context = "seed " + seed;
        Shell.Result mended = swarm.run("sync", "--all");
        assertThat(mended.exitCode()).as(context + ": " + mended).isZero();
        swarm.assertRollIsTrue(context);
        swarm.assertFilesAreWhole(context);
        swarm.assertHistoryHasNoRepeats(context);
        assertThat(swarm.runHere("verify", "--all", "--deep").exitCode())
                .as(context)
                .isZero();
        assertEffects(context);
    }

    private void assertEffects(String context) throws IOException {
        String achiever = Files.exists(swarm.file(ACHIEVER)) ? swarm.read(ACHIEVER) : "";
        assertThat(achieved)
                .as(context)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(achiever).contains(text));
        if (cyclesTold > 0) {
            String counter = swarm.read(COUNTER);
            int cycles = Integer.parseInt(counter.replaceAll("(?s).*\"cycle_count\": (\\d+),.*", "$1"));
            assertThat(cycles).as(context).isBetween(cyclesTold, cyclesStarted);
        }
    }

    private void change(int round) throws IOException {
        for (int i = 0; i < CHANGED_IN_A_ROUND; i++) {
            int agent = random.nextInt(AGENTS);
            String text = document(agent, round);
            boolean breaks = random.nextInt(BROKEN_ONE_IN) == 0;
            // Old and new alike: some are judged at once, some waited for.
            if (random.nextBoolean()) {
                swarm.write(name(agent), breaks ? text.substring(0, text.length() / 2) : text);
            } else {
                Files.writeString(swarm.file(name(agent)), breaks ? text.substring(0, text.length() / 3) : text);
            }
            if (breaks) {
                broken.add(agent);
            } else {
                broken.remove(agent);
            }
        }
    }

    /** A single command dies anywhere between its start and its end. */
    private void startCycleAndKill(long command) throws IOException, InterruptedException {
        Process counter = swarm.start("start-cycle", "--agent", COUNTER);
        cyclesStarted++;
        kill(counter, random.nextLong(command * 3 / 2));
        cyclesTold += counter.waitFor() == 0 ? 1 : 0;
    }

    /** A sync that goes on and on, and a verb that does, die at work. */
    private void tormentOnce(int round) throws IOException, InterruptedException {
        Path told = folder.resolve("told-" + round + ".txt");
        Process sync = ChildJvm.start(
                ConcurrentSyncTest.Syncer.class,
                folder.toString(),
                folder.resolve("never").toString(),
                "");
        Process achiever = ChildJvm.command(List.of(), Achiever.class, folder.toString(), "r" + round)
                .redirectOutput(told.toFile())
                .start();
        assertThat(sync.inputReader().readLine()).isEqualTo("pass");
        change(round);
        kill(sync, random.nextLong(MOMENT.toNanos()));
        kill(achiever, random.nextLong(MOMENT.toNanos()));
        assertThat(sync.waitFor()).as("round %d of seed %d", round, seed).isEqualTo(KILLED);
        assertThat(achiever.waitFor()).as("round %d of seed %d", round, seed).isEqualTo(KILLED);
        String lines = Files.readString(told);
        lines.substring(0, lines.lastIndexOf('\n') + 1).lines().forEach(achieved::add);
    }

    private static void kill(Process process, long afterNanos) throws InterruptedException {
        if (!process.waitFor(afterNanos, TimeUnit.NANOSECONDS)) {
            process.destroyForcibly();
        }
    }

    private static String name(int agent) {
        return "Agent-" + agent;
    }

    private static String document(int agent, int round) {
        return "{\"agent_id\": \"Agent-%d\", \"status\": \"ACTIVE\", \"cycle_count\": %d, \"current_tasks\": [\"%s\"]}\n"
                .formatted(agent, round, "a task of agent " + agent + ", ".repeat(agent % 50));
    }

    /** Adds achievements until it is killed, and tells each one that the command called written. */
    static final class Achiever {
        private Achiever() {}

        public static void main(String[] arguments) {
            Shell shell = new Shell(Path.of(arguments[0]));
            ProcessHandle test = ProcessHandle.current().parent().orElseThrow();
            for (int i = 0; test.isAlive(); i++) {
                String text = arguments[1] + "-" + i + ".";
                Shell.Result result = shell.run("add-achievement", text, "--agent", ACHIEVER);
                if (result.exitCode() != 0) {
                    throw new AssertionError(result.toString());
                }
                System.out.print(text + "\n");
                System.out.flush();
            }
        }
    }
}
