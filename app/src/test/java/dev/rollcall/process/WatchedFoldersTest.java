package dev.rollcall.process;

import static dev.rollcall.process.WatchedSwarm.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.files.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A watch whose folders may not be read, or are not there, for a while. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedFoldersTest {
    private static final int AGENTS = 8;

    /** What root may do besides, it may not do without these. */
    private static final List<String> HUMBLY =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", "--");

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFolderAndAFileWithoutPermissionAreToldAndNobodyElseIsTouched() throws Exception {
        try (WatchedSwarm watched = startedHumbly()) {
            Path barred = watched.swarm.root().resolve("Agent-3");
            Path closed = watched.swarm.file("Agent-4");
            watched.write("Agent-3", 2);
            watched.write("Agent-4", 2);
            watched.assertRows(List.of("Agent-3", "Agent-4"), 2);
            permit(barred, "---------");
            permit(closed, "---------");

            watched.assertTold("a lack of permission", "rejected Agent-3", "rejected Agent-4", "no permission");
            watched.write("Agent-5", 5);
            watched.assertRow("Agent-5", 5);
            assertThat(watched.doctor()).contains(" 0 left, 2 rejected");
            assertThat(watched.cycle("Agent-3")).isEqualTo(2);
            assertThat(watched.cycle("Agent-4")).isEqualTo(2);
            permit(barred, "rwxr-xr-x");
            permit(closed, "rw-r--r--");

            watched.assertHealed("a lack of permission");
            watched.writeAll(AGENTS, 6);
            watched.assertRows(names(AGENTS), 6);
            watched.assertEndsWell("after a lack of permission");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aRootWithoutPermissionIsToldAndNobodyLeaves() throws Exception {
        try (WatchedSwarm watched = startedHumbly()) {
            permit(watched.swarm.root(), "---------");

            watched.assertTold("a root without permission", "the watch says", "no permission");
            watched.assertNobodyLeft();
            permit(watched.swarm.root(), "rwxr-xr-x");
            watched.writeAll(AGENTS, 2);

            watched.assertRows(names(AGENTS), 2);
            watched.assertHealed("a root without permission");
            watched.assertNobodyLeft();
            watched.assertEndsWell("after a root without permission");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aRootWhoseMountVanishesMarksNobodyAsLeftAndIsFollowedAgainWhenItIsBack() throws Exception {
        try (WatchedSwarm watched = new WatchedSwarm(folder);
                Disk disk = Disk.mount(watched.swarm.root(), "4m")) {
            watched.writeAll(AGENTS, 1);
            watched.start(List.of());
            watched.assertRows(names(AGENTS), 1);

            disk.unmount();

            watched.assertTold("a vanished mount", "the watch says", "agent_workspaces");
            watched.assertNobodyLeft();
            disk.mountAgain("4m");
            watched.writeAll(AGENTS, 2);
            watched.assertRows(names(AGENTS), 2);
            watched.assertHealed("a vanished mount");
            watched.assertNobodyLeft();
            // A scan that began before the folders were back forgets them once more; the next one has them all.
            watched.assertTold("that all folders are watched again", AGENTS + " folders watched");
            watched.writeAll(AGENTS, 3);
            watched.assertRows(names(AGENTS), 3);
            watched.assertEndsWell("after a vanished mount");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aRootThatIsRenamedAwayAndBackIsFollowedAgain() throws Exception {
        try (WatchedSwarm watched = new WatchedSwarm(folder)) {
            watched.writeAll(AGENTS, 1);
            watched.start(List.of());
            watched.assertRows(names(AGENTS), 1);
            Path away = folder.resolve("away");
            Files.move(watched.swarm.root(), away);

            watched.assertTold("a root that was renamed", "the watch says", "agent_workspaces");
            watched.assertNobodyLeft();
            Files.move(away, watched.swarm.root());
            watched.writeAll(AGENTS, 2);

            watched.assertRows(names(AGENTS), 2);
            watched.assertHealed("a root that was renamed");
            watched.assertNobodyLeft();
            watched.assertEndsWell("after a root that was renamed");
        }
    }

    private WatchedSwarm startedHumbly() throws Exception {
        WatchedSwarm watched = new WatchedSwarm(folder);
        assumeThat(mayNotWriteEverything(watched.swarm))
                .as("setpriv, without which root reads everything")
                .isTrue();
        watched.writeAll(AGENTS, 1);
        watched.start(HUMBLY);
        watched.assertRows(names(AGENTS), 1);
        return watched;
    }

    private boolean mayNotWriteEverything(Swarm swarm) throws Exception {
        try {
            return swarm.run(ChildJvm.command(HUMBLY, DatabaseTroubleTest.Touch.class, folder.toString()))
                            .exitCode()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
