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
    private static final String REFUSED = "HTTP/1.1 429 ";

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
            assertThat(askTooOften(
                            open,
                            "GET /assets/nothing HTTP/1.1",
                            "Retry-After: 1\r\n",
                            "\"code\":\"too_many_requests\"",
                            "too many requests from here"))
                    .isGreaterThanOrEqualTo(2_000);

            eventually(
                    SOON,
                    () -> assertThat(open.get("/api/v1/rejected").statusCode()).isEqualTo(200));
        }
    }

    /** Many of the same request in one go, as nobody could send who waits for answers; what was answered. */
    private static String askAtOnce(OpenWindow open, String request, int times) throws IOException {
        return askAtOnce(open, request, "", times);
    }

    private static String askAtOnce(OpenWindow open, String request, String body, int times) throws IOException {
        String head = request + "\r\nHost: " + open.host() + "\r\nContent-Length: " + body.length() + "\r\n";
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), open.window.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(((head + "\r\n" + body).repeat(times - 1) + head + "Connection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Asks for more than it may until it is told so; how many were let in. */
    private static int askTooOften(OpenWindow open, String request, String... expected) throws IOException {
        String answers = "";
        int letIn = 0;
        while (!answers.contains(REFUSED)) {
            answers = askAtOnce(open, request, PIECE);
            letIn += PIECE - (answers.split(REFUSED, -1).length - 1);
            assertThat(letIn).as("requests that were let in").isLessThan(100_000);
        }
        assertThat(answers).contains(expected);
        return letIn;
    }

    @Test
    void aTokenThatWritesTooOftenIsRefusedForAMoment() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String[] busy = {"Authorization", "Bearer " + open.token(new Scope.Agent(new AgentId("Agent-7")))};
            String other = "Bearer " + open.token(new Scope.Agent(new AgentId("Agent-9")));
            assertThat(askTooOften(
                            open,
                            refusedWrite(busy[1]),
                            "HTTP/1.1 403 ",
                            "Retry-After: 1\r\n",
                            "\"code\":\"too_many_requests\"",
                            "too many writes from here"))
                    .isGreaterThanOrEqualTo(200);

            assertThat(askAtOnce(open, refusedWrite(other), 100))
                    .as("another token")
                    .contains("HTTP/1.1 403 ")
                    .doesNotContain(REFUSED);
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
                askTooOften(open, refusedWrite(headers[1]), "too many writes from here");
                assertThat(open.send("POST", "/mcp", call, headers).body()).contains("too many writes from here");
            });
        }
    }

    @Test
    void aToolThatIsRefusedCountsAsAWriteToo() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                    + "{\"name\":\"start_cycle\",\"arguments\":{}}}";
            String call = "POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                    + open.token(new Scope.Read());

            String answers = "";
            for (int i = 0; i < 20 && !answers.contains("too many writes from here"); i++) {
                answers = askAtOnce(open, call, body, PIECE);
            }

            assertThat(answers.contains("too many writes from here")).isTrue();
        }
    }

    /** Of another agent than the token's: it counts, and costs little. */
    private static String refusedWrite(String authorization) {
        return "POST /api/v1/agents/Agent-8/start-cycle HTTP/1.1\r\nAuthorization: " + authorization;
    }

    private static HttpResponse<String> write(OpenWindow open, String agent, String... headers) throws Exception {
        return open.send("POST", "/api/v1/agents/" + agent + "/start-cycle", "", headers);
    }
}
