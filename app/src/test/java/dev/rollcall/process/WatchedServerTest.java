package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.process.WatchedSwarm.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.store.PostgresForTests;
import dev.rollcall.store.SqlStore;
import dev.rollcall.store.WeatherProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A watch whose database is at a server that can not be reached for a while. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedServerTest {
    private static final int AGENTS = 20;
    private static final Duration OUTAGE = Duration.ofSeconds(Soak.times(4, 60));
    private static final Duration SOON_AFTERWARDS = Duration.ofSeconds(10);
    private static final long BETWEEN_WRITES_NANOS = Duration.ofMillis(20).toNanos();
    private static final int ROUNDS_BETWEEN_CUTS = 7;
    private static final Lock STARTS = new ReentrantLock();

    @TempDir
    private Path folder;

    private final String url = PostgresForTests.freshUrl();
    private WeatherProxy proxy;
    private WatchedSwarm watched;

    /** One after another: to start takes the processors, what the tests do afterwards takes time. */
    @BeforeEach
    void watch() throws Exception {
        STARTS.lock();
        try {
            start();
        } finally {
            STARTS.unlock();
        }
    }

    private void start() throws Exception {
        proxy = WeatherProxy.before(url);
        watched = new WatchedSwarm(folder, proxy.through(url), url);
        watched.writeAll(AGENTS, 1);
        watched.start(List.of());
        watched.assertRows(names(AGENTS), 1);
    }

    @AfterEach
    void close() throws Exception {
        watched.close();
        proxy.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aServerThatRefusesIsToldAndWhatChangedMeanwhileIsRecordedAfterwards() throws Exception {
        proxy.refuse();
        watched.writeAll(AGENTS, 2);

        watched.assertTold("a server that refuses", "the watch says", "the server can not be reached");
        int last = writeFor(OUTAGE);
        assertThat(watched.doctor()).contains("the watch says", "the server can not be reached");
        proxy.admit();

        assertConverges(last, "a server that refused");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aServerThatHangsIsToldAndWhatChangedMeanwhileIsRecordedAfterwards() throws Exception {
        proxy.hang();
        watched.writeAll(AGENTS, 2);

        watched.assertSaid("a server that hangs", "the server can not be reached: it does not answer");
        assertThat(watched.doctor()).contains("the watch says", "the server can not be reached: it does not answer");
        int last = writeFor(OUTAGE);
        proxy.goOn();

        assertConverges(last, "a server that hung");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void cutsAgainAndAgainHoldNobodyUp() throws Exception {
        long end = System.nanoTime() + OUTAGE.toNanos();
        int version = 2;
        while (System.nanoTime() < end) {
            watched.writeAll(AGENTS, ++version);
            if (version % ROUNDS_BETWEEN_CUTS == 0) {
                proxy.cutAll();
            }
            LockSupport.parkNanos(BETWEEN_WRITES_NANOS);
        }

        assertThat(proxy.cuts()).isGreaterThan(5);
        assertConverges(version, proxy.cuts() + " cuts");
    }

    private void assertConverges(int last, String trouble) throws Exception {
        long began = System.nanoTime();
        eventually(SOON_AFTERWARDS, () -> {
            for (String agent : names(AGENTS)) {
                assertThat(watched.cycle(agent)).as(agent).isEqualTo(last);
            }
        });
        System.out.printf(Locale.ROOT, "fault: all true %.2f s after %s%n", (System.nanoTime() - began) / 1e9, trouble);
        watched.write("Agent-late", 1);
        watched.assertRow("Agent-late", 1);
        watched.assertHealed(trouble);
        assertNoVersionTwice();
        watched.assertEndsWell("after " + trouble);
    }

    private void assertNoVersionTwice() {
        try (SqlStore store = watched.store()) {
            for (String agent : names(AGENTS)) {
                assertThat(store.storedHistory(new AgentId(agent)))
                        .extracting((HistoryRow row) -> row.columns().get("content_sha256"))
                        .as(agent)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private int writeFor(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        int version = 2;
        while (System.nanoTime() < end) {
            watched.writeAll(AGENTS, ++version);
            LockSupport.parkNanos(BETWEEN_WRITES_NANOS);
        }
        return version;
    }
}
