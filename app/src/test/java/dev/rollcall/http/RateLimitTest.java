package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.document.AgentId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks too often waits, and nobody else does. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RateLimitTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PIECE = 500;

    @TempDir
    private Path folder;

    @Test
    void aSourceHasItsFirstRequestsAtOnceAndThenWaits() throws Exception {
        RateLimit limit = new RateLimit(0.5, 5);
        assertThat(IntStream.range(0, 6).mapToObj(request -> limit.allows("one")))
                .containsExactly(true, true, true, true, true, false);
        assertThat(limit.allows("other")).isTrue();

        eventually(SOON, () -> assertThat(limit.allows("one")).isTrue());

        assertThat(limit.allows("one")).isFalse();
    }

    @Test
    void noRestIsWorthMoreThanTheFirstRequests() throws Exception {
        RateLimit limit = new RateLimit(20, 3);
        assertThat(limit.allows("one")).isTrue();
        long begin = System.nanoTime();
        eventually(
                SOON,
                () -> assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1)));

        assertThat(IntStream.range(0, 20).filter(request -> limit.allows("one")).count())
                .isBetween(3L, 6L);
    }

    @Test
    void anAddressThatAsksTooOftenIsRefusedForAMoment() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String answers = "";
            int asked = 0;
            while (!answers.contains("HTTP/1.1 429 ")) {
                answers = askAtOnce(open);
                asked += PIECE;
                assertThat(asked).as("requests that were let in").isLessThan(100_000);
            }
            assertThat(asked).isGreaterThanOrEqualTo(2_000);
            assertThat(answers)
                    .contains("Retry-After: 1\r\n", "\"code\":\"too_many_requests\"", "too many requests from here");

            eventually(
                    SOON,
                    () -> assertThat(open.get("/api/v1/rejected").statusCode()).isEqualTo(200));
        }
    }

    /** Many requests in one go, as nobody could send who waits for answers; what was answered. */
    private static String askAtOnce(OpenWindow open) throws IOException {
        String request = "GET /assets/nothing HTTP/1.1\r\nHost: " + open.host() + "\r\n";
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), open.window.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(((request + "\r\n").repeat(PIECE - 1) + request + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aTokenThatWritesTooOftenIsRefusedForAMoment() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String[] busy = {"Authorization", "Bearer " + open.token(new Scope.Agent(new AgentId("Agent-7")))};
            String[] other = {"Authorization", "Bearer " + open.token(new Scope.Captain())};
            HttpResponse<String> answer = write(open, "Agent-8", busy);
            int asked = 1;
            while (answer.statusCode() == 403) {
                answer = write(open, "Agent-8", busy);
                asked++;
            }

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(asked).isGreaterThan(200);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body()).contains("\"code\":\"too_many_requests\"", "too many writes from here");
            for (int attempt = 0; attempt < 20; attempt++) {
                assertThat(open.send("POST", "/api/v1/agents/Agent-7/add-task", "{}", other)
                                .statusCode())
                        .as("another token")
                        .isEqualTo(400);
            }
            assertThat(open.get("/api/v1/roll", busy).statusCode())
                    .as("reading")
                    .isEqualTo(200);
            eventually(
                    SOON,
                    () -> assertThat(write(open, "Agent-7", busy).statusCode()).isEqualTo(201));
        }
    }

    @Test
    void aToolThatWritesCountsAsAWrite() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String[] headers = {
                "Authorization",
                "Bearer " + open.token(new Scope.Agent(new AgentId("Agent-7"))),
                "Content-Type",
                "application/json"
            };
            String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                    + "{\"name\":\"start_cycle\",\"arguments\":{}}}";
            assertThat(open.send("POST", "/mcp", call, headers).body()).contains("cycle_count");

            eventually(SOON, () -> {
                while (write(open, "Agent-8", headers).statusCode() == 403) {
                    // Until it has no write left.
                }
                assertThat(open.send("POST", "/mcp", call, headers).body()).contains("too many writes from here");
            });
        }
    }

    private static HttpResponse<String> write(OpenWindow open, String agent, String... headers) throws Exception {
        return open.send("POST", "/api/v1/agents/" + agent + "/start-cycle", "", headers);
    }
}
