package dev.rollcall.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.cli.HostileSwarm;
import dev.rollcall.http.OpenWindow;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every tool that a captain is offered, over a hostile swarm, with every argument that it takes as the attack. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileArgumentsTest {
    /** With what passes for letters or marks and shows as nothing. */
    private static final String ATTACK = HostileSwarm.ATTACK + " \u3164\u115f\u034f\u2800\ufe01\udb40\udd01 end";

    /** What each argument can be, by its name: a new one without a value here fails. */
    private static final Map<String, Object> USUAL = Map.ofEntries(
            Map.entry("agent_id", "Foe-1"),
            Map.entry("query", "login"),
            Map.entry("task", "repair the login"),
            Map.entry("name", "gate"),
            Map.entry("phase", "gate"),
            Map.entry("text", "gate"),
            Map.entry("actions", List.of("gate")));

    @TempDir
    private Path folder;

    private OpenWindow open;
    private McpSyncClient client;

    @BeforeEach
    void open() {
        HostileSwarm.in(folder);
        open = new OpenWindow(folder);
        client = Clients.overHttp(open.window.address(), "Authorization", "Bearer " + open.token(new Scope.Captain()));
    }

    @AfterEach
    void close() {
        client.close();
        open.close();
    }

    @Test
    void everyAnswerAndEveryFailureIsVisibleData() {
        List<Tool> tools = client.listTools().tools();
        assertThat(tools).extracting(Tool::name).contains("roll", "doctor", "start_mission", "end_cycle");
        for (Tool tool : tools) {
            assertTold(tool, usual(tool), true);
            for (String agent : List.of(HostileSwarm.ORDER, "Foe-4", "Foe-5", "Foe-6", "Foe-7", "Foe", ATTACK)) {
                call(tool, with(usual(tool), "agent_id", agent));
            }
            for (String argument : arguments(tool)) {
                call(tool, with(usual(tool), argument, ATTACK));
                call(tool, with(usual(tool), argument, List.of(ATTACK, "x")));
                call(tool, with(usual(tool), argument, Map.of(ATTACK, ATTACK)));
            }
            assertTold(tool, with(usual(tool), ATTACK, ATTACK), false);
        }
    }

    /** Each text that a tool takes to write: it stands in the agent's file as it was given, and is answered visibly. */
    @Test
    void whatIsWrittenIsJsonThatReadsBackTheSame() {
        int texts = 0;
        for (Tool tool : client.listTools().tools()) {
            if (Boolean.TRUE.equals(tool.annotations().readOnlyHint())) {
                continue;
            }
            for (String argument : arguments(tool)) {
                for (String agent : List.of("Foe-2", HostileSwarm.ORDER, "New one's \"name\"")) {
                    Object value = argument.equals("actions") ? List.of(ATTACK, "then rest") : ATTACK;
                    CallToolResult result = call(tool, with(with(usual(tool), "agent_id", agent), argument, value));
                    if (!Boolean.TRUE.equals(result.isError())) {
                        texts++;
                        JsonNode written = Clients.JSON.readTree(open.shell.read(agent));
                        assertThat(strings(written)).as(tool.name()).contains(ATTACK);
                        assertThat(open.shell.run("verify", "--agent", agent).exitCode())
                                .as(tool.name())
                                .isZero();
                    }
                }
            }
        }
        assertThat(texts).as("texts that were written").isGreaterThanOrEqualTo(7 * 3);
    }

    private CallToolResult call(Tool tool, Map<String, Object> arguments) {
        List<Object> flat = new ArrayList<>();
        arguments.forEach((name, value) -> flat.addAll(List.of(name, value)));
        CallToolResult result = Clients.call(client, tool.name(), flat.toArray());
        String text = Clients.text(result);
        String call = tool.name() + " " + arguments.keySet() + " " + text;
        assertThat(text).as(call).hasSizeLessThanOrEqualTo(Reply.MOST);
        assertThat(text.codePoints().filter(HostileTextTest::isUnseen).mapToObj(Integer::toHexString))
                .as(call)
                .isEmpty();
        if (Boolean.TRUE.equals(result.isError())) {
            assertThat(text).startsWith(Reply.NOTE + " ").doesNotContain("Exception", "a bug in Rollcall");
        } else {
            assertThat(text).startsWith("{\"note\":\"" + Reply.NOTE + "\"");
            assertThat(Clients.JSON.readTree(text).isObject()).as(call).isTrue();
        }
        return result;
    }

    private void assertTold(Tool tool, Map<String, Object> arguments, boolean isFine) {
        CallToolResult result = call(tool, arguments);
        assertThat(Boolean.TRUE.equals(result.isError()))
                .as(tool.name() + ": " + Clients.text(result))
                .isNotEqualTo(isFine);
    }

    private static List<String> arguments(Tool tool) {
        return List.copyOf(properties(tool).keySet());
    }

    private static Map<?, ?> untyped(Object object) {
        return (Map<?, ?>) object;
    }

    private static Map<String, Object> properties(Tool tool) {
        Map<String, Object> properties = new LinkedHashMap<>();
        untyped(tool.inputSchema().get("properties")).forEach((name, schema) -> properties.put((String) name, schema));
        return properties;
    }

    /** What the tool needs, and whom it is about. */
    private static Map<String, Object> usual(Tool tool) {
        Map<String, Object> usual = new LinkedHashMap<>();
        for (String name : arguments(tool)) {
            boolean isNeeded = tool.inputSchema().get("required") instanceof List<?> needed && needed.contains(name);
            boolean isWhose = name.equals("agent_id")
                    && !Boolean.TRUE.equals(tool.annotations().readOnlyHint());
            if (isNeeded || isWhose) {
                assertThat(USUAL).as(tool.name()).containsKey(name);
                usual.put(name, USUAL.get(name));
            }
        }
        return usual;
    }

    private static Map<String, Object> with(Map<String, Object> arguments, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(arguments);
        more.put(name, value);
        return more;
    }

    /** Every text in it, at any depth. */
    private static List<String> strings(JsonNode node) {
        List<String> strings = new ArrayList<>();
        if (node.isString()) {
            strings.add(node.asString());
        }
        node.forEach(inner -> strings.addAll(strings(inner)));
        return strings;
    }
}
