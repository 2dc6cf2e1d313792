package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.WindowSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the window opens when no port was named. */
class FreePortTest {
    private static final int TRIED = 20;

    @TempDir
    private Path folder;

    private final List<ServerSocket> taken = new ArrayList<>();

    @AfterEach
    void letGo() throws IOException {
        for (ServerSocket socket : taken) {
            socket.close();
        }
    }

    @Test
    void theNextPortIsTakenWhereTheFirstIsNotFree() throws Exception {
        take(WindowSettings.FIRST_PORT);
        try (OpenWindow open = new OpenWindow(folder)) {
            assertThat(open.window.address().getPort()).isGreaterThan(WindowSettings.FIRST_PORT);
            assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anyFreePortIsTakenWhereNoneOfTheUsualIs() throws Exception {
        IntStream.range(WindowSettings.FIRST_PORT, WindowSettings.FIRST_PORT + TRIED)
                .forEach(this::take);
        try (OpenWindow open = new OpenWindow(folder)) {
            assertThat(taken)
                    .extracting(ServerSocket::getLocalPort)
                    .doesNotContain(open.window.address().getPort());
            assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200);
        }
    }

    /** Whoever has it already keeps it. */
    private void take(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            taken.add(socket);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException othersHaveIt) {
            assertThat(othersHaveIt).hasMessageContaining("in use");
        }
    }
}
