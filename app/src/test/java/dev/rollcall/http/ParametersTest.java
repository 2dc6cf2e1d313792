package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.http.ApiRoutes.Route;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each route takes the parameters that are described, and no others. */
class ParametersTest {
    private static final String UNKNOWN = "wherefore";

    /** Something that each of them may be, whatever the route. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("after", "0"),
            Map.entry("agent", "Agent-7"),
            Map.entry("at", "now"),
            Map.entry("deep", "true"),
            Map.entry("field", "status"),
            Map.entry("freshness", "live"),
            Map.entry("from", "now"),
            Map.entry("k", "1"),
            Map.entry("limit", "1"),
            Map.entry("offset", "1"),
            Map.entry("q", "tides"),
            Map.entry("scope", "all"),
            Map.entry("since", "1h"),
            Map.entry("sort", "points"),
            Map.entry("state", "active"),
            Map.entry("task", "tides"),
            Map.entry("to", "now"),
            Map.entry("until", "now"));

    @TempDir
    private Path folder;

    private OpenWindow open;

    @BeforeEach
    void open() {
        open = new OpenWindow(folder);
        for (String state : List.of("IDLE", "ACTIVE")) {
            open.shell.write("Agent-7", "{\"status\":\"" + state + "\",\"current_mission\":\"Chart the tides\"}");
            open.shell.run("sync", "--all");
        }
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void whatIsDescribedIsTaken() throws Exception {
        for (Route route : ApiRoutes.promised().routes()) {
            for (JsonNode parameter : parameters(route)) {
                String name = parameter.path("name").asString();
                assertThat(VALUES).as(route.toString()).containsKey(name);
                String question = route.path("Agent-7");
                if (!parameter.path("required").asBoolean()) {
                    question += (question.contains("?") ? "&" : "?") + name + "=" + VALUES.get(name);
                }
                // Of a stream nothing but its head comes to an end.
                HttpResponse<String> answer = open.send("HEAD", question, "");
                assertThat(answer.statusCode()).as(question).isEqualTo(200);
            }
        }
    }

    @Test
    void nothingElseIsTakenAndTheRefusalTellsWhatIsDescribed() throws Exception {
        String token = open.token(new Scope.Captain());
        for (Route route : ApiRoutes.promised().routes()) {
            List<String> described = new ArrayList<>();
            parameters(route)
                    .forEach(parameter -> described.add(parameter.path("name").asString()));

            HttpResponse<String> answer = open.send(
                    route.method(),
                    route.template().replace("{id}", "Agent-7") + "?" + UNKNOWN + "=1",
                    "",
                    "Authorization",
                    "Bearer " + token);

            assertThat(answer.statusCode()).as(route + ": " + answer.body()).isEqualTo(400);
            JsonNode problem = ApiRoutes.JSON.readTree(answer.body());
            assertThat(problem.path("detail").asString())
                    .as(route.toString())
                    .isEqualTo("there is no parameter \"" + UNKNOWN + "\" here");
            String hint = problem.path("hint").asString().replaceAll("It takes |\\.$", "");
            assertThat(hint.split(", "))
                    .as(route.toString())
                    .containsExactlyInAnyOrderElementsOf(described.isEmpty() ? List.of("none") : described);
        }
        assertThat(open.shell.read("Agent-7")).contains("Chart the tides");
    }

    private static List<JsonNode> parameters(Route route) {
        List<JsonNode> parameters = new ArrayList<>();
        for (JsonNode parameter : route.operation().path("parameters")) {
            if (parameter.path("in").asString().equals("query")) {
                parameters.add(parameter);
            }
        }
        return parameters;
    }
}
