package dev.rollcall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaderLockTest {
    @TempDir
    private Path folder;

    /** Another process that tries to take the lock and says whether it could. */
    static final class Other {
        public static void main(String[] arguments) {
            System.out.println(LeaderLock.tryTake(Path.of(arguments[0])).isPresent() ? "taken" : "refused");
        }
    }

    @Test
    void whoAsksAgainInTheSameProcessIsRefusedAndCostsTheHolderNothing() throws Exception {
        Path file = folder.resolve("watch.lock");
        try (LeaderLock held = LeaderLock.tryTake(file).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(LeaderLock.tryTake(file)).isEmpty();

            assertThat(askedByAnotherProcess(file)).isEqualTo("refused");
        }
        assertThat(askedByAnotherProcess(file)).isEqualTo("taken");
    }

    @Test
    void whoGaveItBackCanTakeItAgain() {
        Path file = folder.resolve("watch.lock");
        LeaderLock.tryTake(file).orElseThrow().close();

        LeaderLock.tryTake(file).orElseThrow().close();
    }

    private static String askedByAnotherProcess(Path file) throws Exception {
        Process other = ChildJvm.start(List.of(), Other.class, file.toString());
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isZero();
        return said.strip();
    }
}
