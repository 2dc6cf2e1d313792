package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.app.Scope;
import dev.rollcall.cli.HostileSwarm;
import dev.rollcall.cli.Shell;
import dev.rollcall.http.OpenWindow;
import dev.rollcall.push.PushingHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said by commands that go on until they are stopped, in a swarm that is written to do harm. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileLinesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Process process;
    private Path out;
    private Path err;

    private void start(ProcessBuilder command) throws IOException {
        out = folder.resolve("out.txt");
        err = folder.resolve("err.txt");
        process =
                command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private String said() throws IOException {
        return Files.readString(out) + Files.readString(err);
    }

    private void assertEndsVisibly(String... words) throws Exception {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said()).isZero();
        assertThat(said()).contains(words);
        HostileSwarm.assertVisible("stdout", Files.readString(out));
        HostileSwarm.assertVisible("stderr", Files.readString(err));
    }

    /** A watch, of itself or under a window, whose root goes away and comes back. */
    private void follow(String command) throws Exception {
        Path hostile = folder.resolve(HostileSwarm.ATTACK);
        Shell shell = HostileSwarm.in(hostile);
        start(new Swarm(hostile).command(java.util.List.of(), command));
        eventually(SOON, () -> assertThat(said()).contains("watching"));
        Files.move(shell.root, hostile.resolve("away"));
        eventually(SOON, () -> assertThat(said()).contains("warning: "));
        Files.move(hostile.resolve("away"), shell.root);
        eventually(SOON, () -> assertThat(said()).containsPattern("(?s)warning: .*watching"));
    }

    @Test
    void aWatchSaysItVisibly() throws Exception {
        follow("watch");
        assertEndsVisibly("FORGED\\u001b[2J");
    }

    @Test
    void aWindowSaysItVisibly() throws Exception {
        follow("up");
        assertEndsVisibly("FORGED\\u001b[2J", "Rollcall is up at ", "Rollcall has stopped.");
    }

    @Test
    void aPushTellsWhatItDidAndWhatStandsInItsWayVisibly() throws Exception {
        try (OpenWindow there = new OpenWindow(folder.resolve("there"))) {
            there.shell.write("Foe-1", HostileSwarm.document("ACTIVE", "there before", 9));
            PushingHost host = host(there.window.address().toString(), there.token(new Scope.Captain()));
            for (String more : new String[] {"", "--json", "--take-over", "--no-" + HostileSwarm.ATTACK}) {
                Shell.Result told = more.isEmpty() ? host.push() : host.push(more);
                HostileSwarm.assertVisible("push " + more, told.out());
                HostileSwarm.assertVisible("push " + more, told.err());
            }
            assertThat(host.push().out()).contains("ignored", "FORGED\\u001b[2J");

            start(new Swarm(host.shell.folder).command(java.util.List.of(), host.arguments("--watch")));
            eventually(SOON, () -> assertThat(said()).contains("pushing "));
            assertEndsVisibly("pushing ");
        }
    }

    @Test
    void aPushTellsWhatTheOtherEndSaysVisibly() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] problem = ("{\"detail\":\"\\r\\nFORGED\\u001b[2J\\u202e " + "\u202e\u2028" + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, problem.length);
            exchange.getResponseBody().write(problem);
            exchange.close();
        });
        server.start();
        try {
            PushingHost host = host("http://127.0.0.1:" + server.getAddress().getPort() + "/", "rollcall_secret");
            Shell.Result told = host.push();
            assertThat(told.out() + told.err()).contains("FORGED\\u001b[2J");
            HostileSwarm.assertVisible("push", told.out() + told.err());

            start(new Swarm(host.shell.folder).command(java.util.List.of(), host.arguments("--watch")));
            eventually(SOON, () -> assertThat(said()).contains("FORGED\\u001b[2J"));
            assertEndsVisibly("warning: ");
        } finally {
            server.stop(0);
        }
    }

    private PushingHost host(String to, String secret) throws IOException {
        Path own = Files.createDirectory(folder.resolve("host " + HostileSwarm.ATTACK));
        HostileSwarm.in(own);
        return new PushingHost(own, to, secret);
    }
}
