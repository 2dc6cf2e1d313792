package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for much and take little or nothing of it. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReadersTest {
    /** The server's patience, three times, as other work may have the machine. */
    private static final Duration CUT_OFF = Duration.ofSeconds(90);

    private static final int LARGE = 3 << 20;
    private static final long BETWEEN_DRIPS = Duration.ofMillis(200).toNanos();

    @TempDir
    private Path folder;

    private OpenWindow open;
    private final List<Socket> slow = new ArrayList<>();
    private long drippedAt;

    @BeforeEach
    void open() {
        open = new OpenWindow(folder);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        open.close();
    }

    private Socket ask(String path) throws IOException {
        Socket socket = new Socket();
        slow.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), open.window.address().getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + open.host() + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** A little of every second answer, five times a second: those are never idle. */
    private void drip() throws IOException {
        if (System.nanoTime() - drippedAt > BETWEEN_DRIPS) {
            drippedAt = System.nanoTime();
            for (int i = 0; i < slow.size(); i += 2) {
                InputStream answer = slow.get(i).getInputStream();
                answer.readNBytes(Math.min(100, answer.available()));
            }
        }
    }

    @Test
    void answersThatAreNotTakenDoNotFillTheMemoryAndAreCutOff() throws Exception {
        open.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"notes\":\"" + "n".repeat(LARGE) + "\"}");
        open.shell.run("sync", "--all");
        String large = "/api/v1/agents/Agent-7/status";
        int given = 0;
        String refusal = "";
        for (int client = 0; client < 40; client++) {
            String line = head(ask(large));
            given += line.startsWith("HTTP/1.1 200 ") ? 1 : 0;
            refusal = line.startsWith("HTTP/1.1 503 ") ? line : refusal;
        }

        assertThat(given).isBetween(15, (64 << 20) / LARGE);
        assertThat(refusal)
                .contains("Retry-After: 5\r\n", "X-Content-Type-Options: nosniff\r\n", "application/problem+json");
        assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200);
        eventually(CUT_OFF, () -> {
            drip();
            assertThat(open.get(large).body()).hasSizeGreaterThan(LARGE);
        });
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as(head.toString()).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }
}
