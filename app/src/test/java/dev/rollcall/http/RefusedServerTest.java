package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.store.PostgresForTests;
import dev.rollcall.store.WeatherProxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A window whose database is at a server that takes nobody for a while. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusedServerTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final String url = PostgresForTests.freshUrl();
    private WeatherProxy proxy;
    private OpenWindow open;

    @BeforeEach
    void open() {
        proxy = WeatherProxy.before(url);
        open = new OpenWindow(folder, Map.of(Setting.DB, proxy.through(url)));
        open.shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        open.shell.write("Agent-8", "{\"status\":\"ACTIVE\"}");
        sync();
    }

    @AfterEach
    void close() throws Exception {
        open.close();
        proxy.close();
    }

    private void sync() {
        assertThat(open.shell.run("sync", "--all", "--db", url).exitCode()).isZero();
    }

    @Test
    void whoAsksIsToldAndWhoFollowsLosesNothing() throws Exception {
        try (Follower follower = new Follower(open, "/api/v1/events?after=0", "")) {
            eventually(SOON, () -> assertThat(follower.ids()).endsWith(2L));
            proxy.refuse();
            eventually(
                    SOON, () -> assertThat(follower.has("event: unavailable")).isTrue());
            HttpResponse<String> roll = open.get("/api/v1/roll");
            assertThat(roll.statusCode()).isEqualTo(503);
            assertThat(roll.body())
                    .contains("\"code\":\"database_unavailable\"", "the server can not be reached")
                    .doesNotContain("Exception", "\tat ");
            assertThat(open.get("/", "Accept", "text/html").body()).contains("The database can not be read", "Agent-7");
            HttpResponse<String> written = open.send(
                    "POST",
                    "/api/v1/agents/Agent-7/start-cycle",
                    "",
                    "Authorization",
                    "Bearer " + open.token(new Scope.Captain()));
            assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
            assertThat(written.body()).contains("\"written\":true", "\"synced\":false", "could not be updated");
            open.shell.write("Agent-8", "{\"status\":\"IDLE\"}");
            // Others reach the server meanwhile.
            sync();

            proxy.admit();
            eventually(SOON, () -> assertThat(seqs(follower)).hasSize(4));
            assertThat(seqs(follower))
                    .isEqualTo(LongStream.rangeClosed(1, 4).boxed().toList());
            assertThat(follower.lines()).doesNotContain(Follower.ENDED, "event: restarted");
            assertThat(open.get("/api/v1/agents/Agent-7").body()).contains("\"cycle_count\":1");
        }
    }

    private static List<Long> seqs(Follower follower) {
        return follower.lines().stream()
                .filter(line -> line.startsWith("data: ") && line.contains("\"kind\":"))
                .map(line ->
                        ApiRoutes.JSON.readTree(line.substring(6)).path("seq").asLong())
                .toList();
    }
}
