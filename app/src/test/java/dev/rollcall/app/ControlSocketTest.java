package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlSocketTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsToldIsWhatIsAskedFor() throws TimeoutException {
        Path path = folder.resolve("s");
        assertThat(WatchFacts.ask(path)).isEmpty();
        try (ControlSocket socket = ControlSocket.open(
                path,
                request -> request.equals(WatchFacts.REQUEST)
                        ? WatchFacts.write(Map.of("trouble", "line\none"))
                        : "asked for " + request)) {
            assertThat(socket).isNotNull();
            assertThat(ControlSocket.ask(path, "more\tüber", Duration.ofSeconds(30)))
                    .contains("asked for more\tüber");
            assertThat(WatchFacts.ask(path).orElseThrow())
                    .hasSize(1)
                    .hasEntrySatisfying(
                            "trouble",
                            told -> assertThat(told).startsWith("line").doesNotContain("\n"));
        }
        assertThat(WatchFacts.ask(path)).isEmpty();
    }

    @Test
    void aClientThatNeverAsksHoldsUpNobody() throws IOException, TimeoutException {
        Path path = folder.resolve("s");
        try (ControlSocket socket = ControlSocket.open(path, request -> "answer");
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(socket).isNotNull();
            assertThat(silent.isConnected()).isTrue();
            assertThat(ControlSocket.ask(path, "", Duration.ofSeconds(30))).contains("answer");
        }
    }
}
