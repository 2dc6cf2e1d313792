package dev.rollcall.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.ChildJvm;
import dev.rollcall.files.StatusFiles;
import dev.rollcall.files.Workspaces;
import dev.rollcall.files.WorkspacesFolder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any number of threads and processes may call the verbs of one agent: nothing is lost, every write is a revision. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NoLostUpdateTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");

    @TempDir
    private Path folder;

    @Test
    void eightThreadsStartFourHundredCycles() throws Exception {
        Workspaces workspaces = Workspaces.in(folder);
        RollRecorder roll = new RollRecorder();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                // Each with an adapter of its own, as commands in one process have.
                AgentLifecycle lifecycle = lifecycle(workspaces.root(), roll);
                all.add(threads.submit(() -> IntStream.range(0, 50).forEach(n -> lifecycle.startCycle())));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(workspaces.text(SEVEN)).contains("\"cycle_count\": 400,");
        assertThat(roll.versions()).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void fourProcessesStartAHundredCycles() throws Exception {
        Workspaces workspaces = Workspaces.in(folder);
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            children.add(ChildJvm.start(Cycler.class, workspaces.root().toString()));
        }
        for (Process child : children) {
            assertThat(child.waitFor()).isZero();
        }

        assertThat(workspaces.text(SEVEN)).contains("\"cycle_count\": 100,");
    }

    private static AgentLifecycle lifecycle(Path root, RollUpdate roll) {
        return new AgentLifecycle(
                SEVEN, new StatusFiles(root, WorkspacesFolder.DEFAULT_MAX_BYTES), roll, InstantSource.system());
    }

    /** Starts 25 cycles. */
    static final class Cycler {
        private Cycler() {}

        public static void main(String[] arguments) {
            AgentLifecycle lifecycle = lifecycle(Path.of(arguments[0]), new RollRecorder());
            IntStream.range(0, 25).forEach(n -> lifecycle.startCycle());
        }
    }
}
