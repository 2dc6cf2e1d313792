package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.cli.HostileSwarm;
import dev.rollcall.dashboard.Markup;
import dev.rollcall.http.ApiRoutes.Route;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every route that there is, over a hostile swarm, and with what is hostile in a request. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileRequestsTest {
    private static final String PERSON = "text/html";
    private static final String PROGRAM = "application/json";

    /** What ends a header's line and begins another one, and what a page must not have as it is. */
    private static final String ATTACK = HostileSwarm.ATTACK + "\r\nX-Forged: 1\r\n\r\n</script><b onclick=\"x\">'";

    /** Of pages, which are not described for programs. */
    private static final List<String> PARAMETERS_OF_PAGES =
            List.of("state", "fresh", "need", "sort", "q", "from", "to", "blame", "since", "after", "wherefore");

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "FORGED");

    @TempDir
    private Path folder;

    private OpenWindow open;

    @BeforeEach
    void open() {
        HostileSwarm.in(folder);
        open = new OpenWindow(folder);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void everyPageAndEveryAnswerTellsAHostileSwarmHarmlessly() throws Exception {
        Set<String> kinds = new LinkedHashSet<>();
        for (Route route : looking()) {
            for (String agent : List.of("Foe-1", HostileSwarm.ORDER, "Foe-4", "Foe-5", "Foe-6", "Foe-7", "Foe-9")) {
                if (agent.equals("Foe-1") || route.template().contains("{")) {
                    kinds.add(assertHarmless(route, route.path(encoded(agent)), PERSON));
                    kinds.add(assertHarmless(route, route.path(encoded(agent)), PROGRAM));
                }
            }
        }
        assertThat(kinds).contains("text/html", "application/json", "application/problem+json", "text/plain");
    }

    @Test
    void everyParameterOfEveryRouteCanBeHostile() throws Exception {
        for (Route route : looking()) {
            Set<String> names = new LinkedHashSet<>(PARAMETERS_OF_PAGES);
            for (JsonNode parameter : route.operation().path("parameters")) {
                names.add(parameter.path("name").asString());
            }
            String path = route.path("Foe-1");
            for (String name : names) {
                String question = path + (path.contains("?") ? "&" : "?") + name + "=" + encoded(ATTACK);
                assertHarmless(route, question, PERSON);
                assertHarmless(route, question, PROGRAM);
            }
            assertHarmless(route, path + (path.contains("?") ? "&" : "?") + encoded(ATTACK) + "=1", PROGRAM);
        }
    }

    @Test
    void everyNameInAPathCanBeHostile() throws Exception {
        for (Route route : looking()) {
            if (route.template().contains("{")) {
                for (String name : List.of(
                        encoded(ATTACK.replaceAll("[\\p{Cc}/]", "")), encoded(ATTACK), "%0d%0aX-Forged:%201", "%00")) {
                    assertHarmless(route, route.path(name), PERSON);
                    assertHarmless(route, route.path(name), PROGRAM);
                }
            }
        }
        for (String nowhere : List.of("/" + encoded(ATTACK), "/%0d%0aX-Forged:%201", "/api/v1/%0d%0aX-Forged:%201")) {
            for (String accepted : List.of(PERSON, PROGRAM)) {
                assertThat(assertHead(open.raw("GET", nowhere, Map.of("Accept", accepted))))
                        .as(nowhere)
                        .isBetween(400, 404);
            }
        }
    }

    /** Nothing of what a request brings in its head or in a form becomes a line of an answer's head. */
    @Test
    void noHeaderOfARequestIsALineOfAnAnswer() throws Exception {
        for (Route route : every()) {
            for (String name : List.of(
                    "Last-Event-ID", "If-None-Match", "If-Match", "Cookie", "Authorization", "Accept", "Modified-At")) {
                if (!isStream(route) || name.equals("Last-Event-ID") && route.isStream()) {
                    assertNotRepeated(route, name, "x%0d%0aX-Forged: 1");
                    // No header may be so: the server itself refuses it.
                    assertNotRepeated(route, name, "x\u0001\u001b[2J\u202eX-Forged: 1");
                }
            }
        }
        String form = "token=" + encoded(ATTACK);
        for (String path : List.of("/sign-in", "/sign-out")) {
            assertHead(
                    open.raw("POST " + path + " HTTP/1.1\r\nHost: " + open.host() + "\r\nConnection: close\r\nOrigin: "
                            + "http://" + open.host()
                            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                            + form.length() + "\r\n\r\n" + form));
        }
    }

    private void assertNotRepeated(Route route, String name, String value) throws IOException {
        String answer = open.raw(route.method(), route.path("Foe-1"), Map.of(name, value, "Content-Length", "0"));
        assertHead(answer);
        assertThat(answer.substring(0, answer.indexOf("\r\n\r\n")))
                .as(route + " with " + name)
                .doesNotContain("X-Forged");
    }

    @Test
    void whatARouteDoesNotDoIsRefusedInASentence() throws Exception {
        String token = "Bearer " + open.token(new Scope.Captain());
        Map<String, Set<String>> known = new LinkedHashMap<>();
        every().forEach(route -> known.computeIfAbsent(route.template(), none -> new LinkedHashSet<>())
                .add(route.method()));
        for (Map.Entry<String, Set<String>> route : known.entrySet()) {
            for (String method : METHODS) {
                if (!isDone(route.getKey(), method, known)) {
                    String path = new Route(method, route.getKey(), ApiRoutes.JSON.createObjectNode()).path("Foe-1");
                    String answer = open.raw(method, path, Map.of("Authorization", token, "Content-Length", "0"));
                    assertThat(assertHead(answer))
                            .as(method + " " + path + ": " + answer)
                            .isIn(404, 405, 501);
                    assertThat(answer).as(method + " " + path).contains("application/problem+json");
                    assertThat(answer).as(method + " " + path).doesNotContain("Exception", "\tat ", "etty");
                }
            }
        }
    }

    /** Also by another route, whose path can be this one. */
    private static boolean isDone(String template, String method, Map<String, Set<String>> known) {
        return known.entrySet().stream()
                .filter(other -> template.matches(other.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                .anyMatch(other -> other.getValue().contains(method));
    }

    private List<Route> every() {
        return ApiRoutes.every(open);
    }

    /** Those that give something to look at, and come to an end. */
    private List<Route> looking() {
        List<Route> looking = new ArrayList<>();
        for (Route route : every()) {
            if (route.method().equals("GET") && !isStream(route)) {
                looking.add(route);
            }
        }
        assertThat(looking).extracting(Route::template).contains("/", "/trust", "/swarm", "/agents/{id}", "/health");
        return looking;
    }

    private static boolean isStream(Route route) {
        return route.isStream() || route.template().equals("/live");
    }

    /** What kind of answer it was. */
    private String assertHarmless(Route route, String path, String accepted) throws Exception {
        String where = route + ": " + path + " as " + accepted;
        int status = assertHead(open.raw("GET", path, Map.of("Accept", accepted)));
        assertThat(status).as(where).isNotEqualTo(429);
        // No watch runs here, and health says so.
        assertThat(status).as(where).isLessThan(route.template().equals("/health") ? 504 : 500);
        HttpResponse<String> answer = open.get(path, "Accept", accepted);
        String kind = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        switch (kind) {
            case "text/html" -> Markup.assertHarmless(answer.body());
            case "application/json", "application/problem+json" -> {
                assertThat(ApiRoutes.JSON.readTree(answer.body()).isObject())
                        .as(where)
                        .isTrue();
                // The document itself is given byte for byte.
                if (!route.template().endsWith("/status")) {
                    HostileSwarm.assertVisible(where, answer.body());
                }
            }
            case "text/plain" -> HostileSwarm.assertVisible(where, answer.body());
            default -> assertThat(route.template()).as(where + ": " + kind).isIn("/assets/{name}", "/sign-in", "/");
        }
        return kind;
    }

    /** The answer's status, once each line of its head is known to be one of ours. */
    private static int assertHead(String answer) throws IOException {
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        assertThat(head.split("\r\n"))
                .allMatch(line -> line.matches("HTTP/1\\.1 \\d{3} .*|[A-Za-z-]+: [ -~]*"))
                .noneMatch(line -> line.startsWith("X-Forged"));
        return Integer.parseInt(head.substring(9, 12));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
