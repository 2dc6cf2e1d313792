package dev.rollcall.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.cli.Shell.Result;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.http.OpenWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code push} to a window that is really open, over real files on both sides. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushTest {
    private static final String SIX = "{\"status\":\"ACTIVE\",\"cycle_count\":6}";
    private static final String SEVEN = "{ \"status\" : \"ACTIVE\",\r\n\t\"own\" : \"\\u00e9\", \"cycle_count\": 7 }\n";

    @TempDir
    private Path folder;

    private OpenWindow there;

    /** Whether nothing comes through from there any more. */
    private volatile boolean isCut;

    private PushingHost host;

    @BeforeEach
    void setUp() throws IOException {
        there = new OpenWindow(folder.resolve("there"), Map.of(Setting.MAX_DOCUMENT_BYTES, "20000"));
        host = host("host", new Scope.Captain());
    }

    @AfterEach
    void close() {
        there.close();
    }

    private PushingHost host(String name, Scope scope) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        return new PushingHost(own, there.window.address().toString(), there.token(scope));
    }

    private void assertAllIsThere(String context) throws IOException {
        host.assertIsAt(there.shell.root, context);
    }

    private static void assertSays(Result result, int exitCode, String... sentences) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        String words = (result.out() + result.err()).replaceAll("\\s+", " ");
        assertThat(words).contains(sentences);
    }

    @Test
    void everyFileArrivesByteForByteWithItsTimeAndIsOnTheRoll() throws Exception {
        host.shell.write("Agent-7", SEVEN);
        host.shell.write("Agent 6 & Söhne; 100+", SIX);
        Instant longAgo = Instant.parse("2025-10-15T12:00:00.123456Z");
        Files.setLastModifiedTime(host.shell.file("Agent-7"), FileTime.from(longAgo));

        assertSays(host.push(), 0, "2 agents: 2 sent, 0 unchanged, 0 removed, 0 to look at");

        assertAllIsThere("after a push");
        assertThat(Files.getLastModifiedTime(there.shell.file("Agent-7")).toInstant())
                .isEqualTo(longAgo);
        assertThat(there.shell.run("list", "--json").out())
                .containsPattern("\"agent_id\":\"Agent-7\".*?\"freshness\":\"STALE\"")
                .containsPattern("\"agent_id\":\"Agent 6 & Söhne; 100\\+\".*?\"freshness\":\"LIVE\"");
        assertThat(there.shell.run("verify", "--all").exitCode()).isZero();
    }

    @Test
    void onlyWhatDiffersIsSent() throws Exception {
        host.shell.write("Agent-6", SIX);
        host.shell.write("Agent-7", SEVEN);
        host.push();
        long attempts = attempts();

        assertSays(host.push(), 0, "2 agents: 0 sent, 2 unchanged");
        assertThat(attempts()).isEqualTo(attempts);

        host.shell.write("Agent-7", SEVEN.replace("7", "8"));
        assertSays(host.push(), 0, "2 agents: 1 sent, 1 unchanged");
        assertThat(attempts()).isEqualTo(attempts + 1);
        assertAllIsThere("after a change");
    }

    /** Of writing, as the receiver logs them. */
    private long attempts() throws IOException {
        return log().stream().filter(line -> line.endsWith("\tasked")).count();
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(there.shell.folder.resolve(".rollcall/audit.log"));
    }

    @Test
    void whatThisHostHasNotPutThereIsLeftUntilItIsTakenOver() throws Exception {
        there.shell.write("Agent-7", SIX);
        there.shell.write("Agent-99", SIX);
        host.shell.write("Agent-6", SIX);
        host.shell.write("Agent-7", SEVEN);

        assertSays(
                host.push(), 1, "2 agents: 1 sent, 0 unchanged, 0 removed, 1 to look at", "conflict Agent-7 at http");
        assertThat(there.shell.read("Agent-7")).isEqualTo(SIX);
        assertThat(there.shell.read("Agent-6")).isEqualTo(SIX);
        assertSays(host.push("--json"), 1, "\"kind\":\"conflict\"");

        assertSays(host.push("--take-over"), 0, "2 agents: 1 sent, 1 unchanged");
        assertThat(there.shell.read("Agent-7")).isEqualTo(SEVEN);
        assertThat(there.shell.read("Agent-99")).isEqualTo(SIX);
        host.shell.write("Agent-7", SIX);
        assertSays(host.push(), 0, "2 agents: 1 sent, 1 unchanged");

        there.shell.write("Agent-7", SEVEN);
        assertSays(host.push(), 1, "conflict Agent-7");
        assertThat(there.shell.read("Agent-7")).isEqualTo(SEVEN);
    }

    @Test
    void withoutItsNotesWhatIsTheSameIsAdoptedAndWhatDiffersIsLeft() throws Exception {
        for (String damage : List.of("", "\u0000\u0001nonsense\n\tCONFIRMED\nCONFIRMED\tabc\tAgent-7\n")) {
            host.shell.write("Agent-6", SIX);
            host.shell.write("Agent-7", SEVEN);
            host.push("--take-over");
            Files.write(host.notesFile(), damage.getBytes(UTF_8));
            host.shell.write("Agent-7", SEVEN.replace("7", "9"));

            assertSays(host.push(), 1, "0 sent, 1 unchanged", "conflict Agent-7");
            assertThat(there.shell.read("Agent-7")).isEqualTo(SEVEN);
            host.shell.write("Agent-6", SEVEN);
            assertSays(host.push(), 1, "1 sent, 0 unchanged", "conflict Agent-7");
            assertThat(there.shell.read("Agent-6")).isEqualTo(SEVEN);
        }
    }

    /** Also when the process died between sending and being told so. */
    @Test
    void whatWasSentIsOursWhetherOrNotTheAnswerCame() throws Exception {
        AgentId seven = new AgentId("Agent-7");
        for (String arrived : List.of(SIX, SEVEN)) {
            host.shell.write("Agent-7", SIX);
            host.push("--take-over");
            try (PushNotes notes = host.notes()) {
                notes.intend(Map.of(seven, DocumentContent.sha256Of(SEVEN.getBytes(UTF_8))));
            }
            there.shell.write("Agent-7", arrived);
            host.shell.write("Agent-7", "{\"status\":\"BLOCKED\"}");

            assertSays(host.push(), 0, "1 sent");
            assertAllIsThere("what had arrived: " + arrived);
        }
    }

    @Test
    void whoeverIsGoneHereHasLeftThere() throws Exception {
        host.shell.write("Agent-6", SIX);
        host.shell.write("Agent-7", SEVEN);
        there.shell.write("Agent-99", SIX);
        host.push();
        there.shell.run("sync", "--all");
        Files.delete(host.shell.file("Agent-7"));
        Files.delete(host.shell.file("Agent-7").getParent());

        assertSays(host.push(), 0, "2 agents: 0 sent, 1 unchanged, 1 removed");

        assertThat(there.shell.root.resolve("Agent-7")).doesNotExist();
        assertThat(there.shell.read("Agent-99")).isEqualTo(SIX);
        there.shell.run("sync", "--all");
        assertThat(there.shell.run("list", "--json").out())
                .containsPattern("\"agent_id\":\"Agent-7\".*?\"freshness\":\"LEFT\"");
        assertThat(log()).anyMatch(line -> line.endsWith("\tremove-file\tAgent-7\tremoved"));
        assertSays(host.push(), 0, "1 agent: 0 sent, 1 unchanged, 0 removed");
    }

    @Test
    void whatWasChangedThereSinceIsNotRemoved() throws Exception {
        host.shell.write("Agent-6", SIX);
        host.shell.write("Agent-7", SEVEN);
        host.push();
        there.shell.write("Agent-7", SIX);
        Files.delete(host.shell.file("Agent-7"));

        assertSays(host.push(), 1, "0 removed", "conflict Agent-7 it is gone here, but somebody else has changed");
        assertThat(there.shell.read("Agent-7")).isEqualTo(SIX);
        assertSays(host.push(), 0, "1 agent: 0 sent, 1 unchanged, 0 removed, 0 to look at");
    }

    @Test
    void aRootWithoutAnyAgentRemovesNothing() throws Exception {
        host.shell.write("Agent-7", SEVEN);
        host.push();
        Files.move(host.shell.root.resolve("Agent-7"), folder.resolve("away"));

        assertSays(host.push(), 4, "holds no agent, but 1 were pushed from it; nothing was removed");
        assertThat(there.shell.read("Agent-7")).isEqualTo(SEVEN);

        Files.delete(host.shell.root);
        assertSays(host.push(), 4, "it does not exist");
    }

    @Test
    void whatIsNoDocumentIsThereAsItIsAndNamed() throws Exception {
        host.shell.write("Agent-1", "{\"status\":");
        host.shell.write("Agent-2", "");
        host.shell.write("Agent-3", new byte[] {'{', 0, (byte) 0xff});
        host.shell.write("Agent-7", SEVEN);

        assertSays(
                host.push(),
                1,
                "4 agents: 4 sent, 0 unchanged, 0 removed, 3 to look at",
                "rejected Agent-1 truncated:",
                "rejected Agent-2 empty:");

        assertAllIsThere("with broken files");
        there.shell.run("sync", "--all");
        assertThat(there.shell.run("list", "--json").out())
                .containsPattern("\"agent_id\":\"Agent-1\".*?\"rejected_since\":\"2");
        host.shell.write("Agent-1", SIX);
        assertSays(host.push(), 1, "1 sent, 3 unchanged", "2 to look at");
        assertAllIsThere("after the repair");
    }

    @Test
    void whatCanNotBeSentIsNamedAndTheOthersAreSent() throws Exception {
        host.shell.write("Agent-1", "{\"status\":\"" + "x".repeat(20_000) + "\"}");
        Files.createDirectories(host.shell.file("Agent-2"));
        host.shell.write("Agent-7", SEVEN);

        assertSays(
                host.push(),
                1,
                "1 sent",
                "refused Agent-1 it is larger than the receiver accepts",
                "unreadable Agent-2 it was not sent: status.json is a folder");
        assertThat(PushingHost.files(there.shell.root)).containsOnlyKeys("Agent-7");
    }

    @Test
    void aTokenOfOneAgentWritesThatOneAlone() throws Exception {
        PushingHost one = host("one", new Scope.Agent(new AgentId("Agent-7")));
        one.shell.write("Agent-6", SIX);
        one.shell.write("Agent-7", SEVEN);

        assertSays(one.push(), 1, "1 sent", "refused Agent-6 the receiver answers 403: this token may not write");
        assertThat(PushingHost.files(there.shell.root)).containsOnlyKeys("Agent-7");
    }

    @Test
    void twoHostsWithAgentsOfTheirOwnDoNotDisturbEachOther() throws Exception {
        PushingHost other = host("other", new Scope.Captain());
        for (int agent = 0; agent < 40; agent++) {
            (agent % 2 == 0 ? host : other).shell.write("Agent-" + agent, SIX.replace("6", String.valueOf(agent)));
        }

        // Not in the common pool: the JDK's client needs it.
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<Result>> pushes = List.of(both.submit(() -> host.push()), both.submit(() -> other.push()));
            for (Future<Result> push : pushes) {
                assertSays(push.get(), 0, "20 agents: 20 sent");
            }
        }

        Map<String, String> all = PushingHost.files(host.shell.root);
        all.putAll(PushingHost.files(other.shell.root));
        assertThat(PushingHost.files(there.shell.root)).hasSize(40).isEqualTo(all);
        assertSays(host.push(), 0, "20 unchanged");
        other.shell.write("Agent-0", SIX);
        assertSays(other.push(), 1, "conflict Agent-0");
    }

    @Test
    void whoeverHasWrittenTooMuchWaitsAndLosesNothing() throws Exception {
        host.shell.write("Agent-6", SIX);
        host.shell.write("Agent-7", SEVEN);
        HttpRequest wrong = HttpRequest.newBuilder(there.uri("/api/v1/agents/Agent-7/file"))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(folder.resolve("host/token")).strip())
                .DELETE()
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status = 0;
            while (status != 429) {
                status = client.send(wrong, BodyHandlers.discarding()).statusCode();
            }
        }

        assertSays(host.push(), 0, "2 agents: 2 sent, 0 unchanged, 0 removed, 0 to look at");
        assertAllIsThere("after a wait");
    }

    /** The receiver writes the document, and the connection breaks before it says so. */
    @Test
    void whatArrivedWithoutAnAnswerIsOurs() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean();
        HttpServer between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (HttpClient client = HttpClient.newHttpClient()) {
            between.createContext("/", exchange -> pass(exchange, client, isBroken));
            between.start();
            String address = "http://127.0.0.1:" + between.getAddress().getPort();
            PushingHost far = new PushingHost(
                    Files.createDirectory(folder.resolve("far")), address, there.token(new Scope.Captain()));
            far.shell.write("Agent-7", SIX);
            assertSays(far.push(), 0, "1 sent");
            far.shell.write("Agent-7", SEVEN);
            isBroken.set(true);
            assertThat(far.push().exitCode()).isNotZero();
            assertThat(there.shell.read("Agent-7")).isEqualTo(SEVEN);
            isBroken.set(false);
            isCut = false;
            far.shell.write("Agent-7", "{\"status\":\"BLOCKED\"}");

            assertSays(far.push(), 0, "1 sent");
            far.assertIsAt(there.shell.root, "after a broken connection");
        } finally {
            between.stop(0);
        }
    }

    private void pass(HttpExchange exchange, HttpClient client, AtomicBoolean isBroken) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        there.uri(exchange.getRequestURI().getRawPath()))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Authorization", "If-Match", "If-None-Match", "Modified-At")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try (exchange) {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            boolean isWrite = exchange.getRequestMethod().equals("PUT");
            if (isWrite && isBroken.get()) {
                isCut = true;
            }
            if (!isCut) {
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } else {
                // Less than was promised.
                exchange.sendResponseHeaders(200, 100);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void twoPushesFromOneRootToOneAddressAreOneTooMany() throws Exception {
        host.shell.write("Agent-7", SEVEN);
        try (PushNotes busy = host.notes()) {
            assertThat(busy.agents()).isEmpty();
            assertSays(host.push(), 1, "another push from this root to the same address runs");
        }
        assertSays(host.push(), 0, "1 sent");
    }
}
