package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.app.Scope;
import dev.rollcall.mcp.Clients;
import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools over HTTP: who is let in, and as whom. */
class McpRoutesTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private static final String[] JSON = {"Content-Type", "application/json"};

    @TempDir
    Path folder;

    private OpenWindow open() {
        OpenWindow open = new OpenWindow(folder);
        open.shell.write("Agent-7", "{\"status\": \"ACTIVE\", \"cycle_count\": 1}");
        open.shell.run("sync", "--all");
        return open;
    }

    private static McpSyncClient client(OpenWindow open, Scope scope) {
        return Clients.overHttp(open.window.address(), "Authorization", "Bearer " + open.token(scope));
    }

    @Test
    void whoHasNoTokenReadsAndNothingElse() {
        try (OpenWindow open = open();
                McpSyncClient client = Clients.overHttp(open.window.address())) {
            assertThat(Clients.names(client)).contains("roll", "doctor").doesNotContain("start_cycle");
            assertThat(Clients.told(client, "roll").path("agents_on_roll").asInt())
                    .isEqualTo(1);
            assertThat(Clients.complaint(client, "start_cycle", "agent_id", "Agent-7"))
                    .startsWith("start_cycle is only for an agent that is known by name");
            assertThat(open.shell.read("Agent-7")).contains("\"cycle_count\": 1");
        }
    }

    @Test
    void aTokenWritesTheStatusThatItIsFor() throws Exception {
        Scope agent = Scope.of("agent:Agent-7");
        try (OpenWindow open = open();
                McpSyncClient own = client(open, agent);
                McpSyncClient captain = client(open, new Scope.Captain());
                McpSyncClient reader = client(open, new Scope.Read())) {
            assertThat(Clients.told(own, "start_cycle").path("cycle_count").asInt())
                    .isEqualTo(2);
            assertThat(Clients.complaint(own, "start_cycle", "agent_id", "Agent-8"))
                    .startsWith("these tools write the status of Agent-7");
            assertThat(Clients.complaint(captain, "start_cycle")).startsWith("a captain must say whose status");
            assertThat(Clients.told(captain, "add_task", "name", "Rest", "agent_id", "Agent-8")
                            .path("created")
                            .asBoolean())
                    .isTrue();
            assertThat(Clients.names(reader)).doesNotContain("start_cycle");
            assertThat(Clients.complaint(reader, "end_cycle")).startsWith("end_cycle is only for an agent");
            assertThat(log(open))
                    .containsExactly(
                            "127.0.0.1\tstart-cycle\tAgent-7\tasked",
                            "127.0.0.1\tstart-cycle\tAgent-7\twritten as revision 2",
                            "127.0.0.1\tstart-cycle\tAgent-8\tasked",
                            "127.0.0.1\tstart-cycle\tAgent-8\trefused",
                            "127.0.0.1\tstart-cycle\tnone\tasked",
                            "127.0.0.1\tstart-cycle\tnone\twrong_usage",
                            "127.0.0.1\tadd-task\tAgent-8\tasked",
                            "127.0.0.1\tadd-task\tAgent-8\twritten as revision 3",
                            "127.0.0.1\tend-cycle\tnone\tasked",
                            "127.0.0.1\tend-cycle\tnone\trefused");
        }
    }

    /** Each line from the address on. */
    private static List<String> log(OpenWindow open) throws IOException {
        return Files.readAllLines(open.shell.folder.resolve(".rollcall/audit.log")).stream()
                .map(line -> line.replaceFirst("^\\S+\\t\\S+\\t", ""))
                .toList();
    }

    @Test
    void argumentsThatAreNoneLeaveTheirLinesToo() throws Exception {
        try (OpenWindow open = open();
                McpSyncClient own = client(open, Scope.of("agent:Agent-7"));
                McpSyncClient captain = client(open, new Scope.Captain());
                McpSyncClient nobody = Clients.overHttp(open.window.address())) {
            Clients.complaint(own, "add_task", "name", 7);
            Clients.complaint(own, "add_task");
            Clients.complaint(own, "end_cycle", "colour", "red");
            Clients.complaint(own, "complete_task", "name", "x", "points", "1e200");
            Clients.complaint(captain, "end_cycle", "agent_id", "../etc");
            Clients.complaint(captain, "end_cycle", "agent_id", 7);
            Clients.complaint(captain, "add_task", "agent_id", "Agent-8");
            Clients.complaint(nobody, "end_cycle", "agent_id", "Agent-8");

            assertThat(log(open))
                    .allMatch(line -> line.startsWith("127.0.0.1\t"))
                    .filteredOn(line -> !line.endsWith("\tasked"))
                    .containsExactly(
                            "127.0.0.1\tadd-task\tAgent-7\twrong_usage",
                            "127.0.0.1\tadd-task\tAgent-7\twrong_usage",
                            "127.0.0.1\tend-cycle\tAgent-7\twrong_usage",
                            "127.0.0.1\tcomplete-task\tAgent-7\twrong_usage",
                            "127.0.0.1\tend-cycle\tnone\tinvalid_agent_id",
                            "127.0.0.1\tend-cycle\tnone\twrong_usage",
                            "127.0.0.1\tadd-task\tAgent-8\twrong_usage",
                            "127.0.0.1\tend-cycle\tAgent-8\trefused");
            assertThat(log(open)).hasSize(16);
        }
    }

    @Test
    void theGuardComesFirst() throws Exception {
        try (OpenWindow open = open()) {
            assertThat(open.send(
                                    "POST",
                                    "/mcp",
                                    LIST,
                                    "Content-Type",
                                    "application/json",
                                    "Origin",
                                    "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(open.send("POST", "/mcp", LIST, "Content-Type", "application/json", "Authorization", "Bearer no")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(open.raw("POST", "/mcp", Map.of("Host", "evil.example", "Content-Length", "0")))
                    .startsWith("HTTP/1.1 403");
            assertThatThrownBy(() -> Clients.overHttp(open.window.address(), "Authorization", "Bearer no"))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void whatIsNoMessageIsRefusedInASentence() throws Exception {
        try (OpenWindow open = open()) {
            for (String method : List.of("GET", "DELETE", "PUT")) {
                assertThat(open.send(method, "/mcp", "").statusCode())
                        .as(method)
                        .isEqualTo(405);
            }
            assertThat(open.send("POST", "/mcp", LIST).statusCode()).isEqualTo(415);
            assertThat(open.send("POST", "/mcp", LIST, "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(415);
            assertThat(open.send("POST", "/mcp", LIST, "Content-Type", "application/json", "MCP-Protocol-Version", "1")
                            .statusCode())
                    .isEqualTo(400);
            HttpResponse<String> long1 = open.send("POST", "/mcp", "x".repeat(1_100_000), JSON);
            assertThat(long1.statusCode()).isEqualTo(413);
            assertThat(long1.body()).contains("longer than 1048576 bytes");
            HttpResponse<String> broken = open.send("POST", "/mcp", "{\"jsonrpc\"", JSON);
            assertThat(broken.statusCode()).isEqualTo(200);
            assertThat(broken.body())
                    .contains("-32700", "the message is no JSON object")
                    .doesNotContain("Exception");
            HttpResponse<String> told =
                    open.send("POST", "/mcp", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", JSON);
            assertThat(told.statusCode()).isEqualTo(202);
            assertThat(told.body()).isEmpty();
            HttpResponse<String> list = open.send("POST", "/mcp", LIST, JSON);
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat(list.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(list.body()).contains("\"roll\"").doesNotContain("start_cycle\"");
        }
    }
}
