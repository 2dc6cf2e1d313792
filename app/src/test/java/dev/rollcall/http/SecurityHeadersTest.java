package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.http.ApiRoutes.Route;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer tells a browser: to run nothing of others, to guess no types, to tell nobody else where it was. */
class SecurityHeadersTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final List<String> HEADERS = List.of(
            "Content-Security-Policy: " + Guard.CONTENT_POLICY,
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: same-origin",
            "Cross-Origin-Resource-Policy: same-origin",
            "Cross-Origin-Opener-Policy: same-origin",
            "Permissions-Policy: camera=(), microphone=(), geolocation=()");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json"})
    void everyRouteTellsThemWhoeverAsks(String accepted) throws Exception {
        try (OpenWindow open = swarm(Map.of())) {
            String token = open.token(new Scope.Captain());
            assertThat(open.window.routes())
                    .contains("GET /", "GET /live", "GET /sign-in", "POST /mcp", "GET /assets/{name}");
            for (Route route : ApiRoutes.every(open)) {
                if (!isStream(route)) {
                    assertTold(
                            open,
                            route,
                            Map.of("Accept", accepted, "Authorization", "Bearer " + token, "Content-Length", "0"));
                }
            }
        }
    }

    @Test
    void everyRouteTellsThemToWhomeverItSendsAway() throws Exception {
        try (OpenWindow open = swarm(Map.of(Setting.HTTP_READING, "token"))) {
            for (Route route : ApiRoutes.every(open)) {
                assertTold(open, route, Map.of());
                assertTold(open, route, Map.of("Accept", "text/html"));
                assertTold(open, route, Map.of("Host", "evil.example"));
                assertTold(open, route, Map.of("Origin", "http://evil.example"));
            }
        }
    }

    private static void assertTold(OpenWindow open, Route route, Map<String, String> headers) throws Exception {
        String answer = open.raw(route.method(), route.path("Agent-7"), headers);
        assertTold(route + " " + headers, answer.substring(0, answer.indexOf("\r\n\r\n") + 2));
    }

    /** @param head of an answer, each of its lines with an end */
    private static void assertTold(String question, String head) {
        assertThat(head).as(question).startsWith("HTTP/1.1 ");
        HEADERS.forEach(header -> assertThat(head).as(question).contains("\r\n" + header + "\r\n"));
        assertThat(head).as(question).doesNotContain("\r\nServer:", "\r\nX-Powered-By:", "unsafe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live", "/live?after=x", "/api/v1/events"})
    void streamsTellThemBeforeTheyBegin(String stream) throws Exception {
        try (OpenWindow open = swarm(Map.of());
                Follower follower = new Follower(open, stream, "Accept: text/event-stream\r\n")) {
            eventually(SOON, () -> assertThat(follower.lines()).contains(""));
            List<String> lines = follower.lines();
            List<String> head = lines.subList(0, lines.indexOf(""));
            assertTold(stream, String.join("\r\n", head) + "\r\n");
            assertThat(head).anyMatch(line -> line.startsWith("Content-Type: text/event-stream"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/agents/Agent-7",
                "/swarm",
                "/swarm/data",
                "/trust",
                "/sign-in",
                "/assets/roll.css",
                "/assets/roll.js",
                "/assets/uplot.js",
                "/assets/mark.svg",
                "/api/v1/agents/Agent-7/status"
            })
    void whatIsShownIsGivenWithThem(String question) throws Exception {
        try (OpenWindow open = swarm(Map.of())) {
            String answer = open.raw("GET", question, Map.of("Accept", "text/html"));
            assertTold(question, answer.substring(0, answer.indexOf("\r\n\r\n") + 2));
            assertThat(answer).as(question).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/agents/Nobody",
                "/agents/Agent-7?to=someday",
                "/agents/%00",
                "/swarm?since=someday",
                "/assets/nothing.js",
                "/sign-in?from=elsewhere",
                "/api/v1/nothing",
                "/api/v1/roll?colour=red"
            })
    void mistakesAreToldWithThem(String question) throws Exception {
        try (OpenWindow open = swarm(Map.of())) {
            for (String accepted : List.of("text/html", "application/json")) {
                String answer = open.raw("GET", question, Map.of("Accept", accepted));
                assertTold(question, answer.substring(0, answer.indexOf("\r\n\r\n") + 2));
            }
        }
    }

    @Test
    void aBodyOfAnyKindIsAnsweredWithThem() throws Exception {
        try (OpenWindow open = swarm(Map.of())) {
            for (String type : List.of("application/x-www-form-urlencoded", "application/json", "text/plain")) {
                for (String path : List.of("/sign-in", "/sign-out", "/mcp", "/", "/api/v1/agents/Agent-7/add-task")) {
                    HttpResponse<String> answer = open.send("POST", path, "token=x", "Content-Type", type);
                    for (String header : HEADERS) {
                        String[] both = header.split(": ", 2);
                        assertThat(answer.headers().allValues(both[0]))
                                .as(path + " of " + type)
                                .containsExactly(both[1]);
                    }
                }
            }
        }
    }

    @Test
    void whatIsNoRequestIsAnsweredWithThemToo() throws Exception {
        try (OpenWindow open = swarm(Map.of())) {
            String answer = open.raw("nonsense\r\n\r\n");
            assertTold("nonsense", answer);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Content-Type: application/problem+json");
        }
    }

    /** Those whose answer does not end. */
    private static boolean isStream(Route route) {
        return route.isStream() || route.template().equals("/live");
    }

    private OpenWindow swarm(Map<Setting, String> settings) {
        OpenWindow open = new OpenWindow(folder, settings);
        open.shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        open.shell.run("sync", "--all");
        return open;
    }
}
