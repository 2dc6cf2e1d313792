package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.http.OpenWindow;
import dev.rollcall.push.PushingHost;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code push --watch} as a process of its own, and a receiver that comes and goes. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushWatchTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(70);

    @TempDir
    private Path folder;

    private OpenWindow there;

    /** One that no other window takes while this one is closed. */
    private String port;

    private String address;
    private PushingHost host;
    private Swarm swarm;
    private Path said;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void setUp() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = String.valueOf(free.getLocalPort());
        }
        reopen();
        address = there.window.address().toString();
        Path own = Files.createDirectory(folder.resolve("host"));
        host = new PushingHost(own, address, there.token(new Scope.Captain()));
        swarm = new Swarm(own);
        said = own.resolve("said.txt");
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        there.close();
    }

    private Process watch() throws IOException {
        Process process = swarm.command(List.of(), host.arguments("--watch"))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.appendTo(said.toFile()))
                .start();
        started.add(process);
        return process;
    }

    private void reopen() {
        there = new OpenWindow(folder.resolve("there"), Map.of(Setting.HTTP_PORT, port));
    }

    private void write(String agent, String document) throws IOException {
        Files.createDirectories(swarm.file(agent).getParent());
        Manner.REPLACE.write(swarm.file(agent), document);
    }

    private void assertConverges(Duration limit, String context) throws Exception {
        eventually(limit, () -> host.assertIsAt(there.shell.root, context));
    }

    private List<String> said() throws IOException {
        return Files.readAllLines(said);
    }

    @Test
    void whatChangesIsPushedAndAnOutageLosesNothing() throws Exception {
        write("Agent-6", Machine.document("Agent-6", 1));
        write("Agent-7", Machine.document("Agent-7", 1));
        Process watch = watch();
        assertConverges(SOON, "at the start");
        write("Agent-7", Machine.document("Agent-7", 2));
        write("Agent-8", Machine.document("Agent-8", 1));
        assertConverges(SOON, "after a change and a comer");
        Files.delete(swarm.file("Agent-6"));
        Files.delete(swarm.file("Agent-6").getParent());
        assertConverges(SOON, "after a departure");

        there.close();
        write("Agent-7", Machine.document("Agent-7", 3));
        eventually(SOON, () -> assertThat(said()).anyMatch(line -> line.startsWith("warning: ")));
        write("Agent-7", Machine.document("Agent-7", 4));
        write("Agent-9", Machine.document("Agent-9", 1));
        Files.delete(swarm.file("Agent-8"));
        Files.delete(swarm.file("Agent-8").getParent());
        reopen();
        assertConverges(AFTER_AN_OUTAGE, "after an outage");
        eventually(SOON, () -> assertThat(said()).last().asString().startsWith("pushing again to " + address + ": "));

        watch.destroy();
        assertThat(watch.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).as(said().toString()).isZero();
        assertThat(said().get(0)).isEqualTo("pushing 2 agents to " + address);
        // An outage may show itself in more than one way.
        assertThat(said().subList(1, said().size() - 1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith("warning: " + address)
                        .contains("; it is tried again until it works. Nothing is lost"));
    }

    @Test
    void aSignalEndsItAlsoWhileTheReceiverIsAway() throws Exception {
        write("Agent-7", Machine.document("Agent-7", 1));
        there.close();
        Process watch = watch();
        eventually(SOON, () -> assertThat(said()).anyMatch(line -> line.startsWith("warning: ")));

        watch.destroy();
        assertThat(watch.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isZero();
        reopen();
    }

    @Test
    void aConflictIsSaidOnceAndTheOthersGoOn() throws Exception {
        there.shell.write("Agent-7", Machine.document("Agent-7", 99));
        write("Agent-7", Machine.document("Agent-7", 1));
        write("Agent-8", Machine.document("Agent-8", 1));
        watch();
        eventually(SOON, () -> assertThat(said()).hasSize(2));
        write("Agent-7", Machine.document("Agent-7", 1) + " ");
        write("Agent-8", Machine.document("Agent-8", 2));
        eventually(SOON, () -> assertThat(there.shell.read("Agent-8")).isEqualTo(Machine.document("Agent-8", 2)));

        assertThat(there.shell.read("Agent-7")).isEqualTo(Machine.document("Agent-7", 99));
        assertThat(said().get(1)).startsWith("warning: Agent-7: conflict: at http");
    }

    /** Changes, outages and kills in any order; at the end the receiver has what the host has. */
    @Test
    void whateverHappensItConverges() throws Exception {
        long seed = Soak.seed();
        Random random = new Random(seed);
        write("Agent-0", Machine.document("Agent-0", 0));
        Process watch = watch();
        int steps = Soak.times(60, 600);
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(12)) {
                case 0 -> {
                    there.close();
                    act(random, step);
                    reopen();
                }
                case 1 -> {
                    watch.destroyForcibly().waitFor();
                    act(random, step);
                    watch = watch();
                }
                case 2 -> assertConverges(AFTER_AN_OUTAGE, "seed " + seed + ", step " + step);
                default -> act(random, step);
            }
        }
        assertConverges(AFTER_AN_OUTAGE, "seed " + seed + ", said: " + said());

        watch.destroy();
        assertThat(watch.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(host.push().out())
                .as("seed " + seed)
                .contains(" 0 sent, ", " 0 removed, ")
                .doesNotContain("conflict");
        there.shell.run("sync", "--all");
        assertThat(there.shell.run("verify", "--all").out()).as("seed " + seed).doesNotContain("drift", "behind");
    }

    /** Something that agents do; Agent-0 stays, so that the root is never empty. */
    private void act(Random random, int step) throws IOException {
        String agent = "Agent-" + (1 + random.nextInt(8));
        Path file = swarm.file(agent);
        if (random.nextInt(4) == 0) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
            return;
        }
        Files.createDirectories(file.getParent());
        String document = random.nextInt(6) == 0
                ? "{\"broken\": " + step
                : Machine.document(agent, random.nextInt(4)) + " ".repeat(random.nextInt(3));
        List<Manner> manners = List.of(Manner.values());
        manners.get(random.nextInt(manners.size())).write(file, document);
        Files.deleteIfExists(file.resolveSibling("status.json.tmp"));
    }
}
