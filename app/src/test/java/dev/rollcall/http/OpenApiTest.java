package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rollcall.app.Scope;
import dev.rollcall.http.ApiRoutes.Route;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The description and the server say the same. */
class OpenApiTest {
    private static final ApiRoutes PROMISED = ApiRoutes.promised();

    @TempDir
    private Path folder;

    @Test
    void everyRouteIsDescribedAndEveryDescribedRouteIsThere() {
        try (OpenWindow open = new OpenWindow(folder)) {
            assertThat(open.window.routes())
                    .filteredOn(route -> route.contains("/api/") || route.matches("GET /(health|metrics)"))
                    .containsExactlyInAnyOrderElementsOf(
                            PROMISED.routes().stream().map(Route::toString).toList());
        }
    }

    @Test
    void everyAnswerIsOfTheShapeThatIsDescribed() throws Exception {
        try (OpenWindow open = swarm()) {
            for (Route route : PROMISED.routes()) {
                if (route.method().equals("GET") && !route.isStream()) {
                    HttpResponse<String> answer = open.get(route.path("Agent-7"));
                    assertThat(answer.statusCode())
                            .as(route + ": " + answer.body())
                            .isIn(200, 503);
                    assertConforms(route, answer);
                }
            }
            for (String question : List.of(
                    "/api/v1/roll?at=now&limit=1",
                    "/api/v1/roll?limit=1",
                    "/api/v1/agents/Agent-7?at=now",
                    "/api/v1/agents/Agent-7/history?field=status",
                    "/api/v1/agents/Agent-8")) {
                Route route = PROMISED.routes().stream()
                        .filter(known -> known.method().equals("GET")
                                && question.replaceAll("\\?.*", "")
                                        .matches(known.template().replace("{id}", "[^/]+")))
                        .findFirst()
                        .orElseThrow();
                HttpResponse<String> answer = open.get(question);
                assertThat(answer.statusCode())
                        .as(question + ": " + answer.body())
                        .isEqualTo(200);
                assertConforms(route, answer);
            }
        }
    }

    @Test
    void headAnswersLikeGetButWithoutABody() throws Exception {
        try (OpenWindow open = swarm()) {
            for (Route route : PROMISED.routes()) {
                if (route.method().equals("GET") && !route.isStream()) {
                    HttpResponse<String> get = open.get(route.path("Agent-7"));
                    HttpResponse<String> head = open.send("HEAD", route.path("Agent-7"), "");
                    assertThat(head.statusCode()).as(route.toString()).isEqualTo(get.statusCode());
                    assertThat(head.body()).as(route.toString()).isEmpty();
                    assertThat(head.headers().allValues("Content-Type"))
                            .as(route.toString())
                            .isEqualTo(get.headers().allValues("Content-Type"));
                    assertThat(head.headers().firstValue("ETag").isPresent())
                            .as(route.toString())
                            .isEqualTo(get.headers().firstValue("ETag").isPresent());
                }
            }
            for (String stable : List.of("/api/v1/agents/Agent-7/status", "/api/v1/roll", "/api/v1/openapi.json")) {
                String tag = open.get(stable).headers().firstValue("ETag").orElseThrow();
                assertThat(open.send("HEAD", stable, "").headers().firstValue("ETag"))
                        .as(stable)
                        .contains(tag);
                assertThat(open.send("HEAD", stable, "", "If-None-Match", tag).statusCode())
                        .as(stable)
                        .isEqualTo(304);
            }
            assertThat(open.send("HEAD", "/api/v1/agents/Agent-99", "").statusCode())
                    .isEqualTo(404);
            assertThat(open.send("HEAD", "/api/v1/events", "").headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        }
    }

    @Test
    void everyWriteAnswersAsDescribed() throws Exception {
        try (OpenWindow open = swarm()) {
            String token = open.token(new Scope.Captain());
            for (Route route : PROMISED.routes()) {
                if (!route.method().equals("GET")) {
                    String body = switch (route.method()) {
                        case "PUT" -> "{\"status\":\"IDLE\"}";
                        case "DELETE" -> "";
                        default -> example(route);
                    };
                    HttpResponse<String> answer =
                            open.send(route.method(), route.path("Agent-7"), body, headers(open, route, token));
                    assertThat(answer.statusCode())
                            .as(route + ": " + answer.body())
                            .isEqualTo(200);
                    assertConforms(route, answer);
                }
            }
        }
    }

    @Test
    void everyFailureIsAProblem() throws Exception {
        try (OpenWindow open = swarm()) {
            for (String question : List.of(
                    "/api/v1/agents/Agent-99",
                    "/api/v1/roll?at=someday",
                    "/api/v1/roll?state=HAPPY",
                    "/api/v1/roll?limit=0",
                    "/api/v1/roll?colour=red",
                    "/api/v1/roll?sort=age&sort=agent",
                    "/api/v1/agents/Agent-7/blame",
                    "/api/v1/agents/Agent-7/blame?field=nonsense",
                    "/api/v1/agents/Agent-7/diff?from=r99999",
                    "/api/v1/report?since=tomorrow&until=yesterday",
                    "/api/v1/agents/..%2f..%2fetc",
                    "/api/v1/agents/%00",
                    "/api/v1/events?after=-1",
                    "/api/v1/nothing")) {
                HttpResponse<String> answer = open.get(question);
                assertThat(answer.statusCode())
                        .as(question + ": " + answer.body())
                        .isBetween(400, 499);
                assertThat(answer.headers().firstValue("Content-Type"))
                        .as(question)
                        .contains("application/problem+json");
                JsonNode problem = ApiRoutes.JSON.readTree(answer.body());
                assertThat(errors("#/components/schemas/Problem", problem))
                        .as(question)
                        .isEmpty();
                assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
                assertThat(answer.body()).as(question).doesNotContain("Exception", "\tat ", "dev.rollcall");
            }
        }
    }

    private OpenWindow swarm() {
        OpenWindow open = new OpenWindow(folder);
        open.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"cycle_count\":1}");
        open.shell.write("Agent-8", "{\"status\":");
        open.shell.run("sync", "--all");
        open.shell.write("Agent-7", "{\"status\":\"BLOCKED\",\"cycle_count\":2,\"blockers\":[\"the ink\"]}");
        open.shell.run("sync", "--all");
        return open;
    }

    private static void assertConforms(Route route, HttpResponse<String> answer) {
        JsonNode response = route.operation()
                .path("responses")
                .path(String.valueOf(answer.statusCode()))
                .path("content");
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode schema = response.path(type).path("schema");
        assertThat(schema.isMissingNode()).as(route + " answers " + type).isFalse();
        if (schema.has("$ref")) {
            assertThat(errors(schema.path("$ref").asString(), ApiRoutes.JSON.readTree(answer.body())))
                    .as(route + ": " + answer.body())
                    .isEmpty();
        }
    }

    private static List<String> errors(String reference, JsonNode value) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(PROMISED.schema(reference))
                .validate(value)
                .stream()
                .map(Object::toString)
                .collect(Collectors.toList());
    }

    /** The token, and for a file what is known to stand there. */
    private static String[] headers(OpenWindow open, Route route, String token) {
        List<String> headers = new java.util.ArrayList<>(List.of("Authorization", "Bearer " + token));
        if (route.template().endsWith("/file")) {
            byte[] bytes = open.shell.read("Agent-7").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            headers.addAll(List.of("If-Match", '"' + dev.rollcall.document.DocumentContent.sha256Of(bytes) + '"'));
        }
        return headers.toArray(String[]::new);
    }

    /** A body with each argument that the route describes. */
    private static String example(Route route) {
        var body = ApiRoutes.JSON.createObjectNode();
        JsonNode schema = route.operation()
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        schema.path("properties").properties().forEach(property -> {
            switch (property.getValue().path("type").asString("enum")) {
                case "array" -> body.putArray(property.getKey()).add("read the gauges");
                case "number" -> body.put(property.getKey(), 5);
                case "enum" ->
                    body.put(
                            property.getKey(),
                            property.getValue().path("enum").get(0).asString());
                default -> body.put(property.getKey(), "read the gauges");
            }
        });
        return body.toString();
    }
}
