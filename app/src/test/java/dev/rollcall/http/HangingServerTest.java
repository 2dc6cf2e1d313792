package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Setting;
import dev.rollcall.store.PostgresForTests;
import dev.rollcall.store.WeatherProxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A window whose database is at a server that hangs, with somebody on the roll of whom the database knows more. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingServerTest {
    private static final String TROUBLE = "The database can not be read";
    private static final int AT_ONCE = 6;

    /** The roll is waited for five seconds; one after the other they would wait thirty. */
    private static final Duration FOR_ALL = Duration.ofSeconds(12);

    @TempDir
    private Path folder;

    private final String url = PostgresForTests.freshUrl();
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private WeatherProxy proxy;
    private OpenWindow open;

    @BeforeEach
    void open() throws Exception {
        proxy = WeatherProxy.before(url);
        open = new OpenWindow(folder, Map.of(Setting.DB, proxy.through(url)));
        open.shell.write("Agent-torn", "{\"agent_id\": \"Agent-torn\", \"status\": \"ACTIVE\"}");
        open.shell.write("Agent-stuck", "{\"agent_id\": \"Agent-stuck\", \"status\": \"BLOCKED\"}");
        assertThat(open.shell.run("sync", "--all", "--db", url).exitCode()).isZero();
        open.shell.write("Agent-torn", "{\"agent_id\": ");
        assertThat(open.shell.run("sync", "--all", "--db", url).exitCode()).isEqualTo(1);
    }

    @AfterEach
    void close() throws Exception {
        proxy.goOn();
        askers.shutdownNow();
        open.window.close();
        open.rollcall.close();
        proxy.close();
    }

    @Test
    void nobodyWaitsForAnybodyElseAndAllAreToldWithWhatWasKnownBefore() throws Exception {
        String before = page().body();
        assertThat(before).contains("Agent-torn", "the file ends inside").doesNotContain(TROUBLE);

        proxy.hang();
        long began = System.nanoTime();
        List<Future<HttpResponse<String>>> pages = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            pages.add(askers.submit(this::page));
        }
        for (Future<HttpResponse<String>> page : pages) {
            assertThat(page.get().statusCode()).isEqualTo(200);
            assertThat(page.get().body()).contains(TROUBLE, "Agent-torn", "the file ends inside");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(FOR_ALL);

        proxy.goOn();
        eventually(Duration.ofSeconds(20), () -> assertThat(page().body()).doesNotContain(TROUBLE));
    }

    private HttpResponse<String> page() throws Exception {
        return open.get("/", "Accept", "text/html");
    }
}
