package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.http.ApiRoutes.Route;
import dev.rollcall.mcp.Clients;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A window whose database goes away while clients of every kind are connected, and comes back. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostDatabaseTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WHY = "the database file can not be opened";
    private static final String ON_A_PAGE = "The database can not be read";

    /** These tell something without it; the window's own, and the files'. */
    private static final Set<String> WITHOUT_IT =
            Set.of("/api/v1/doctor", "/api/v1/openapi.json", "/api/v1/files", "/metrics", "/", "/trust", "/sign-in");

    private static final List<String> FILES = List.of("roll.db", "roll.db-wal", "roll.db-shm");

    @TempDir
    private Path folder;

    private OpenWindow open;
    private String bearer;

    @BeforeEach
    void open() throws Exception {
        open = new OpenWindow(folder);
        bearer = "Bearer " + open.token(new Scope.Captain());
        for (String state : List.of("ACTIVE", "BLOCKED")) {
            open.shell.write("Agent-7", "{\"status\":\"" + state + "\"}");
            open.shell.write("Agent-8", "{\"status\":\"" + state + "\"}");
            open.shell.run("sync", "--all");
        }
        assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void close() {
        open.close();
    }

    private Path database() {
        return open.shell.database();
    }

    private void lose() throws Exception {
        Path away = Files.createDirectory(folder.resolve("away"));
        for (String name : FILES) {
            Files.move(database().resolveSibling(name), away.resolve(name));
        }
        Files.createDirectory(database());
        eventually(SOON, () -> assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(503));
    }

    private void bringBack() throws IOException {
        Files.delete(database());
        for (String name : FILES) {
            Files.move(folder.resolve("away").resolve(name), database().resolveSibling(name));
        }
    }

    private HttpResponse<String> write(String method, String path, String body, String... more) throws Exception {
        String[] headers = new String[more.length + 2];
        headers[0] = "Authorization";
        headers[1] = bearer;
        System.arraycopy(more, 0, headers, 2, more.length);
        return open.send(method, path, body, headers);
    }

    @Test
    void whoeverLooksIsToldInASentence() throws Exception {
        lose();
        for (Route route : ApiRoutes.every(open)) {
            if (!route.method().equals("GET")
                    || route.isStream()
                    || Set.of("/live", "/assets/{name}").contains(route.template())) {
                continue;
            }
            HttpResponse<String> answer = open.get(route.path("Agent-7"), "Accept", "text/html");
            assertThat(answer.statusCode())
                    .as(route.toString())
                    .isEqualTo(WITHOUT_IT.contains(route.template()) ? 200 : 503);
            assertThat(answer.body()).as(route.toString()).doesNotContain("Exception", "\tat ", "org.sqlite");
            if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")
                    && answer.statusCode() == 503) {
                JsonNode told = ApiRoutes.JSON.readTree(answer.body());
                String sentence = route.template().equals("/health")
                        ? told.path("concerns").path(0).asString()
                        : told.path("detail").asString();
                assertThat(sentence).as(route.toString()).contains(WHY).doesNotContain("\n");
            }
        }
        for (String page : List.of("/", "/trust")) {
            assertThat(open.get(page, "Accept", "text/html").body()).as(page).contains(ON_A_PAGE);
        }
        for (String page : List.of("/agents/Agent-7", "/swarm")) {
            assertThat(open.get(page, "Accept", "text/html").body()).as(page).contains(WHY);
        }

        bringBack();
        eventually(SOON, () -> assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200));
        assertThat(open.get("/api/v1/agents/Agent-7/history").statusCode()).isEqualTo(200);
        assertThat(open.get("/agents/Agent-7", "Accept", "text/html").statusCode())
                .isEqualTo(200);
        assertThat(open.get("/", "Accept", "text/html").body()).doesNotContain(ON_A_PAGE);
    }

    @Test
    void whoeverWritesHasWrittenTheFileAndIsWarnedAndOnePassMendsTheRoll() throws Exception {
        lose();
        assertWritten(200, write("POST", "/api/v1/agents/Agent-7/start-cycle", ""));
        assertWritten(200, write("PUT", "/api/v1/agents/Agent-8/status", "{\"status\":\"IDLE\"}"));
        assertWritten(201, write("PUT", "/api/v1/agents/Agent-9/file", "{\"status\":\"IDLE\"}", "If-None-Match", "*"));
        assertThat(open.shell.read("Agent-7")).contains("\"cycle_count\":1");
        assertThat(open.shell.read("Agent-8")).isEqualTo("{\"status\":\"IDLE\"}");
        assertThat(open.shell.read("Agent-9")).isEqualTo("{\"status\":\"IDLE\"}");

        bringBack();
        open.shell.run("sync", "--all");
        assertThat(open.shell.run("verify", "--all", "--deep").exitCode()).isZero();
        assertThat(open.get("/api/v1/agents/Agent-7").body()).contains("\"cycle_count\":1");
        HttpResponse<String> again = write("POST", "/api/v1/agents/Agent-7/start-cycle", "");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"synced\":true", "\"cycle_count\":2", "\"warnings\":[]");
    }

    private static void assertWritten(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode told = ApiRoutes.JSON.readTree(answer.body());
        assertThat(told.path("written").asBoolean()).as(answer.body()).isTrue();
        assertThat(told.path("synced").asBoolean()).as(answer.body()).isFalse();
        assertThat(told.path("warnings").size()).as(answer.body()).isEqualTo(1);
        assertThat(told.path("warnings").path(0).asString())
                .startsWith("the roll could not be updated: ")
                .contains(WHY)
                .doesNotContain("\n");
    }

    @Test
    void toolsSayItAndGoOnInTheSameSession() throws Exception {
        try (McpSyncClient client = Clients.overHttp(open.window.address(), "Authorization", bearer)) {
            Clients.told(client, "roll");
            lose();
            for (String reading : List.of("roll", "overlaps", "report", "verify")) {
                assertThat(Clients.complaint(client, reading)).as(reading).contains(WHY);
            }
            assertThat(Clients.complaint(client, "agent", "agent_id", "Agent-7"))
                    .contains(WHY);
            CallToolResult written = Clients.call(client, "add_task", "agent_id", "Agent-7", "name", "Rest");
            assertThat(written.isError()).as(Clients.text(written)).isNotEqualTo(true);
            assertThat(Clients.text(written))
                    .contains("\"written\":true", "\"synced\":false", "the roll could not be updated", "the next sync");
            assertThat(open.shell.read("Agent-7")).contains("Rest");

            bringBack();
            open.shell.run("sync", "--all");
            assertThat(Clients.told(client, "agent", "agent_id", "Agent-7", "detail", "normal")
                            .toString())
                    .contains("Rest");
            assertThat(Clients.told(client, "add_task", "agent_id", "Agent-7", "name", "Work")
                            .path("synced")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void whoFollowsIsToldAndLosesNoEventAndNeitherDoesWhoComesBack() throws Exception {
        long seen;
        try (Follower follower = new Follower(open, "/api/v1/events?after=0", "")) {
            eventually(SOON, () -> assertThat(follower.ids()).endsWith(4L));
            seen = follower.ids().getLast();
            lose();
            eventually(
                    SOON,
                    () -> assertThat(follower.has("event: unavailable"))
                            .as("lines: %s", follower.lines())
                            .isTrue());
            assertThat(follower.has(WHY)).isTrue();
            write("POST", "/api/v1/agents/Agent-7/start-cycle", "");
            assertThat(follower.lines()).doesNotContain(Follower.ENDED);

            bringBack();
            open.shell.write("Agent-8", "{\"status\":\"IDLE\"}");
            open.shell.run("sync", "--all");
            assertHasAll(follower, 1);
            assertThat(follower.has("event: restarted")).isFalse();
        }
        try (Follower back = new Follower(open, "/api/v1/events", "Last-Event-ID: " + seen + "\r\n")) {
            assertHasAll(back, seen + 1);
        }
    }

    /** Each event from this one on, once and in order: the verb's and the other agent's are among them. */
    private static void assertHasAll(Follower follower, long first) throws Exception {
        eventually(
                SOON,
                () -> assertThat(follower.lines())
                        .anyMatch(line -> line.contains("\"Agent-7\"") && line.contains("\"cycle_count\""))
                        .anyMatch(line -> line.contains("\"Agent-8\"") && line.contains("\"after\":\"IDLE\"")));
        List<Long> events = events(follower);
        assertThat(events)
                .isEqualTo(
                        LongStream.rangeClosed(first, events.getLast()).boxed().toList());
    }

    /** The numbers of events, without those of notices. */
    private static List<Long> events(Follower follower) {
        List<String> lines = follower.lines();
        return lines.stream()
                .filter(line -> line.startsWith("data: ") && line.contains("\"kind\":"))
                .map(line ->
                        ApiRoutes.JSON.readTree(line.substring(6)).path("seq").asLong())
                .toList();
    }

    @Test
    void aPageThatIsOpenTellsItAndGoesOn() throws Exception {
        Matcher version = Pattern.compile("data-version=\"([^\"]+)\"")
                .matcher(open.get("/", "Accept", "text/html").body());
        assertThat(version.find()).isTrue();
        try (Follower page = new Follower(open, "/live?after=" + version.group(1), "")) {
            eventually(SOON, () -> assertThat(page.has("event: summary")).isTrue());
            lose();
            eventually(SOON, () -> assertThat(page.has(ON_A_PAGE)).isTrue());

            bringBack();
            open.shell.write("Agent-8", "{\"status\":\"IDLE\",\"current_mission\":\"mend the lamp\"}");
            open.shell.run("sync", "--all");
            eventually(SOON, () -> assertThat(page.has("mend the lamp")).isTrue());
            eventually(SOON, () -> assertThat(lastSummary(page)).doesNotContain(ON_A_PAGE));
            assertThat(page.lines()).doesNotContain(Follower.ENDED, "event: refresh");
        }
    }

    private static String lastSummary(Follower page) {
        List<String> lines = page.lines();
        int at = lines.lastIndexOf("event: summary");
        return String.join("\n", lines.subList(at, Math.min(lines.size(), at + 3)));
    }
}
