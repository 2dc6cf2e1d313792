package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.process.Machine.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.PostgresForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The window of one machine, and what the watch of another records. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedWindowTest {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final Pattern CYCLE = Pattern.compile("\"cycle_count\":\\{\"before\":\\d+,\"after\":(\\d+)\\}");

    /** From the file's change to the event at the window. */
    private static final Duration PROMISED = Duration.ofSeconds(2);

    /** As other work may have the machine; how long it took is printed. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, Long> arrivedAt = new ConcurrentHashMap<>();
    private String database = "";
    private Machine worker;
    private Machine onlooker;

    @BeforeEach
    void aWatchHereAndAWindowThere() throws Exception {
        database = PostgresForTests.freshUrl();
        worker = new Machine(folder.resolve("worker"), "worker:/agents", database);
        onlooker = new Machine(folder.resolve("onlooker"), "onlooker:/agents", database + "&ApplicationName=onlooker");
        worker.write("Ada", 0);
        onlooker.write("Bob", 0);
        worker.start("watch");
        onlooker.start("up");
        eventually(SOON, () -> worker.assertRow("Ada", 0));
        eventually(SOON, () -> onlooker.assertRow("Bob", 0));
    }

    @AfterEach
    void end() {
        worker.close();
        onlooker.close();
        client.close();
    }

    @Test
    void whatIsRecordedElsewhereIsSeenLiveAlsoWhenTheNotificationIsLost() throws Exception {
        URI address = address();
        follow(address);
        eventually(SOON, () -> assertThat(get(address, "/api/v1/agents/Ada")).contains("\"cycle_count\":0"));

        int version = measure("as it is", 0, 50, () -> {});
        version = measure(
                "its sessions are ended",
                version,
                5,
                // Whoever notices that a session was lost opens the roll anew: for a moment there may be none.
                () -> eventually(
                        PATIENCE,
                        () -> assertThat(PostgresForTests.query(PostgresForTests.adminUrl(), END_SESSIONS))
                                .isNotEmpty()));
        PostgresForTests.run(database, "ALTER TABLE swarm_changes DISABLE TRIGGER ALL");
        version = measure("nobody is notified", version, 5, () -> {});

        String ada = "\"cycle_count\":" + version;
        assertThat(get(address, "/api/v1/agents/Ada")).contains(ada);
        assertThat(arrivedAt.keySet()).as("each of them").hasSize(version);
        worker.assertClean();
        onlooker.assertClean();
    }

    private interface Before {
        void happens() throws Exception;
    }

    private static final String END_SESSIONS =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'onlooker'";

    /** Returns the last version that was written. */
    private int measure(String what, int from, int changes, Before before) throws Exception {
        long[] nanos = new long[changes];
        for (int change = 0; change < changes; change++) {
            int version = from + change + 1;
            before.happens();
            long began = System.nanoTime();
            worker.write("Ada", version);
            eventually(PATIENCE, () -> assertThat(arrivedAt).as(what).containsKey(version));
            nanos[change] = arrivedAt.get(version) - began;
        }
        Arrays.sort(nanos);
        long median = nanos[changes / 2];
        System.out.printf(
                Locale.ROOT,
                "shared window: %s, %d changes: p50 %.0f ms, max %.0f ms%n",
                what,
                changes,
                median / 1e6,
                nanos[changes - 1] / 1e6);
        assertThat(Duration.ofNanos(median)).as(what).isLessThan(PROMISED);
        return from + changes;
    }

    private void follow(URI address) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> events = client.send(
                HttpRequest.newBuilder(address.resolve("/api/v1/events")).build(), BodyHandlers.ofLines());
        assertThat(events.statusCode()).isEqualTo(200);
        Thread.ofVirtual().start(() -> {
            try {
                events.body().forEach(this::arrived);
            } catch (UncheckedIOException ended) {
                // As it does with the process at the end of the test; what did not arrive is missed there.
                return;
            }
        });
    }

    private void arrived(String line) {
        Matcher cycle = CYCLE.matcher(line);
        if (line.contains("\"Ada\"") && cycle.find()) {
            arrivedAt.put(Integer.valueOf(cycle.group(1)), System.nanoTime());
        }
    }

    private URI address() throws Exception {
        eventually(SOON, () -> assertThat(onlooker.printed()).containsPattern(ADDRESS));
        Matcher found = ADDRESS.matcher(onlooker.printed());
        assertThat(found.find()).isTrue();
        return URI.create(found.group());
    }

    private String get(URI address, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }
}
