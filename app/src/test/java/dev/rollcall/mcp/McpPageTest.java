package dev.rollcall.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.cli.Shell;
import dev.rollcall.http.Window;
import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tomlj.Toml;
import org.tomlj.TomlTable;
import tools.jackson.databind.JsonNode;

/** docs/mcp.md: each configuration on it is read as its client reads it, and works. */
class McpPageTest {
    private static final Path PAGE = Path.of("..", "docs", "mcp.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(sh|json|toml)\\n(.*?)```");

    /** The launcher, which these tests do without: see the page. */
    private static final String LAUNCHER = "/path/to/rollcall";

    @TempDir
    Path folder;

    /** What a client starts. */
    private record Configured(List<String> command, Map<String, String> environment) {}

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static List<JsonNode> json() throws IOException {
        return blocks("json").stream()
                .map(Clients.JSON::readTree)
                .map(root -> root.has("servers") ? root.path("servers") : root.path("mcpServers"))
                .map(servers -> servers.path("rollcall"))
                .toList();
    }

    private static List<Configured> onStdio() throws IOException {
        List<Configured> all = new ArrayList<>();
        for (String line : blocks("sh")) {
            assertThat(line).startsWith("claude mcp add rollcall -- ");
            all.add(new Configured(
                    List.of(line.strip().replaceFirst("^.* -- ", "").split(" ")), Map.of()));
        }
        for (String text : blocks("toml")) {
            TomlTable server = Toml.parse(text).getTableOrEmpty("mcp_servers.rollcall");
            all.add(new Configured(
                    Stream.concat(
                                    Stream.of(String.valueOf(server.getString("command"))),
                                    server.getArrayOrEmpty("args").toList().stream()
                                            .map(String::valueOf))
                            .toList(),
                    Map.of()));
        }
        for (JsonNode server : json()) {
            if (server.has("command")) {
                List<String> command =
                        new ArrayList<>(List.of(server.path("command").asString()));
                server.path("args").forEach(word -> command.add(word.asString()));
                Map<String, String> environment = new HashMap<>();
                server.path("env")
                        .properties()
                        .forEach(one ->
                                environment.put(one.getKey(), one.getValue().asString()));
                all.add(new Configured(command, environment));
            }
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> everyConfigurationOnStdioWorks() throws IOException {
        assertThat(onStdio()).hasSize(5);
        Shell shell = new Shell(folder);
        return onStdio().stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
                    assertThat(one.command().getFirst()).isEqualTo(LAUNCHER);
                    List<String> arguments = one.command().stream()
                            .skip(1)
                            .map(word -> word.replace("/path/to/agent_workspaces", shell.root.toString()))
                            .toList();
                    assertThat(arguments).contains("mcp", shell.root.toString());
                    try (McpSyncClient client = Clients.overStdio(arguments, one.environment())) {
                        assertThat(Clients.told(client, "start_cycle")
                                        .path("agent_id")
                                        .asString())
                                .isEqualTo("Agent-7");
                        assertThat(Clients.told(client, "roll")
                                        .path("agents_on_roll")
                                        .asInt())
                                .isEqualTo(1);
                    }
                }));
    }

    @Test
    void theConfigurationOverHttpWorks() throws Exception {
        List<JsonNode> servers =
                json().stream().filter(server -> server.has("url")).toList();
        assertThat(servers).hasSize(1);
        JsonNode server = servers.getFirst();
        Shell shell = new Shell(folder);
        try (Rollcall rollcall = Rollcall.open(Options.NONE.with(Setting.ROOT, shell.root.toString()));
                Window window = Window.open(rollcall)) {
            String secret = rollcall.tokens()
                    .create(Scope.of("agent:Agent-7"), "test", Instant.EPOCH)
                    .secret();
            URI url = URI.create(server.path("url").asString());
            assertThat(url.getPath()).isEqualTo("/mcp");
            assertThat(url.getHost()).isEqualTo(window.address().getHost());
            String header =
                    server.path("headers").path("Authorization").asString().replace("TOKEN", secret);
            try (McpSyncClient client = Clients.overHttp(window.address(), "Authorization", header)) {
                assertThat(Clients.told(client, "start_cycle").path("agent_id").asString())
                        .isEqualTo("Agent-7");
            }
        }
    }

    @Test
    void thePageNamesEveryTool() throws IOException {
        String page = Files.readString(PAGE);
        Shell shell = new Shell(folder);
        try (McpSyncClient client = Clients.overStdio(shell.root, "--agent", "Agent-7")) {
            assertThat(Clients.names(client))
                    .hasSize(22)
                    .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        }
    }
}
