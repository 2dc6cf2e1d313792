package dev.rollcall.mcp;

import dev.rollcall.cli.Main;
import dev.rollcall.files.ChildJvm;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of the protocol's own library, and what they are told. */
public final class Clients {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private Clients() {}

    /** Over a process of its own, started by the program's classes instead of the launcher. */
    static McpSyncClient overStdio(Path root, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--root", root.toString(), "mcp"));
        all.addAll(List.of(arguments));
        return overStdio(all, Map.of());
    }

    static McpSyncClient overStdio(List<String> arguments, Map<String, String> environment) {
        List<String> command = ChildJvm.command(List.of(), Main.class, arguments.toArray(String[]::new))
                .command();
        ServerParameters process = ServerParameters.builder(command.getFirst())
                .args(command.subList(1, command.size()))
                .env(environment)
                .build();
        return begun(new StdioClientTransport(process, McpJsonDefaults.getMapper()));
    }

    /** @param headers name and value by turns */
    public static McpSyncClient overHttp(URI window, String... headers) {
        return begun(HttpClientStreamableHttpTransport.builder(window.toString())
                .endpoint("/mcp")
                .addHttpRequestCustomizer((request, method, uri, body, context) -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        request.header(headers[i], headers[i + 1]);
                    }
                })
                .build());
    }

    private static McpSyncClient begun(McpClientTransport transport) {
        McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(Duration.ofSeconds(60))
                .initializationTimeout(Duration.ofSeconds(60))
                .build();
        client.initialize();
        return client;
    }

    /** @param arguments name and value by turns */
    public static CallToolResult call(McpSyncClient client, String tool, Object... arguments) {
        Map<String, Object> all = new java.util.LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            all.put((String) arguments[i], arguments[i + 1]);
        }
        return client.callTool(CallToolRequest.builder(tool).arguments(all).build());
    }

    public static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    /** Of a call that must succeed. */
    public static JsonNode told(McpSyncClient client, String tool, Object... arguments) {
        CallToolResult result = call(client, tool, arguments);
        if (Boolean.TRUE.equals(result.isError())) {
            throw new AssertionError(tool + ": " + text(result));
        }
        return JSON.readTree(text(result));
    }

    /** Of a call that must fail, without the note that it must begin with. */
    public static String complaint(McpSyncClient client, String tool, Object... arguments) {
        CallToolResult result = call(client, tool, arguments);
        if (!Boolean.TRUE.equals(result.isError())) {
            throw new AssertionError(tool + " did not fail: " + text(result));
        }
        return sentence(text(result));
    }

    /** What a failure says after its note. */
    static String sentence(String failure) {
        String note = Reply.NOTE + " ";
        if (!failure.startsWith(note)) {
            throw new AssertionError("a failure without the note: " + failure);
        }
        return failure.substring(note.length());
    }

    public static List<String> names(McpSyncClient client) {
        return client.listTools().tools().stream().map(tool -> tool.name()).toList();
    }
}
