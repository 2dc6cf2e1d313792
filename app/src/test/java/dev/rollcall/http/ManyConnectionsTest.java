package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that connect and say nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyConnectionsTest {
    @TempDir
    private Path folder;

    @Test
    void beyondTheMostOneWaitsUntilAnotherGoesAndWhoIsInIsServed() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            Deque<Socket> silent = new ArrayDeque<>();
            try (Socket early = connected(open)) {
                assertThat(answer(early, open)).startsWith("HTTP/1.1 200");
                while (silent.size() < Window.mostConnections()) {
                    silent.add(connected(open));
                }
                try (Socket late = connected(open)) {
                    late.setSoTimeout(1_000);
                    assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> answer(late, open));
                    assertThat(answer(early, open)).startsWith("HTTP/1.1 200");

                    late.setSoTimeout(20_000);
                    for (int i = 0; i < 10; i++) {
                        silent.remove().close();
                    }

                    assertThat(read(late)).startsWith("HTTP/1.1 200");
                }
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }

    private static Socket connected(OpenWindow open) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), open.window.address().getPort());
    }

    private static String answer(Socket socket, OpenWindow open) throws IOException {
        socket.getOutputStream()
                .write(("GET /api/v1/rejected HTTP/1.1\r\nHost: " + open.host() + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        return read(socket);
    }

    private static String read(Socket socket) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int count = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(0, count), StandardCharsets.UTF_8);
    }
}
