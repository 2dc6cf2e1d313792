package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Rollcall;
import dev.rollcall.cli.Shell;
import dev.rollcall.files.ChildJvm;
import dev.rollcall.lifecycle.LifecycleOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Eight processes at one agent: no cycle is lost, and each is a revision. */
@Timeout(value = 1200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentCyclesTest {
    private static final String SEVEN = "Agent-7";
    private static final int PROCESSES = 8;

    @TempDir
    private Path folder;

    @Test
    void eightTimesTwentyFiveCommandsAreTwoHundredCycles() throws Exception {
        Swarm swarm = new Swarm(folder);
        inParallel(() -> {
            Process many = ChildJvm.start(ManyCommands.class, folder.toString(), "24");
            assertThat(many.waitFor()).isZero();
            Shell.Result one = swarm.run("start-cycle", "--agent", SEVEN, "--json");
            assertThat(one.out()).as(one.toString()).contains("\"synced\":true");
            assertThat(one.exitCode()).isZero();
            return null;
        });
        assertCycles(swarm, 200);
    }

    @Test
    @EnabledIfSystemProperty(named = Soak.PROPERTY, matches = "true", disabledReason = "takes minutes: ./check --soak")
    void eightTimesFiveHundredCallsAreFourThousandCycles() throws Exception {
        Swarm swarm = new Swarm(folder);
        inParallel(() -> {
            Process many = ChildJvm.start(ManyCalls.class, swarm.root().toString(), "500");
            assertThat(many.waitFor()).isZero();
            return null;
        });
        assertCycles(swarm, 4000);
    }

    private static void inParallel(Callable<Void> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(PROCESSES)) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                all.add(threads.submit(work));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }

    /** The n-th revision says cycle n. */
    private static void assertCycles(Swarm swarm, int cycles) {
        assertThat(swarm.read(SEVEN)).contains("\"cycle_count\": " + cycles + ",");
        List<String> history = swarm.history(SEVEN);
        assertThat(history).hasSize(cycles);
        for (int i = 0; i < cycles; i++) {
            assertThat(history.get(i)).contains("\"cycle_count\": " + (i + 1) + ",");
        }
        swarm.assertRollIsTrue("after " + cycles + " cycles");
        swarm.assertFilesAreWhole("after " + cycles + " cycles");
    }

    /** Commands one after the other, each as the program runs it. */
    static final class ManyCommands {
        private ManyCommands() {}

        public static void main(String[] arguments) {
            Shell shell = new Shell(Path.of(arguments[0]));
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                Shell.Result result = shell.run("start-cycle", "--agent", SEVEN, "--json");
                if (result.exitCode() != 0 || !result.out().contains("\"synced\":true")) {
                    throw new AssertionError(result.toString());
                }
            }
        }
    }

    /** The Java API, opened once. */
    static final class ManyCalls {
        private ManyCalls() {}

        public static void main(String[] arguments) {
            try (Rollcall rollcall = Rollcall.open(Path.of(arguments[0]))) {
                for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                    LifecycleOutcome outcome = rollcall.lifecycle(SEVEN).startCycle();
                    if (!outcome.isSynced()) {
                        throw new AssertionError(outcome.notSyncedBecause());
                    }
                }
            }
        }
    }
}
