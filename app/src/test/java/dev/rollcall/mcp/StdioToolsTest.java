package dev.rollcall.mcp;

import static dev.rollcall.mcp.Clients.complaint;
import static dev.rollcall.mcp.Clients.names;
import static dev.rollcall.mcp.Clients.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.answers.LifecycleRequest;
import dev.rollcall.cli.Shell;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The tools as a client of the protocol's own library finds them, over a process of its own. */
class StdioToolsTest {
    private static final List<String> READING = List.of(
            "roll",
            "agent",
            "history",
            "diff",
            "search",
            "similar",
            "recommend",
            "overlaps",
            "report",
            "verify",
            "doctor");

    private static final List<String> WRITING = LifecycleRequest.VERBS.keySet().stream()
            .map(verb -> verb.replace('-', '_'))
            .toList();

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void aSwarm() {
        shell = new Shell(folder);
        shell.write("Mason", """
                {"status": "ACTIVE", "cycle_count": 4, "current_mission": "Repair the sea wall",
                 "current_tasks": ["Mix the mortar for the sea wall"], "points_earned": 10}""");
        shell.write("Keeper", """
                {"status": "BLOCKED", "cycle_count": 2, "current_mission": "Light the beacon",
                 "blockers": ["wait for Mason"]}""");
        assertThat(shell.run("sync", "--all").exitCode()).isZero();
    }

    @Test
    void somebodyWithoutAnIdentityReadsAndNothingElse() throws Exception {
        String before = shell.read("Mason");
        try (McpSyncClient client = Clients.overStdio(shell.root)) {
            assertThat(names(client)).containsExactlyElementsOf(READING);
            for (String verb : WRITING) {
                assertThat(complaint(client, verb, "agent_id", "Mason"))
                        .startsWith(verb + " is only for an agent that is known by name")
                        .contains("--agent ID")
                        .hasLineCount(1);
            }
        }
        assertThat(shell.read("Mason")).isEqualTo(before);
    }

    @Test
    void everyToolTellsWhatItIsFor() {
        try (McpSyncClient client = Clients.overStdio(shell.root)) {
            JsonNode roll = told(client, "roll");
            assertThat(roll.path("needing_attention").path("stuck").asInt()).isEqualTo(1);
            assertThat(roll.path("agents").path(0).path("agent_id").asString()).isEqualTo("Keeper");
            assertThat(told(client, "roll", "attention", "any").path("matching").asInt())
                    .isEqualTo(1);
            assertThat(told(client, "roll", "state", "ACTIVE", "at", "now")
                            .path("agents")
                            .size())
                    .isEqualTo(1);
            assertThat(told(client, "agent", "agent_id", "Mason")
                            .path("document")
                            .path("current_tasks")
                            .path(0)
                            .asString())
                    .contains("mortar");
            shell.run("start-cycle", "--agent", "Mason");
            assertThat(told(client, "history", "agent_id", "Mason", "field", "cycle_count")
                            .path("revisions")
                            .path(0)
                            .path("value")
                            .asInt())
                    .isEqualTo(5);
            assertThat(told(client, "diff", "agent_id", "Mason").path("changes").toString())
                    .contains("cycle_count");
            assertThat(told(client, "search", "query", "who is blocked")
                            .path("hits")
                            .toString())
                    .contains("Keeper");
            assertThat(told(client, "search", "query", "mortar", "k", 1)
                            .path("hits")
                            .size())
                    .isEqualTo(1);
            assertThat(told(client, "similar", "agent_id", "Mason")
                            .path("query")
                            .asString())
                    .isEqualTo("Mason");
            assertThat(told(client, "recommend", "task", "masonry").path("hits").toString())
                    .contains("Mason");
            assertThat(told(client, "overlaps").path("more").asInt()).isZero();
            assertThat(told(client, "report").path("agents_reported").asInt()).isEqualTo(2);
            assertThat(told(client, "report", "detail", "normal").path("agents").size())
                    .isEqualTo(2);
            assertThat(told(client, "report", "agent_id", "Mason")
                            .path("agent_id")
                            .asString())
                    .isEqualTo("Mason");
            assertThat(told(client, "verify").path("synced").asInt()).isEqualTo(2);
            assertThat(told(client, "verify", "agent_id", "Mason")
                            .path("agents")
                            .size())
                    .isEqualTo(1);
            assertThat(told(client, "doctor").path("healthy").asBoolean()).isTrue();
        }
    }

    @Test
    void whoContradictsItselfNeedsAttentionAsOnThePage() {
        shell.write("Rigger", "{\"status\": \"ACTIVE\", \"blockers\": [\"no rope\"]}");
        shell.run("sync", "--all");
        try (McpSyncClient client = Clients.overStdio(shell.root)) {
            assertThat(told(client, "roll").path("needing_attention").toString())
                    .isEqualTo("{\"stuck\":1,\"contradicted\":1}");
            JsonNode contradicted = told(client, "roll", "attention", "contradicted");
            assertThat(contradicted.path("matching").asInt()).isEqualTo(1);
            assertThat(contradicted.path("agents").path(0).path("attention").asString())
                    .isEqualTo("contradicted");
            assertThat(told(client, "roll", "attention", "any").path("matching").asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void oneWordNamesAnAgentWhateverTheTool() {
        try (McpSyncClient client = Clients.overStdio(shell.root, "--agent", "Mason")) {
            Map<String, String> taking = new TreeMap<>();
            client.listTools()
                    .tools()
                    .forEach(tool -> taking.put(
                            tool.name(), tool.inputSchema().get("properties").toString()));
            assertThat(taking.values()).allSatisfy(names -> assertThat(names).doesNotContain("{id=", " id=", "agent="));
            for (String tool : List.of("agent", "history", "diff", "similar", "report", "verify", "start_cycle")) {
                assertThat(taking.get(tool)).as(tool).contains("agent_id=");
            }
            assertThat(complaint(client, "agent", "id", "Mason")).contains("takes no argument 'id'", "agent_id");
        }
    }

    @Test
    void anAgentKeepsItsOwnStatusAndNoOther() {
        String before = shell.read("Keeper");
        try (McpSyncClient client = Clients.overStdio(shell.root, "--agent", "Mason")) {
            assertThat(names(client)).containsAll(READING).containsAll(WRITING);
            assertThat(told(client, "start_cycle").path("cycle_count").asInt()).isEqualTo(5);
            told(client, "start_mission", "name", "Light the beacon", "priority", "high");
            told(client, "update_phase", "phase", "Trimming");
            told(client, "add_task", "name", "Trim the wick");
            told(client, "complete_task", "name", "Trim the wick", "points", 2.5);
            told(client, "add_blocker", "text", "wait for Keeper");
            told(client, "clear_blockers");
            told(client, "add_achievement", "text", "The light burns");
            told(client, "complete_mission");
            told(client, "set_next_actions", "actions", List.of("Rest"));
            assertThat(told(client, "end_cycle", "agent_id", "Mason")
                            .path("synced")
                            .asBoolean())
                    .isTrue();
            assertThat(complaint(client, "end_cycle", "agent_id", "Keeper"))
                    .isEqualTo("these tools write the status of Mason, not that of Keeper. Leave agent_id out.");
            assertThat(complaint(client, "add_task", "name", 7)).isEqualTo("add_task: argument name must be a text");
            assertThat(complaint(client, "complete_task", "name", "x", "points", "many"))
                    .isEqualTo("complete_task: argument points must be a number");
        }
        assertThat(shell.read("Keeper")).isEqualTo(before);
        assertThat(shell.read("Mason")).contains("\"Trim the wick\"", "12.5", "The light burns", "Rest");
    }

    @Test
    void whoIsAtTheSameWorkStandsInAMemberOfItsOwn() {
        try (McpSyncClient client = Clients.overStdio(shell.root, "--agent", "Mason")) {
            JsonNode begun = told(client, "start_mission", "name", "light the Beacon!");
            assertThat(begun.path("same_work").toString())
                    .isEqualTo("[{\"agent_id\":\"Keeper\",\"state\":\"BLOCKED\",\"freshness\":\"LIVE\","
                            + "\"field\":\"mission\",\"text\":\"Light the beacon\"}]");
            assertThat(begun.path("notes").toString()).doesNotContain("Light the beacon");
            assertThat(told(client, "start_mission", "name", "Carve a gargoyle").has("same_work"))
                    .isFalse();
        }
    }

    @Test
    void whatIsAskedWronglyIsAnsweredInASentence() {
        try (McpSyncClient client = Clients.overStdio(shell.root)) {
            assertThat(complaint(client, "agent", "agent_id", "Masn"))
                    .contains("nobody on the roll is called Masn", "Mason");
            assertThat(complaint(client, "agent", "agent_id", "../etc")).contains("contains a path separator");
            assertThat(complaint(client, "agent")).startsWith("agent: argument agent_id is missing");
            assertThat(complaint(client, "agent", "agent_id", "")).startsWith("agent: argument agent_id is empty");
            assertThat(complaint(client, "agent", "agent_id", "Mason", "at", "soonish"))
                    .contains("\"soonish\"".replace('"', '\''));
            assertThat(complaint(client, "roll", "at", "2999-01-01")).contains("still to come");
            assertThat(complaint(client, "roll", "limit", 0)).contains("a whole number from 1 to 500");
            assertThat(complaint(client, "roll", "limit", 1.5)).contains("a whole number from 1 to 500");
            assertThat(complaint(client, "roll", "state", "asleep")).contains("must be one of active, idle");
            assertThat(complaint(client, "roll", "stat", "active")).contains("takes no argument 'stat'", "state");
            assertThat(complaint(client, "roll", "cursor", "***"))
                    .startsWith("this cursor is none that an answer gave");
            assertThat(complaint(client, "roll", "cursor", "Li4vLi4")).startsWith("this cursor is none");
            assertThat(complaint(client, "verify", "deep", "perhaps")).contains("must be true or false");
            assertThat(complaint(client, "history", "agent_id", "Mason", "field", "shoe_size"))
                    .contains("'shoe_size'");
            assertThat(complaint(client, "diff", "agent_id", "Mason", "from", "r999"))
                    .contains("no revision 999");
            assertThat(complaint(client, "search", "query", " ")).contains("query is empty");
            assertThat(complaint(client, "search", "query", "x".repeat(3000))).contains("longer than 2000 characters");
            assertThat(complaint(client, "report", "since", "tomorrow"))
                    .isNotBlank()
                    .hasLineCount(1);
            assertThat(complaint(client, "report", "agent_id", "Nobody"))
                    .contains("nobody on the roll is called Nobody");
            assertThatThrownBy(() -> Clients.call(client, "rol")).hasMessageContaining("Did you mean roll?");
        }
    }

    @Test
    void pagesTellEachAgentOnce() {
        IntStream.rangeClosed(1, 130)
                .forEach(i -> shell.write(
                        "Hand-" + i, "{\"status\": \"ACTIVE\", \"current_mission\": \"" + "row ".repeat(90) + "\"}"));
        shell.run("sync", "--all");
        try (McpSyncClient client = Clients.overStdio(shell.root)) {
            for (Object[] manner : List.of(
                    new Object[] {"roll", "limit", 7},
                    new Object[] {"roll", "limit", 500},
                    new Object[] {"roll", "limit", 500, "detail", "full"},
                    new Object[] {"verify", "detail", "normal", "limit", 50},
                    new Object[] {"report", "detail", "normal", "limit", 200})) {
                List<String> told = new ArrayList<>();
                int pages = 0;
                String cursor = null;
                do {
                    List<Object> arguments = new ArrayList<>(List.of(manner).subList(1, manner.length));
                    if (cursor != null) {
                        arguments.addAll(List.of("cursor", cursor));
                    }
                    JsonNode page = told(client, (String) manner[0], arguments.toArray());
                    assertThat(page.toString()).hasSizeLessThanOrEqualTo(Reply.MOST);
                    page.path("agents")
                            .forEach(agent -> told.add(agent.path("agent_id").asString()));
                    cursor = page.path("next_cursor").asString(null);
                    pages++;
                } while (cursor != null);
                assertThat(new HashSet<>(told)).as("%s", List.of(manner)).hasSize(132);
                assertThat(told).hasSize(132);
                assertThat(pages).isGreaterThan(1);
            }
        }
    }

    @Test
    void whoLeavesBetweenTwoPagesTakesNobodyAlong() throws Exception {
        try (McpSyncClient client = Clients.overStdio(shell.root)) {
            JsonNode first = told(client, "roll", "limit", 1);
            assertThat(first.path("agents").toString()).contains("Keeper");
            Files.delete(shell.file("Keeper"));
            Files.delete(shell.file("Keeper").getParent());
            shell.run("sync", "--all");
            shell.run("forget", "Keeper", "--yes");

            JsonNode second = told(
                    client,
                    "roll",
                    "limit",
                    1,
                    "cursor",
                    first.path("next_cursor").asString());
            assertThat(second.path("agents").toString()).contains("Mason");
            assertThat(second.has("next_cursor")).isFalse();
        }
    }

    @Test
    void aLongHistoryIsToldNewestFirstAPageAtATime() {
        for (int cycle = 5; cycle <= 60; cycle++) {
            shell.write("Mason", "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + "}");
            shell.run("sync", "--all");
        }
        try (McpSyncClient client = Clients.overStdio(shell.root)) {
            List<Integer> cycles = new ArrayList<>();
            String cursor = null;
            do {
                JsonNode page = cursor == null
                        ? told(client, "history", "agent_id", "Mason", "limit", 25)
                        : told(client, "history", "agent_id", "Mason", "limit", 25, "cursor", cursor);
                page.path("revisions")
                        .forEach(one -> cycles.add(one.path("cycle_count").asInt()));
                cursor = page.path("next_cursor").asString(null);
            } while (cursor != null);
            assertThat(cycles)
                    .isEqualTo(IntStream.iterate(60, cycle -> cycle >= 4, cycle -> cycle - 1)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void resourcesTellTheContractAndTheAgents() {
        try (McpSyncClient client = Clients.overStdio(shell.root)) {
            assertThat(client.listResources().resources().stream().map(one -> one.uri()))
                    .containsExactlyInAnyOrder("rollcall://contract", "rollcall://agents");
            assertThat(client.listResourceTemplates()
                            .resourceTemplates()
                            .getFirst()
                            .uriTemplate())
                    .isEqualTo("rollcall://agents/{id}");
            assertThat(read(client, "rollcall://contract"))
                    .contains("status.json")
                    .contains(WRITING.stream().map(verb -> "`" + verb + "`").toList());
            assertThat(read(client, "rollcall://agents")).contains("Keeper", "Mason");
            assertThat(read(client, "rollcall://agents/M%61son")).contains("Repair the sea wall", Reply.NOTE);
            assertThatThrownBy(() -> read(client, "rollcall://agents/Nobody"))
                    .hasMessageContaining("nobody on the roll is called Nobody");
            assertThatThrownBy(() -> read(client, "rollcall://agents/%zz")).hasMessageContaining("params are not");
            assertThatThrownBy(() -> read(client, "file:///etc/passwd")).hasMessageContaining("no such resource");
        }
    }

    private static String read(McpSyncClient client, String uri) {
        return ((TextResourceContents)
                        client.readResource(ReadResourceRequest.builder(uri).build())
                                .contents()
                                .getFirst())
                .text();
    }
}
