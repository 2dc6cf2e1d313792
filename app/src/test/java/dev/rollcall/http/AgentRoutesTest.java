package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.answers.LifecycleRequest;
import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.document.AgentId;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents on other machines, who write through the window. */
class AgentRoutesTest {
    private static final String STATUS = "/api/v1/agents/Agent-7/status";

    @TempDir
    private Path folder;

    @Test
    void aVerbWritesTheFileAndTheRoll() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            HttpResponse<String> answer =
                    verb(open, "start-mission", "{\"name\":\"Chart the tides\",\"priority\":\"high\"}");

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).contains("\"written\":true", "\"synced\":true", "\"created\":true");
            assertThat(Files.readString(file(open))).contains("\"current_mission\": \"Chart the tides\"", "\"HIGH\"");
            assertThat(open.shell.run("verify", "--agent", "Agent-7").exitCode())
                    .isZero();
        }
    }

    @Test
    void argumentsThatAreNoneAreRefusedInASentence() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            for (String body : List.of(
                    "{\"name\":7}",
                    "{\"name\":\"\"}",
                    "{}",
                    "",
                    "[]",
                    "{\"name\":\"a\",\"name\":\"b\"}",
                    "{\"name\":\"a\",\"colour\":\"red\"}",
                    "{\"name\":\"\\ud800\"}",
                    "{\"name\"",
                    "nonsense")) {
                HttpResponse<String> answer = verb(open, "add-task", body);
                assertThat(answer.statusCode()).as(body + ": " + answer.body()).isEqualTo(400);
                assertThat(answer.body())
                        .as(body)
                        .contains("\"code\":\"wrong_usage\"")
                        .doesNotContain("\"hint\":\"\"");
            }
            assertThat(hint(verb(open, "add-task", "{\"name\":7}"))).isEqualTo("Send for example {\"name\": \"...\"}.");
            assertThat(hint(verb(open, "complete-task", "{\"name\":\"a\",\"points\":\"many\"}")))
                    .isEqualTo("Send for example {\"name\": \"...\", \"points\": 150}. points may be left out.");
            assertThat(hint(verb(open, "set-next-actions", "{}")))
                    .isEqualTo("Send for example {\"actions\": [\"...\"]}.");
            assertThat(hint(verb(open, "end-cycle", "nonsense"))).contains("takes no arguments");
            assertThat(verb(open, "complete-task", "{\"name\":\"a\",\"points\":\"many\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(verb(open, "set-next-actions", "{\"actions\":[\"a\",1]}").statusCode())
                    .isEqualTo(400);
            assertThat(file(open)).doesNotExist();
        }
    }

    @Test
    void whoeverAsksForAVerbThatIsNoneIsToldWhichThereAre() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            HttpResponse<String> answer = verb(open, "add-tusk", "{}");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(hint(answer)).contains(LifecycleRequest.VERBS.keySet());
            assertThat(answer.body()).contains("add-tusk");
            assertThat(hint(open.send("POST", "/api/v1/nothing", "{}"))).isEqualTo("See /api/v1/openapi.json.");
        }
    }

    @Test
    void aDocumentIsPutByteForByteAndComesBackSo() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String document = "{ \"status\":\"ACTIVE\",\n\t\"points\": 1.50,\"own\":\"\\u00e9\" }\n";

            assertThat(put(open, document).statusCode()).isEqualTo(201);

            assertThat(Files.readString(file(open))).isEqualTo(document);
            HttpResponse<String> back = open.get(STATUS);
            assertThat(back.body()).isEqualTo(document);
            String tag = back.headers().firstValue("ETag").orElseThrow();
            assertThat(open.get(STATUS, "If-None-Match", tag).statusCode()).isEqualTo(304);
            assertThat(put(open, "{\"status\":\"IDLE\"}", "If-Match", tag).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> lost = put(open, "{\"status\":\"BLOCKED\"}", "If-Match", tag);
            assertThat(lost.statusCode()).isEqualTo(409);
            assertThat(lost.body()).contains("another one than the one to be replaced");
            assertThat(Files.readString(file(open))).isEqualTo("{\"status\":\"IDLE\"}");
        }
    }

    @Test
    void whatIsNoDocumentIsNotWritten() throws Exception {
        try (OpenWindow open = new OpenWindow(folder, Map.of(Setting.MAX_DOCUMENT_BYTES, "1000"))) {
            assertThat(put(open, "{\"status\":\"ACTIVE\"}").statusCode()).isEqualTo(201);
            for (String body :
                    List.of("", "[]", "{\"status\":\"A\",}", "{\"a\":1}{\"b\":2}", "<<<<<<< HEAD\n{}", "\u0000")) {
                HttpResponse<String> answer = put(open, body);
                assertThat(answer.statusCode()).as(body + ": " + answer.body()).isEqualTo(409);
                assertThat(answer.body()).as(body).contains("is rejected as");
            }
            assertThat(put(open, "{\"status\":\"" + "x".repeat(1000) + "\"}").statusCode())
                    .isEqualTo(413);
            assertThat(Files.readString(file(open))).isEqualTo("{\"status\":\"ACTIVE\"}");
        }
    }

    @Test
    void nothingIsLostOfWhatManyWriteAtOnce() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String token = open.token(new Scope.Agent(new AgentId("Agent-7")));
            List<CompletableFuture<Integer>> writes = IntStream.range(0, 40)
                    .mapToObj(task -> CompletableFuture.supplyAsync(() -> {
                        try {
                            return open.send(
                                            "POST",
                                            "/api/v1/agents/Agent-7/add-task",
                                            "{\"name\":\"task " + task + "\"}",
                                            "Authorization",
                                            "Bearer " + token)
                                    .statusCode();
                        } catch (Exception failure) {
                            throw new AssertionError(failure);
                        }
                    }))
                    .toList();
            assertThat(writes.stream().map(CompletableFuture::join)).allMatch(status -> status / 100 == 2);
            assertThat(Files.readString(file(open)))
                    .contains(IntStream.range(0, 40)
                            .mapToObj(task -> "\"task " + task + "\"")
                            .toList());
            assertThat(open.shell.run("verify", "--agent", "Agent-7").exitCode())
                    .isZero();
        }
    }

    private static String hint(HttpResponse<String> problem) {
        return ApiRoutes.JSON.readTree(problem.body()).path("hint").asString();
    }

    private HttpResponse<String> verb(OpenWindow open, String verb, String body) throws Exception {
        return open.send(
                "POST",
                "/api/v1/agents/Agent-7/" + verb,
                body,
                "Authorization",
                "Bearer " + open.token(new Scope.Captain()));
    }

    private HttpResponse<String> put(OpenWindow open, String body, String... headers) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + open.token(new Scope.Agent(new AgentId("Agent-7")))));
        return open.send("PUT", STATUS, body, all.toArray(String[]::new));
    }

    private static Path file(OpenWindow open) {
        return open.shell.root.resolve("Agent-7/status.json");
    }
}
