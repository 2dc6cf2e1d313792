package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlSocketTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsToldIsWhatIsAskedFor() {
        Path path = folder.resolve("s");
        assertThat(ControlSocket.ask(path)).isEmpty();
        try (ControlSocket socket = ControlSocket.open(path, () -> Map.of("trouble", "line\none"))) {
            assertThat(socket).isNotNull();
            assertThat(ControlSocket.ask(path).orElseThrow())
                    .hasSize(1)
                    .hasEntrySatisfying(
                            "trouble",
                            told -> assertThat(told).startsWith("line").doesNotContain("\n"));
        }
        assertThat(ControlSocket.ask(path)).isEmpty();
    }
}
