package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} as a process of its own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private Process up(Path said, String... options) throws IOException {
        List<String> all = new java.util.ArrayList<>(List.of("up"));
        all.addAll(List.of(options));
        return new Swarm(folder)
                .command(List.of(), all.toArray(String[]::new))
                .redirectOutput(said.toFile())
                .redirectError(errors(said).toFile())
                .start();
    }

    /** Of the process that says the rest here. */
    private static Path errors(Path said) {
        return said.resolveSibling("errors-of-" + said.getFileName());
    }

    private static URI address(Path said) throws Exception {
        URI[] address = new URI[1];
        eventually(SOON, () -> {
            Matcher found = ADDRESS.matcher(Files.readString(said));
            assertThat(found.find()).isTrue();
            address[0] = URI.create(found.group());
        });
        return address[0];
    }

    private HttpResponse<String> get(URI address, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void aFileThatIsWrittenIsSeenThroughTheWindowAndASignalEndsItWell() throws Exception {
        Swarm swarm = new Swarm(folder);
        swarm.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        Path said = folder.resolve("out.txt");
        Process up = up(said);
        try {
            URI address = address(said);
            eventually(
                    SOON, () -> assertThat(get(address, "/health").statusCode()).isEqualTo(200));
            swarm.write("Agent-7", "{\"status\":\"BLOCKED\"}");
            eventually(
                    SOON,
                    () -> assertThat(get(address, "/api/v1/agents/Agent-7").body())
                            .contains("\"state\":\"BLOCKED\""));

            assertOpenAlready(address);
            assertOpenAlready(address, "--port", "" + (address.getPort() + 1));
            Path link = Files.createSymbolicLink(folder.resolve("link"), swarm.root());
            assertOpenAlready(address, "--root", link.toString());
            assertOtherRootIsRefused(address);

            up.destroy();
            assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isZero();
            assertThat(Files.readAllLines(errors(said))).contains("Rollcall has stopped.");
            assertThat(swarm.runHere("verify", "--all").exitCode()).isZero();
        } finally {
            up.destroyForcibly();
        }
    }

    private void assertOpenAlready(URI address, String... options) throws Exception {
        Path said = folder.resolve("second.txt");
        Process other = up(said, options);
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isZero();
        assertThat(Files.readString(said)).isEqualTo("The window is open already: " + address + "\n");
        assertThat(Files.readString(errors(said))
                        .contains("It stays where it is; to open it elsewhere, stop it first."))
                .isEqualTo(List.of(options).contains("--port"));
    }

    /** A root beside the one that is shown has the same database, and nobody on the roll. */
    private void assertOtherRootIsRefused(URI address) throws Exception {
        Path root = Files.createDirectory(folder.resolve("others"));
        Path said = folder.resolve("others.txt");
        Process other = up(said, "--root", root.toString());
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isEqualTo(1);
        assertThat(Files.readString(said)).isEmpty();
        assertThat(Files.readString(errors(said)))
                .contains("the window that is open over this database, " + address + ", shows ")
                .contains("hint: Give this root a database of its own with --db.");
    }

    @Test
    void aPortThatWasNamedAndIsInUseIsSaidSo() throws Exception {
        new Swarm(folder).write("Agent-7", "{\"status\":\"ACTIVE\"}");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Process up = up(folder.resolve("out.txt"), "--port", port);

            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isEqualTo(1);
            assertThat(Files.readString(errors(folder.resolve("out.txt"))))
                    .contains("error: the window can not be opened at 127.0.0.1, port " + port)
                    .contains("hint: Choose another --port or --bind.")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void anAddressThatThereIsNotIsSaidSo() throws Exception {
        new Swarm(folder).write("Agent-7", "{\"status\":\"ACTIVE\"}");
        Path said = folder.resolve("out.txt");
        Process up = up(said, "--bind", "999.1.1.1");

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(2);
        assertThat(Files.readString(errors(said)))
                .contains("error: the window can not be opened at 999.1.1.1, port ")
                .contains(": there is no address of that name\n");
    }

    @Test
    void withoutARootThereIsNothingToSee() throws Exception {
        Process up = up(
                folder.resolve("out.txt"), "--root", folder.resolve("nowhere").toString());

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(4);
        assertThat(Files.readString(folder.resolve("out.txt"))).isEmpty();
        assertThat(folder.resolve(".rollcall")).doesNotExist();
        assertThat(new Swarm(folder)
                        .runHere(
                                "token",
                                "create",
                                "--scope",
                                "read",
                                "--root",
                                folder.resolve("nowhere").toString())
                        .exitCode())
                .isEqualTo(4);
    }

    @Test
    void theDemoIsASwarmOfTwelveWithSomethingToLookAt() throws Exception {
        Path said = folder.resolve("out.txt");
        Process up = up(said, "--demo");
        try {
            URI address = address(said);
            eventually(
                    SOON,
                    () -> assertThat(get(address, "/api/v1/roll").body())
                            .contains(
                                    "\"total\":12,",
                                    "\"state\":\"BLOCKED\"",
                                    "\"freshness\":\"STALE\"",
                                    "\"rejected_since\":\"2"));
            eventually(
                    SOON,
                    () -> assertThat(get(address, "/api/v1/rejected").body()).contains("\"agent_id\":\"Agent-8\""));
            assertThat(get(address, "/api/v1/roll?freshness=stale").body())
                    .contains("\"total\":1,", "\"agent_id\":\"Agent-7\"");
            eventually(
                    SOON,
                    () -> assertThat(get(address, "/api/v1/overlaps").body())
                            .contains("\"agents\":[\"Agent-5\",\"Agent-6\"]"));
        } finally {
            up.destroy();
            assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(up.exitValue()).isZero();
        String last = Files.readAllLines(errors(said)).getLast();
        assertThat(last).startsWith("Rollcall has stopped. The demo's folder stays: ");
        assertThat(Path.of(last.replaceAll(".*: ", ""), "agent_workspaces")).isDirectory();
    }
}
