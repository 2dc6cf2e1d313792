package dev.rollcall.cli;

import static dev.rollcall.git.CommittedRepository.Change.write;
import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.git.CommittedRepository;
import dev.rollcall.store.PostgresForTests;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command shows of itself that takes longer than a second, as another writer of its database keeps it waiting. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongCommandsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMillis(1_050);
    private static final String SYNCED = "2 agents: 2 recorded, 0 unchanged, 0 left, 0 rejected\n";
    private static final String IMPORTED = "220 versions in 220 commits: 220 recorded, 0 known, 0 unchanged,\n";
    private static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");
    private static final String FILE = "agent_workspaces/A-1/status.json";

    /** More than are recorded in one transaction: the first of them is kept waiting before all have been looked at. */
    private static final int VERSIONS = 220;

    @TempDir
    private Path folder;

    private final String url = PostgresForTests.freshUrl();
    private Shell shell;
    private String[] sync = {};
    private String[] runImport = {};

    @BeforeEach
    void somethingToDo() {
        CommittedRepository repository = new CommittedRepository(folder.resolve("ship"));
        int parent = repository.commit("main", NOON, write(FILE, "{}"));
        for (int i = 1; i < VERSIONS; i++) {
            parent = repository.commit("main", NOON.plusSeconds(i), write(FILE, "{\"n\":" + i + "}"), parent);
        }
        repository.done();
        shell = new Shell(repository.folder);
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.write("Agent-2", "{\"status\":\"IDLE\"}");
        sync = new String[] {"--db", url, "sync", "--all"};
        runImport = new String[] {"--db", url, "--swarm", "past", "import", "git", repository.folder.toString()};
        shell.runBare("--db", url, "migrate", "apply");
    }

    /** Both at once, and each at its first change of the database for so long. */
    private List<Result> run(Function<String[], Result> how) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                Connection writer = DriverManager.getConnection(url);
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("LOCK TABLE agent_readings, status_history IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Result> first = CompletableFuture.supplyAsync(() -> how.apply(sync), threads);
            CompletableFuture<Result> second = CompletableFuture.supplyAsync(() -> how.apply(runImport), threads);
            eventually(
                    LIMIT,
                    () -> assertThat(PostgresForTests.query(url, "SELECT count(*) FROM pg_locks WHERE NOT granted"))
                            .containsExactly("2"));
            long waiting = System.nanoTime();
            eventually(
                    LIMIT,
                    () -> assertThat(Duration.ofNanos(System.nanoTime() - waiting))
                            .isGreaterThan(LONG));
            writer.rollback();
            return List.of(first.join(), second.join());
        }
    }

    @Test
    void aPersonSeesALineThatIsTakenAwayInTheEnd() throws Exception {
        List<Result> results = run(shell::runSeen);

        assertThat(results.getFirst().out()).isEqualTo(SYNCED);
        assertThat(results.getFirst().err()).matches("(\rsync \\[#+\\.*] [12]/2  \\d/s  \\ds left )+\r\u001b\\[K");
        assertThat(results.getLast().out()).startsWith(IMPORTED);
        assertThat(results.getLast().err()).matches("(\rimport \\[#+] 220/220  \\d+/s  0s left )+\r\u001b\\[K");
    }

    @Test
    void withoutATerminalNothingIsSeenOfIt() throws Exception {
        List<Result> results = run(shell::run);

        assertThat(results.getFirst().out()).isEqualTo(SYNCED);
        assertThat(results.getLast().out()).startsWith(IMPORTED).doesNotContain("\r", "\u001b");
        assertThat(results).extracting(Result::err).containsOnly("");
    }
}
