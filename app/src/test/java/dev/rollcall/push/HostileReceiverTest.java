package dev.rollcall.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.cli.Shell.Result;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.push.Receiver.Answer;
import dev.rollcall.push.ReceiverAddress.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers is not what it should be: nothing hangs, grows, is believed or is given the token. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileReceiverTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");
    private static final String SECRET = "rollcall_secret-of-the-test";
    private static final byte[] DOCUMENT = "{\"status\":\"ACTIVE\"}".getBytes(UTF_8);

    @TempDir
    private Path folder;

    private HttpServer server;
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Duration patience = Duration.ofSeconds(30);

    @FunctionalInterface
    private interface Manner {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("hostile").factory()));
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private Receiver receiver(Manner manner) {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            try (exchange) {
                manner.answer(exchange);
            }
        });
        return new Receiver(
                ReceiverAddress.of(address(), Wire.PRIVATE),
                () -> SECRET,
                time -> {
                    waits.add(time);
                    return waits.size() > 5;
                },
                patience);
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void assertAway(Receiver receiver, String... words) {
        try (receiver) {
            assertThatExceptionOfType(ReceiverAway.class)
                    .isThrownBy(receiver::list)
                    .withMessageContainingAll(words)
                    .satisfies(away -> assertThat(away.getMessage()).doesNotContain(SECRET));
        }
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        assertAway(
                receiver(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] much = new byte[1 << 20];
                    try (OutputStream body = exchange.getResponseBody()) {
                        while (true) {
                            body.write(much);
                        }
                    }
                }),
                "gives an answer that is too large: more than 24576 KiB");
    }

    @Test
    void anAnswerThatTricklesIsNotWaitedFor() {
        patience = Duration.ofSeconds(2);
        assertAway(
                receiver(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (true) {
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                        java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                    }
                }),
                "has not answered within 2 s");
    }

    @Test
    void whoSaysNothingAtAllIsNotWaitedFor() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Receiver receiver = new Receiver(
                        ReceiverAddress.of("http://127.0.0.1:" + silent.getLocalPort(), Wire.PRIVATE),
                        () -> SECRET,
                        time -> true,
                        Duration.ofSeconds(1))) {
            assertThatExceptionOfType(ReceiverAway.class)
                    .isThrownBy(receiver::list)
                    .withMessageContaining("has not answered within 1 s");
        }
    }

    @Test
    void nobodyElseIsGivenTheToken() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> told = new CopyOnWriteArrayList<>();
        other.createContext("/", exchange -> {
            told.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            say(exchange, 200, "{\"files\":[]}");
        });
        other.start();
        String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort() + "/api/v1/files";
        try {
            assertAway(
                    receiver(exchange -> {
                        exchange.getResponseHeaders().add("Location", elsewhere);
                        say(exchange, 307, "");
                    }),
                    "sends us elsewhere");
            assertThat(told).isEmpty();
            assertThat(asked).containsExactly("GET Bearer " + SECRET);
        } finally {
            other.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"files\":7}",
                "{\"files\":[7]}",
                "{\"files\":[{}]}",
                "{\"files\":[{\"agent_id\":\"../etc\",\"content_sha256\":null}]}"
            })
    void aListThatIsNoneIsNotBelieved(String body) {
        assertAway(receiver(exchange -> say(exchange, 200, body)), "does not list its files as Rollcall does");
    }

    @Test
    void whatItSaysIsSafeToShow() {
        String problem = "{\"detail\":\"\\u001b[2J\\u202e" + "x".repeat(5_000) + "\"}";
        try (Receiver receiver = receiver(exchange -> say(exchange, 400, problem))) {
            assertThat(receiver.put(SEVEN, DOCUMENT, Instant.EPOCH, null))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .startsWith("the receiver answers 400: \\u001b[2J\\u202exxx")
                                    .hasSizeLessThan(400));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "\"\"", "W/\"1\"", "\"zz\""})
    void aTagThatIsNoneIsNoReasonToWrite(String tag) {
        try (Receiver receiver = receiver(exchange -> {
            exchange.getResponseHeaders().add("ETag", tag);
            say(exchange, 409, "");
        })) {
            assertThat(receiver.put(SEVEN, DOCUMENT, Instant.EPOCH, null)).isInstanceOf(Answer.Refused.class);
        }
    }

    @Test
    void aRefusalWithoutATagDoesNotSayThatItIsGone() {
        try (Receiver receiver = receiver(exchange -> say(exchange, 409, ""))) {
            String expected = "0".repeat(64);
            assertThat(receiver.remove(SEVEN, expected)).isInstanceOf(Answer.Refused.class);
            assertThat(receiver.put(SEVEN, DOCUMENT, Instant.EPOCH, null)).isInstanceOf(Answer.Refused.class);
            // This one is put there anew, where nothing stands.
            assertThat(receiver.put(SEVEN, DOCUMENT, Instant.EPOCH, expected)).isEqualTo(new Answer.Other(null));
        }
    }

    @Test
    void whoIsToWaitWaitsAsLongAsItIsToldToAndNotForever() {
        try (Receiver receiver = receiver(exchange -> {
            if (asked.size() > 3) {
                say(exchange, 201, "{}");
                return;
            }
            exchange.getResponseHeaders()
                    .add("Retry-After", List.of("2", "999999", "soon").get(asked.size() - 1));
            say(exchange, 429, "");
        })) {
            assertThat(receiver.put(SEVEN, DOCUMENT, Instant.EPOCH, null)).isEqualTo(new Answer.Done(null));
            assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(1));
        }
    }

    @Test
    void wordsOfTheCommandWhereItCanNotBePushedTo() throws IOException {
        PushingHost host = new PushingHost(Files.createDirectory(folder.resolve("host")), address(), SECRET);
        host.shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        receiver(exchange -> say(exchange, 404, "no")).close();
        assertSays(host.push(), 3, "error: " + address() + " is no window that takes files", "Check --to");

        server.removeContext("/");
        receiver(exchange -> say(exchange, 401, "{\"detail\":\"this token is not known\"}"))
                .close();
        assertSays(host.push(), 3, "does not accept the token: this token is not known", "rollcall token create");

        server.stop(0);
        assertSays(host.push("--json"), 3, "can not be reached: nobody listens there");
        assertThat(host.push("--to", "ftp://example.org").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"401, does not accept the token", "403, does not let us in"})
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTokenThatIsNotAcceptedEndsAlsoAWatch(int status, String sentence) throws IOException {
        PushingHost host = new PushingHost(Files.createDirectory(folder.resolve("host")), address(), SECRET);
        host.shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        receiver(exchange -> say(exchange, asked.size() < 3 ? 503 : status, "{}"))
                .close();

        assertSays(host.push("--watch"), 3, "warning: ", "error: " + address() + " " + sentence, "token create");
        assertThat(asked).hasSize(3);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTokenThatWasReplacedMeanwhileIsUsed() {
        List<String> tokens = new ArrayList<>(List.of("old", "new"));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            try (exchange) {
                boolean isNew =
                        exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer new");
                say(exchange, isNew ? 201 : 401, "{}");
            }
        });
        try (Receiver receiver = new Receiver(
                ReceiverAddress.of(address(), Wire.PRIVATE),
                () -> tokens.size() > 1 ? tokens.removeFirst() : tokens.getFirst(),
                time -> false)) {
            assertThat(receiver.put(SEVEN, DOCUMENT, Instant.EPOCH, null)).isEqualTo(new Answer.Done(null));
        }
    }

    private static void assertSays(Result result, int exitCode, String... sentences) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        assertThat(result.out() + result.err()).contains(sentences).doesNotContain(SECRET, "\tat ");
    }

    /** This host's own name may lead to itself, as any other name may today. */
    @Test
    void onlyWhatIsWrittenAsThisMachineIsThisMachine() throws IOException {
        String own = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        for (String name : List.of(own, "localhost.example.org", "127.0.0.1.example.org", "[::2]", "192.0.2.1")) {
            assertThatExceptionOfType(ProblemException.class)
                    .as(name)
                    .isThrownBy(() -> ReceiverAddress.of("http://" + name + ":7655/", Wire.PRIVATE))
                    .withMessageContaining("anybody on the way can read the token");
        }
        for (String name : List.of("localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]")) {
            assertThat(ReceiverAddress.of("http://" + name + ":7655/", Wire.PRIVATE))
                    .asString()
                    .startsWith("http://" + name.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void anAddressThatGivesTheTokenAwayIsRefused() throws IOException {
        PushingHost host = new PushingHost(Files.createDirectory(folder.resolve("host")), "http://192.0.2.1/", SECRET);
        assertSays(host.push(), 2, "over plain http to 192.0.2.1 anybody on the way can read the token", "--insecure");
        for (String address :
                List.of("ftp://a/", "http:///", "nonsense", "http://u:hunter2@127.0.0.1/", "http://a/?b", "")) {
            PushingHost other = new PushingHost(folder.resolve("host"), address, SECRET);
            Result result = other.push();
            assertSays(result, 2, "must be an http or https address");
            assertThat(result.err()).doesNotContain("hunter2");
        }
        assertSays(new PushingHost(folder.resolve("host"), address(), "").push(), 2, "a token is needed");
        assertSays(new PushingHost(folder.resolve("host"), address(), "two words").push(), 2, "can not be one");
        assertSays(
                host.shell.run("push", "--to", address(), "--token-file", "/nowhere/token"),
                2,
                "the token in /nowhere/token can not be read");
    }
}
