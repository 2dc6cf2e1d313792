package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has an answer is told so as long as it is the answer, and gets the new one as soon as it is not. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConditionalRequestsTest {
    @TempDir
    private Path folder;

    private static String tag(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/roll", "/api/v1/agents/Agent-7", "/api/v1/agents/Agent-7/status"})
    void aNewVersionIsANewAnswer(String path) throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            open.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"cycle_count\":1}");
            open.shell.run("sync", "--all");
            String tag = tag(open.get(path));
            assertThat(open.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);

            open.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"cycle_count\":2}");
            open.shell.run("sync", "--all");

            assertThat(tag(open.get(path, "If-None-Match", tag))).isNotEqualTo(tag);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/roll", "/api/v1/agents/Agent-7"})
    void anEditOfTheRowByHandIsANewAnswer(String path) throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            open.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"points_earned\":10}");
            open.shell.run("sync", "--all");
            String tag = tag(open.get(path));

            try (Connection hand = DriverManager.getConnection("jdbc:sqlite:" + open.shell.database());
                    Statement statement = hand.createStatement()) {
                statement.execute("UPDATE agent_workspaces SET points_earned = 4711");
            }

            eventually(Duration.ofSeconds(10), () -> {
                HttpResponse<String> answer = open.get(path, "If-None-Match", tag);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("4711");
            });
        }
    }
}
