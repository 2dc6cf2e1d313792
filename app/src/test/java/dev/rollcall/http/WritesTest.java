package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.Scope;
import dev.rollcall.app.WindowSettings.Reading;
import dev.rollcall.document.AgentId;
import dev.rollcall.mcp.Clients;
import io.modelcontextprotocol.client.McpSyncClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of writes when something goes wrong with the write, or with the log. */
class WritesTest {
    @TempDir
    Path folder;

    @Test
    void aBugHasItsOutcomeInTheLog() throws Exception {
        IllegalStateException bug = new IllegalStateException("a bug");
        try (OpenWindow open = new OpenWindow(folder);
                OpenSwarm swarm = OpenSwarm.of(open.rollcall)) {
            Writes writes = new Writes(swarm, new Guard(Set.of(), List.of(), Reading.FREE, open.rollcall.tokens()));
            Caller captain = new Caller("1a2b3c4d", new Scope.Captain(), "127.0.0.1");

            assertThatThrownBy(() -> writes.outcome(captain, new AgentId("Agent-7"), "add-task", new Failing(bug)))
                    .isSameAs(bug);

            assertThat(Files.readAllLines(log(open)).stream().map(line -> line.substring(line.indexOf('\t') + 1)))
                    .containsExactly(
                            "1a2b3c4d\t127.0.0.1\tadd-task\tAgent-7\tasked",
                            "1a2b3c4d\t127.0.0.1\tadd-task\tAgent-7\tbug");
        }
    }

    @Test
    void whatCanNotBeLoggedIsNotDone() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            open.shell.write("Agent-7", "{\"status\": \"ACTIVE\", \"cycle_count\": 1}");
            open.shell.run("sync", "--all");
            String before = open.shell.read("Agent-7");
            String bearer = "Bearer " + open.token(new Scope.Captain());
            Files.createDirectories(log(open));

            HttpResponse<String> answer =
                    open.send("POST", "/api/v1/agents/Agent-7/start-cycle", "", "Authorization", bearer);
            assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
            assertThat(answer.body()).contains("a line can not be added to");
            assertThat(open.send("POST", "/api/v1/agents/Agent-8/start-cycle", "", "Authorization", bearer)
                            .body())
                    .contains("a line can not be added to");
            try (McpSyncClient client = Clients.overHttp(open.window.address(), "Authorization", bearer)) {
                for (String agent : List.of("Agent-7", "Agent-8")) {
                    assertThat(Clients.complaint(client, "start_cycle", "agent_id", agent))
                            .contains("a line can not be added to");
                }
            }

            assertThat(open.shell.read("Agent-7")).isEqualTo(before);
            assertThat(open.shell.file("Agent-8")).doesNotExist();
            assertThat(open.shell.run("history", "Agent-7", "--json").out()).doesNotContain("\"revision\":2,");
        }
    }

    private static Path log(OpenWindow open) {
        return open.shell.folder.resolve(".rollcall/audit.log");
    }

    /** Work that ends with a bug. */
    private record Failing(RuntimeException bug) implements Writes.Work<String> {
        @Override
        public String done() {
            throw bug;
        }

        @Override
        public String logged(String outcome) {
            return outcome;
        }

        @Override
        public void answer(String outcome, List<String> warnings) {}
    }
}
