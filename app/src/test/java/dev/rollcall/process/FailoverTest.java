package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.process.WatchedSwarm.document;
import static dev.rollcall.process.WatchedSwarm.names;
import static dev.rollcall.store.PostgresForTests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.store.PostgresNode;
import dev.rollcall.store.SqlStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watch over a primary with a streaming standby, as one of them goes away and comes back. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverTest {
    private static final int AGENTS = 10;
    private static final Duration OUTAGE = Duration.ofSeconds(Soak.times(1, 30));
    private static final Duration SOON_AFTERWARDS = Duration.ofSeconds(20);
    private static final Duration AT_REST = Duration.ofSeconds(20);
    private static final long BETWEEN_WRITES_NANOS = Duration.ofMillis(20).toNanos();

    @TempDir
    private static Path template;

    @TempDir
    private Path folder;

    private PostgresNode primary;
    private PostgresNode standby;
    private WatchedSwarm watched;

    @BeforeAll
    static void makeTemplate() throws Exception {
        template = PostgresNode.template(template.resolve("data"));
    }

    @BeforeEach
    void watch() throws Exception {
        primary = PostgresNode.primary(template, folder.resolve("one"));
        standby = PostgresNode.standby(primary, template, folder.resolve("two"));
        String url = PostgresNode.url(primary, standby);
        watched = new WatchedSwarm(folder, url, url);
        watched.writeAll(AGENTS, 1);
        watched.start(List.of());
        watched.assertRows(names(AGENTS), 1);
    }

    @AfterEach
    void close() throws Exception {
        watched.close();
        standby.close();
        primary.close();
    }

    @Test
    void aWatchGoesOnAtTheStandbyThatTakesOverFromAPrimaryThatWasKilled() throws Exception {
        assertReadOnly();
        eventually(
                SOON_AFTERWARDS,
                () -> assertThat(query(standby.url(), VERSIONS)).containsExactly("" + AGENTS));

        primary.kill();
        watched.writeAll(AGENTS, 2);

        watched.assertTold("a killed primary", "the watch says", "the server");
        assertReadOnly();
        int last = writeFor(OUTAGE);
        standby.promote();

        assertConverges(last, "a failover");
        assertThat(query(standby.url(), "SELECT fence FROM watch_leases"))
                .as("it led before and after")
                .containsExactly("1");
        watched.assertEndsWell("after a failover");
    }

    private static final String VERSIONS = "SELECT count(*) FROM status_history";

    /** Asked of the standby alone. */
    private void assertReadOnly() {
        for (List<String> reading : List.of(List.of("list"), List.of("get", "Agent-3"), List.of("events"))) {
            Result read = run(standby.url(), reading);
            assertThat(read.exitCode()).as("%s: %s", reading, read).isZero();
            assertThat(read.out()).as(reading.toString()).contains("Agent-");
        }
        for (List<String> writing : List.of(
                List.of("sync", "--all"),
                List.of("migrate", "apply"),
                List.of("prune", "--keep", "1d"),
                List.of("forget", "Agent-3", "--yes", "--anyway"))) {
            Result refused = run(standby.url(), writing);
            assertThat(refused.exitCode()).as("%s: %s", writing, refused).isEqualTo(3);
            assertThat(refused.err().lines().filter(line -> !line.startsWith("hint: ")))
                    .as(writing.toString())
                    .singleElement()
                    .asString()
                    .endsWith("the server is read-only, as a standby is");
        }
    }

    private Result run(String url, List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--db", url));
        return watched.swarm.runHere(all.toArray(String[]::new));
    }

    /** Replication is asynchronous: what the standby had not got is told again by the files, as far as they still say it. */
    @Test
    void whatTheStandbyHadNotReceivedIsRecordedAgainAsItIsNow() throws Exception {
        eventually(
                SOON_AFTERWARDS,
                () -> assertThat(query(standby.url(), VERSIONS)).containsExactly("" + AGENTS));
        standby.cutOff();
        watched.writeAll(AGENTS, 2);
        watched.assertRows(names(AGENTS), 2);
        watched.writeAll(AGENTS, 3);
        watched.assertRows(names(AGENTS), 3);
        // From here on nothing but a reading of all bytes, a minute later, would look at a file again.
        eventually(AT_REST, () -> assertThat(query(primary.url(), RESTED)).containsExactly("" + AGENTS));
        List<String> before = query(primary.url(), NUMBERS);

        primary.kill();
        watched.assertTold("a killed primary under a quiet swarm", "the watch says", "the server");
        standby.promote();

        assertConverges(3, "a failover to a standby that lags");
        for (String agent : names(AGENTS)) {
            assertThat(versions(agent))
                    .as("what was written over meanwhile is lost")
                    .containsExactly(sha(1), sha(3));
        }
        List<String> after = query(standby.url(), NUMBERS);
        assertThat(numbers(after))
                .as("the numbers of what is lost may be given again")
                .doesNotHaveDuplicates();
        assertThat(after)
                .as("what the standby had")
                .startsWith(before.subList(0, AGENTS).toArray(String[]::new));

        primary.startAgain();
        watched.writeAll(AGENTS, 4);
        eventually(
                SOON_AFTERWARDS, () -> assertThat(query(standby.url(), AT_FOUR)).containsExactly("" + AGENTS));
        assertThat(query(primary.url(), NUMBERS))
                .as("a watch stays where it is")
                .isEqualTo(before);
        primary.kill();
        watched.assertEndsWell("after the old primary came back for a while");
    }

    private static final String RESTED = "SELECT count(*) FROM agent_readings WHERE stamp <> ''";

    private static final String AT_FOUR = "SELECT count(*) FROM agent_workspaces WHERE cycle_count = 4";

    private static final String NUMBERS = "SELECT revision, agent_id, content_sha256 FROM status_history ORDER BY 1";

    private static List<Long> numbers(List<String> rows) {
        return rows.stream()
                .map(row -> Long.valueOf(row.substring(0, row.indexOf('|'))))
                .toList();
    }

    private List<String> versions(String agent) {
        try (SqlStore store = watched.store()) {
            return store.storedHistory(new AgentId(agent)).stream()
                    .map((HistoryRow row) -> row.columns().get("content_sha256"))
                    .toList();
        }
    }

    private static String sha(int version) {
        return DocumentContent.sha256Of(document(version).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aServerThatIsRestartedIsWaitedFor() throws Exception {
        int version = 2;
        for (PostgresNode.Stop stop : PostgresNode.Stop.values()) {
            watched.writeAll(AGENTS, version++);

            primary.restart(stop);

            watched.writeAll(AGENTS, version);
            assertConverges(version++, "a restart, " + stop);
        }
        watched.assertEndsWell("after restarts");
    }

    private void assertConverges(int last, String trouble) throws Exception {
        long began = System.nanoTime();
        eventually(SOON_AFTERWARDS, () -> {
            for (String agent : names(AGENTS)) {
                assertThat(watched.cycle(agent)).as(agent).isEqualTo(last);
            }
        });
        System.out.printf(Locale.ROOT, "fault: all true %.2f s after %s%n", (System.nanoTime() - began) / 1e9, trouble);
        watched.assertHealed(trouble);
        Result verify = run(PostgresNode.url(primary, standby), List.of("verify", "--all", "--deep"));
        assertThat(verify.exitCode()).as(verify.toString()).isZero();
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
