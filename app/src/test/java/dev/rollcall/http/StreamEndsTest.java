package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.app.Tokens;
import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a stream has nothing to tell, nothing more, or nothing any more. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamEndsTest {
    /** Longer than a stream is silent. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStreamWithNothingToTellSaysThatItIsThere() throws Exception {
        try (OpenWindow open = new OpenWindow(folder);
                Follower follower = new Follower(open, "/api/v1/events", "")) {
            eventually(SOON, () -> assertThat(follower.has(": heartbeat")).isTrue());
            assertThat(follower.has("event: hello")).isTrue();
            assertThat(follower.lines()).doesNotContain(Follower.ENDED);
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/events?after=1,''", "/api/v1/events,Last-Event-ID: 2"})
    @Execution(ExecutionMode.CONCURRENT)
    void whoeverComesBackTooLateIsToldThatSomethingIsMissing(String path, String header) throws Exception {
        try (OpenWindow before = new OpenWindow(folder)) {
            for (int cycle = 1; cycle <= 6; cycle++) {
                before.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"cycle_count\":" + cycle + "}");
                before.shell.run("sync", "--all");
            }
            forgetAllBut(before, 2);
        }
        try (OpenWindow open = new OpenWindow(folder);
                Follower follower = new Follower(open, path, header.isEmpty() ? "" : header + "\r\n")) {
            eventually(SOON, () -> assertThat(follower.ids()).endsWith(6L));
            assertThat(follower.ids()).endsWith(4L, 5L, 6L);
            assertThat(follower.lines())
                    .containsSubsequence(
                            "id: 4",
                            "event: forgotten",
                            "data: {\"schema\":1,\"seq\":4,\"message\":\"earlier events are not kept any more\"}",
                            "id: 5",
                            "id: 6");
        }
    }

    private static void forgetAllBut(OpenWindow open, int events) {
        try (SqlStore store =
                SqlStore.open(open.shell.database().toString(), SwarmName.DEFAULT, Duration.ofSeconds(10))) {
            store.forget(new EventLimits(Duration.ofDays(1), events), Instant.EPOCH, 100);
            assertThat(store.forgotten()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/events", "/live"})
    @Execution(ExecutionMode.CONCURRENT)
    void aStreamEndsWhenItsTokenIsRevokedAndOthersGoOn(String path) throws Exception {
        try (OpenWindow open = new OpenWindow(folder, Map.of(Setting.HTTP_READING, "token"))) {
            Tokens.Created revoked = open.rollcall.tokens().create(new Scope.Read(), "revoked", Instant.EPOCH);
            try (Follower one = new Follower(open, path, bearer(revoked.secret()));
                    Follower other = new Follower(open, path, bearer(open.token(new Scope.Read())))) {
                for (Follower follower : List.of(one, other)) {
                    eventually(
                            SOON, () -> assertThat(follower.has("retry: 1000")).isTrue());
                }

                open.shell.run("token", "revoke", revoked.token().id());

                eventually(SOON, () -> assertThat(one.lines()).endsWith(Follower.ENDED));
                assertThat(other.lines()).doesNotContain(Follower.ENDED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/events,1000", "/live,500"})
    @Execution(ExecutionMode.CONCURRENT)
    void oneClientTooManyIsSentAwayUntilAnotherGoes(String path, int most) throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            List<Follower> clients = new ArrayList<>();
            try {
                for (int client = 0; client < most; client++) {
                    clients.add(new Follower(open, path, ""));
                }
                for (Follower client : clients) {
                    eventually(SOON, () -> assertThat(client.has("retry: 1000")).isTrue());
                }

                HttpResponse<String> answer = open.get(path);

                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).contains("5");
                assertThat(answer.body()).contains("here are " + most + " clients already");
                clients.removeLast().close();
                eventually(SOON, () -> {
                    // A server hears that a client went when it has something to tell it.
                    open.shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"at\":" + System.nanoTime() + "}");
                    open.shell.run("sync", "--all");
                    assertThat(isLetIn(open, path)).isTrue();
                });
            } finally {
                for (Follower client : clients) {
                    client.close();
                }
            }
        }
    }

    private static boolean isLetIn(OpenWindow open, String path) throws Exception {
        try (Follower follower = new Follower(open, path, "Connection: close\r\n")) {
            eventually(SOON, () -> assertThat(follower.lines()).isNotEmpty());
            return follower.has("HTTP/1.1 200 ");
        }
    }

    /** The connection ends with the stream. */
    private static String bearer(String secret) {
        return "Authorization: Bearer " + secret + "\r\nConnection: close\r\n";
    }
}
