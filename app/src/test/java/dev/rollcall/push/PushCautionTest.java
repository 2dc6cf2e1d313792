package dev.rollcall.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.app.Scope;
import dev.rollcall.cli.Shell.Result;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.files.Workspaces;
import dev.rollcall.http.OpenWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can not be seen for a moment, here or there, is not taken for gone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushCautionTest {
    private static final String OLD = "{\"status\":\"ACTIVE\"}";
    private static final String NEW = "{\"status\":\"BLOCKED\"}";

    @TempDir
    private Path folder;

    /** Two batches of agents have left; the root goes while the first of them is removed. */
    @Test
    void aRootThatGoesInMidPassTakesNobodyWithIt() throws Exception {
        List<String> removed = new CopyOnWriteArrayList<>();
        List<String> agents =
                IntStream.range(10, 50).mapToObj(number -> "Agent-" + number).toList();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PushingHost host = new PushingHost(
                Files.createDirectory(folder.resolve("host")),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "secret");
        host.shell.write("Agent-49", OLD);
        String sha256 = DocumentContent.sha256Of(OLD.getBytes(UTF_8));
        Map<AgentId, String> pushed = new HashMap<>();
        List<String> listed = new ArrayList<>();
        for (String agent : agents) {
            pushed.put(new AgentId(agent), sha256);
            listed.add("{\"agent_id\":\"" + agent + "\",\"content_sha256\":\"" + sha256 + "\"}");
        }
        try (PushNotes notes = host.notes()) {
            notes.confirm(pushed);
        }
        server.createContext("/", exchange -> {
            String answer = "{\"files\":[" + String.join(",", listed) + "]}";
            if (exchange.getRequestMethod().equals("DELETE")) {
                removed.add(exchange.getRequestURI().getPath());
                moveAway(host);
                answer = "{}";
            }
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length());
                exchange.getResponseBody().write(answer.getBytes(UTF_8));
            }
        });
        server.start();
        try {
            Result result = host.push();

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
            assertThat(result.err()).contains("the workspaces root holds no agent, but 24 were pushed from it");
            assertThat(removed).hasSize(16);
        } finally {
            server.stop(0);
        }
    }

    private void moveAway(PushingHost host) throws IOException {
        Path left = host.shell.root.resolve("Agent-49");
        if (Files.exists(left)) {
            Files.move(left, folder.resolve("away"));
        }
    }

    @Test
    void whatCanNotBeReadThereForAWhileStaysOurs() throws Exception {
        try (OpenWindow there = new OpenWindow(folder.resolve("there"))) {
            PushingHost host = new PushingHost(
                    Files.createDirectory(folder.resolve("host")),
                    there.window.address().toString(),
                    there.token(new Scope.Captain()));
            host.shell.write("Agent-6", OLD);
            host.shell.write("Agent-7", OLD);
            host.push();
            Workspaces workspaces = new Workspaces(there.shell.root);
            for (AgentId agent : List.of(new AgentId("Agent-6"), new AgentId("Agent-7"))) {
                Files.move(workspaces.file(agent), folder.resolve(agent.value()));
                Files.createDirectory(workspaces.file(agent));
            }
            host.shell.write("Agent-7", NEW);
            Files.delete(host.shell.file("Agent-6"));
            Result result = host.push();
            assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
            assertThat(result.out().replaceAll("\\s+", " "))
                    .contains(
                            "0 sent, 0 unchanged, 0 removed, 2 to look at", "can not be read as a file, and was left");

            for (AgentId agent : List.of(new AgentId("Agent-6"), new AgentId("Agent-7"))) {
                Files.delete(workspaces.file(agent));
                Files.move(folder.resolve(agent.value()), workspaces.file(agent));
            }
            assertThat(host.push().out()).contains("1 sent, 0 unchanged, 1 removed, 0 to look at");
            host.assertIsAt(there.shell.root, "after it was readable again");
        }
    }
}
