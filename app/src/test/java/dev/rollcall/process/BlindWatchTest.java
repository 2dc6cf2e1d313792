package dev.rollcall.process;

import static dev.rollcall.process.WatchedSwarm.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A watch that the system tells of no changes, as what it may have of that is used up. The limits are those of a user
 * namespace of its own, so that nobody else's are touched.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlindWatchTest {
    private static final int AGENTS = 8;

    /** The agents' folders and the root. */
    private static final int ENOUGH = AGENTS + 1;

    private static final String WATCHES = "/proc/sys/user/max_inotify_watches";
    private static final String INSTANCES = "/proc/sys/user/max_inotify_instances";

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void foldersForWhichNoWatchIsLeftAreToldAndFoundByScansUntilThereAreMore() throws Exception {
        try (WatchedSwarm watched = started(WATCHES, ENOUGH)) {
            watched.assertHealed("a watch over all folders");
            watched.write("New-1", 1);
            watched.write("New-2", 1);

            watched.assertTold("a folder too many", "the watch says: 2 folders can not be watched", "limit");
            watched.assertRows(List.of("New-1", "New-2"), 1);
            assertFollowed(watched, List.of("New-1", "New-2", "Agent-3"), 2);
            limit(watched, WATCHES, 100);

            watched.assertHealed("a folder too many");
            assertFollowed(watched, List.of("New-1", "New-2", "Agent-3"), 3);
            watched.assertEndsWell("after a lack of watches");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWatchThatBeganWithoutAnyEventsIsToldAndHasThemAsSoonAsTheSystemGivesSome() throws Exception {
        try (WatchedSwarm watched = started(INSTANCES, 0)) {
            watched.assertTold("a system without events", "the watch says: the system tells of no changes", "limit");
            assertFollowed(watched, names(AGENTS), 2);
            limit(watched, INSTANCES, 10);

            watched.assertHealed("a system without events");
            assertThat(watched.doctor()).contains(AGENTS + " folders watched");
            assertFollowed(watched, names(AGENTS), 3);
            watched.assertEndsWell("after a lack of events");
        }
    }

    private static void assertFollowed(WatchedSwarm watched, List<String> agents, int version) throws Exception {
        for (String agent : agents) {
            watched.write(agent, version);
        }
        WatchedSwarm.within("a change of version " + version + " is recorded", () -> {
            for (String agent : agents) {
                assertThat(watched.cycle(agent)).isEqualTo(version);
            }
        });
    }

    private WatchedSwarm started(String limit, int most) throws Exception {
        List<String> alone = List.of("unshare", "--user", "--map-root-user", "sh", "-c", setting(limit, most), "sh");
        List<String> trial = new ArrayList<>(alone);
        trial.add("true");
        assumeThat(run(trial))
                .as("may set limits in a user namespace of its own")
                .isZero();
        WatchedSwarm watched = new WatchedSwarm(folder);
        watched.writeAll(AGENTS, 1);
        watched.start(alone);
        watched.assertRows(names(AGENTS), 1);
        return watched;
    }

    private static void limit(WatchedSwarm watched, String limit, int most) throws Exception {
        String pid = String.valueOf(watched.process().pid());
        assertThat(run(List.of("nsenter", "--target", pid, "--user", "sh", "-c", setting(limit, most), "sh", "true")))
                .isZero();
    }

    /** A shell's words: set the limit and become the command that follows. */
    private static String setting(String limit, int most) {
        return "echo " + most + " > " + limit + " && exec \"$@\"";
    }

    private static int run(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}
