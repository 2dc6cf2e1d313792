package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static dev.rollcall.store.PostgresForTests.query;
import static dev.rollcall.store.PostgresForTests.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL database that can not be had: each time one sentence with its own cause, and nothing half done. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String SECRET = "geheim7";
    private static final AtomicInteger ROLES = new AtomicInteger();

    private final String url = PostgresForTests.freshUrl();

    private static SqlStore open(String url) {
        return SqlStore.open(url, SwarmName.DEFAULT, PATIENCE);
    }

    private static List<RollChange> change(String agent, int cycle) {
        return List.of(accepted(sighting(agent, cycle, NOON.plusSeconds(cycle)), cycle, "tidy"));
    }

    /** Checked for what every problem has to be: one sentence, a hint, no secret anywhere in the chain. */
    static Problem problemOf(ThrowingCallable call) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
        assertThat(thrown).isNotNull();
        Problem problem = thrown.problem();
        assertThat(problem.message()).doesNotContain("\n").doesNotContain(". ").doesNotEndWith(".");
        assertThat(problem.hint()).isNotBlank().doesNotContain(SECRET);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
        }
        return problem;
    }

    static void assertUnavailable(Problem problem, String cause) {
        assertThat(problem.code()).as(problem.message()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(problem.message()).contains(cause).contains("postgresql://");
    }

    private void assertUnavailableToAll(String url, String cause) {
        assertUnavailable(problemOf(() -> open(url)), cause);
        assertUnavailable(problemOf(() -> SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)), cause);
        assertUnavailable(problemOf(() -> Migrations.of(url, PATIENCE).status()), cause);
        assertThat(objects()).as("nothing was made").isZero();
    }

    private long objects() {
        return Long.parseLong(
                query(url, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace")
                        .getFirst());
    }

    /** The same database for a role that may not do anything yet. */
    private String as(String role) {
        return url.replace("user=postgres", "user=" + role);
    }

    private String newRole(String settings) {
        String role = "hand_" + ROLES.incrementAndGet();
        run(url, "DROP ROLE IF EXISTS " + role);
        run(url, "CREATE ROLE " + role + " LOGIN " + settings);
        return role;
    }

    private String schema() {
        return query(url, "SELECT current_schema()").getFirst();
    }

    @Test
    void aWrongPasswordIsToldAndNeverShown() throws Exception {
        String role = newRole("PASSWORD 'right'");
        Path rules = Path.of(query(url, "SHOW hba_file").getFirst());
        String before = Files.readString(rules);
        String loaded = query(url, "SELECT pg_conf_load_time()").getFirst();
        Files.writeString(rules, "host all " + role + " all scram-sha-256\n" + before);
        run(url, "SELECT pg_reload_conf()");
        eventually(
                Duration.ofSeconds(10),
                () -> assertThat(query(url, "SELECT pg_conf_load_time()")).doesNotContain(loaded));
        try {
            run(url, "GRANT ALL ON SCHEMA " + schema() + " TO " + role);
            assertUnavailableToAll(as(role) + "&password=" + SECRET, "refuses the user or the password");
            assertUnavailableToAll(as(role), "the password");
            open(as(role) + "&password=right").close();
        } finally {
            Files.writeString(rules, before);
            run(url, "SELECT pg_reload_conf()");
        }
    }

    @Test
    void aMissingDatabaseIsTold() {
        assertUnavailableToAll(
                url.replace("/postgres?", "/nowhere?") + "&password=" + SECRET, "the server has no such database");
    }

    @Test
    void anUnknownUserIsTold() {
        assertUnavailableToAll(as("nobody_of_that_name") + "&password=" + SECRET, "refuses the user");
    }

    @Test
    void aRoleWithoutTheRightToMakeTablesLeavesNothingBehind() {
        String role = newRole("");
        run(url, "GRANT USAGE ON SCHEMA " + schema() + " TO " + role);

        assertUnavailable(problemOf(() -> open(as(role))), "a right is missing: permission denied for schema");

        assertThat(objects()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status_history", "agent_readings", "roll_events", "swarm_changes"})
    void aMissingRightOnOneTableIsToldAndNothingIsKept(String table) {
        open(url).close();
        String role = newRole("");
        run(url, "GRANT USAGE ON SCHEMA " + schema() + " TO " + role);
        run(url, "GRANT ALL ON ALL TABLES IN SCHEMA " + schema() + " TO " + role);
        run(url, "GRANT ALL ON ALL SEQUENCES IN SCHEMA " + schema() + " TO " + role);
        run(url, "REVOKE ALL ON " + table + " FROM " + role);

        try (SqlStore store = open(as(role))) {
            assertUnavailable(
                    problemOf(() -> store.record(change("Agent-7", 0), Durability.AT_ONCE)),
                    "a right is missing: permission denied for table " + table);
        }

        try (SqlStore store = open(url)) {
            assertThat(store.standings()).isEmpty();
            assertThat(store.after(0, 10)).isEmpty();
            assertThat(store.storedHistory(new AgentId("Agent-7"))).isEmpty();
        }
    }

    @Test
    void aServerThatOnlyReadsIsToldToWhoWritesAndReadByWhoReads() {
        try (SqlStore store = open(url)) {
            store.record(change("Agent-7", 0), Durability.AT_ONCE);
        }
        String role = newRole("SUPERUSER");
        run(url, "ALTER ROLE " + role + " SET default_transaction_read_only = on");

        assertUnavailable(problemOf(() -> open(as(role))), "the server is read-only, as a standby is");
        try (SqlStore store = SqlStore.openForReading(as(role), SwarmName.DEFAULT, PATIENCE)) {
            assertThat(store.list()).hasSize(1);
        }
    }

    @Test
    void aStoreOpenedForReadingRefusesToRecordAndDoesNotKeepOthersFromWriting() {
        try (SqlStore writer = open(url);
                SqlStore reader = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            assertUnavailable(problemOf(() -> reader.record(change("Agent-7", 0), Durability.AT_ONCE)), "read-only");
            assertThat(writer.record(change("Agent-7", 0), Durability.AT_ONCE)).hasSize(1);
            assertThat(reader.list()).hasSize(1);
        }
    }

    @Test
    void aServerAmongSeveralIsFoundWhereAnotherIsNotThere() throws IOException {
        String several = url.replaceFirst("//[^/]*/", "//127.0.0.1:" + closedPort() + ",127.0.0.1:" + port() + "/");
        open(several).close();
        SqlStore.openForReading(several, SwarmName.DEFAULT, PATIENCE).close();
        try (SqlStore store = open(several)) {
            assertThat(store.record(change("Agent-7", 0), Durability.AT_ONCE)).hasSize(1);
        }
    }

    private String port() {
        return query(url, "SHOW port").getFirst();
    }

    @Test
    void anOlderSchemaIsToldWithTheCommandThatHelps() {
        open(url).close();
        run(url, "UPDATE schema_migrations SET version = version - 1");

        Problem problem = problemOf(() -> open(url));

        assertThat(problem.code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
        assertThat(problem.message())
                .contains("has schema " + (Migrations.latest() - 1))
                .contains("works with schema " + Migrations.latest());
        assertThat(problem.hint()).contains("rollcall migrate apply");
        assertThat(problemOf(() -> SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)))
                .isEqualTo(problem);
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAlone() {
        open(url).close();
        int newer = Migrations.latest() + 1;
        run(url, "INSERT INTO schema_migrations VALUES (" + newer + ", 'of tomorrow', 'x', '2030-01-01T00:00:00Z')");
        long before = objects();

        Problem problem = problemOf(() -> open(url));

        assertThat(problem.code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
        assertThat(problem.message()).contains("has schema " + newer);
        assertThat(problemOf(() -> SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)))
                .isEqualTo(problem);
        assertThat(problemOf(() -> Migrations.of(url, PATIENCE).apply())).isEqualTo(problem);
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void whoAppliesTheStepsAgainChangesNothing() {
        assertThat(Migrations.of(url, PATIENCE).apply().versions())
                .isEqualTo(
                        Migration.ofPostgres().stream().map(Migration::version).toList());
        assertThat(Migrations.of(url, PATIENCE).apply().versions()).isEmpty();
    }

    @Test
    void severalWhoOpenANewDatabaseAtOnceAllGetIt() {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<SqlStore>> openings = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> SqlStore.open(url, SwarmName.DEFAULT, Duration.ofSeconds(20)), threads))
                    .toList();
            openings.forEach(opening -> opening.join().close());
        }
        assertThat(query(url, "SELECT count(*) FROM schema_migrations"))
                .containsExactly(Integer.toString(Migration.ofPostgres().size()));
    }

    @Test
    void anotherProgramsTablesAreRefusedAndLeftAlone() {
        run(url, "CREATE TABLE agent_status (theirs integer)");

        assertThat(problemOf(() -> open(url)).code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
        assertThat(problemOf(() -> Migrations.of(url, PATIENCE).apply()).message())
                .contains("another program");

        assertThat(objects()).isEqualTo(1);
    }

    /** The server of these tests, with another number on its way here. */
    @Test
    void aServerThatIsTooOldIsRefused() throws IOException {
        String version = query(url, "SHOW server_version").getFirst();
        try (WeatherProxy proxy = WeatherProxy.before(url)) {
            proxy.translate(said -> said.replace(
                    "server_version\0" + version, "server_version\0" + version.replaceFirst("^\\d\\d", "15")));
            assertUnavailableToAll(
                    proxy.through(url),
                    "the server is PostgreSQL " + version.replaceFirst("^\\d\\d", "15") + "; Rollcall needs 16");
        }
    }

    @Test
    void twoSwarmsWithTheSameAgentsDoNotMix() {
        SwarmName red = new SwarmName("red");
        SwarmName blue = new SwarmName("blue");
        AgentId agent = new AgentId("Agent-7");
        try (SqlStore reds = SqlStore.open(url, red, PATIENCE);
                SqlStore blues = SqlStore.open(url, blue, PATIENCE)) {
            for (int cycle = 0; cycle < 5; cycle++) {
                assertThat(reds.record(change("Agent-7", cycle), Durability.AT_ONCE))
                        .first()
                        .isInstanceOf(RecordOutcome.Recorded.class);
                if (cycle < 3) {
                    assertThat(blues.record(change("Agent-7", cycle), Durability.AT_ONCE))
                            .first()
                            .isInstanceOf(RecordOutcome.Recorded.class);
                }
            }
            assertThat(reds.storedHistory(agent)).hasSize(5);
            assertThat(blues.storedHistory(agent)).hasSize(3);
            assertThat(reds.after(0, 100)).hasSize(5);
            assertThat(blues.after(0, 100)).hasSize(3);
            assertThat(reds.find(agent).orElseThrow().columns().cycleCount()).contains(4L);
            assertThat(blues.find(agent).orElseThrow().columns().cycleCount()).contains(2L);
        }
    }

    @Test
    void aColumnThatWasDroppedByHandIsTold() {
        try (SqlStore store = open(url)) {
            run(url, "ALTER TABLE agent_readings DROP COLUMN stamp CASCADE");

            assertUnavailable(
                    problemOf(() -> store.record(change("Agent-7", 0), Durability.AT_ONCE)),
                    "the schema is not as it was made: column \"stamp\" of relation \"agent_readings\" does not exist");
        }
    }

    @Test
    void whatWasDroppedByHandIsNamed() {
        open(url).close();
        assertThat(Migrations.of(url, PATIENCE).missing()).isEmpty();

        run(url, "DROP INDEX roll_events_of_swarm");
        run(url, "DROP TABLE agent_gaps CASCADE");
        run(url, "DROP TRIGGER swarm_changes_told ON swarm_changes");
        run(url, "DROP FUNCTION note_edit() CASCADE");
        run(url, "ALTER TABLE status_history DISABLE TRIGGER status_revisions_kept");

        assertThat(Migrations.of(url, PATIENCE).missing())
                .contains("roll_events_of_swarm", "agent_gaps", "swarm_changes_told", "note_edit")
                .contains("agent_readings_edited", "status_revisions_kept")
                .doesNotContain("roll_events", "note_revision");
    }

    @Test
    void aRoleThatMayNotConnectOnceMoreIsTold() {
        open(url).close();
        String role = newRole("SUPERUSER CONNECTION LIMIT 0");
        run(url, "ALTER ROLE " + role + " NOSUPERUSER");
        assertUnavailable(problemOf(() -> open(as(role))), "the server takes no more connections");
    }

    @Test
    void aHostThatDoesNotExistIsTold() {
        String lost = url.replaceFirst("//[^/]*/", "//no-such-host.invalid:5432/") + "&password=" + SECRET;
        assertUnavailableToAll(lost, "postgresql://no-such-host.invalid:5432/postgres: the server can not be reached");
        assertThat(problemOf(() -> open(lost)).message()).contains("there is no host of that name");
    }

    @Test
    void aClosedPortIsTold() throws IOException {
        String closed = url.replaceFirst("//[^/]*/", "//127.0.0.1:" + closedPort() + "/") + "&password=" + SECRET;
        assertUnavailableToAll(closed, "the server can not be reached: it takes no connection at that port");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://me:geheim7@localhost:5432/rollcall",
                "jdbc:postgresql://me:geheim7@localhost/rollcall",
                "jdbc:postgresql://me:/geheim7@localhost/rollcall",
                "jdbc:postgresql://me:?geheim7@localhost/rollcall",
                "jdbc:postgresql:me:geheim7@localhost/rollcall",
                "jdbc:postgresql://localhost:geheim7/rollcall",
                "jdbc:postgresql://localhost:99999/rollcall?password=geheim7",
                "postgresql://me:geheim7@localhost/rollcall",
                "postgres://me:geheim7@localhost/rollcall",
                "jdbc:postgres://me:geheim7@localhost/rollcall",
                "JDBC:PostgreSQL://me:geheim7@localhost/rollcall",
            })
    void aUrlThatIsNoneIsRefusedAndNotShown(String none) {
        Problem problem = problemOf(() -> SqlStore.open(none, SwarmName.DEFAULT, PATIENCE));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CONFIGURATION);
        assertThat(problem.message()).contains("URL");
    }
}
