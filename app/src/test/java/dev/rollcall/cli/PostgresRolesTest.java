package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.store.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roles of deploy/roles.sql with the rights of deploy/grants.sql: enough for what each is for, and no more. */
class PostgresRolesTest {
    private static final Path DEPLOY = Path.of("..", "deploy");

    @TempDir
    static Path folder;

    private static Shell shell;

    @BeforeAll
    static void setUpAsThePageSays() throws IOException {
        // one statement at a time: a database is made outside transactions
        for (String statement : statements("roles.sql")) {
            PostgresForTests.run(PostgresForTests.adminUrl(), statement);
        }
        shell = new Shell(folder);
        shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"cycle_count\":1}");
        assertThat(as("owner", "migrate", "apply").exitCode()).isZero();
        for (int time = 1; time <= 2; time++) {
            PostgresForTests.run(url("owner"), Files.readString(DEPLOY.resolve("grants.sql")));
        }
        assertThat(as("user", "sync", "--all")).returns(0, Result::exitCode);
    }

    @AfterAll
    static void dropRoles() {
        PostgresForTests.run(PostgresForTests.adminUrl(), "DROP DATABASE IF EXISTS rollcall WITH (FORCE)");
        PostgresForTests.run(
                PostgresForTests.adminUrl(), "DROP ROLE IF EXISTS rollcall_owner, rollcall_user, rollcall_reader");
    }

    private static List<String> statements(String file) throws IOException {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : Files.readAllLines(DEPLOY.resolve(file))) {
            if (!line.startsWith("--") && !line.isBlank()) {
                statement.append(line).append('\n');
                if (line.endsWith(";")) {
                    statements.add(statement.toString());
                    statement.setLength(0);
                }
            }
        }
        return statements;
    }

    private static String url(String role) {
        return PostgresForTests.adminUrl().replaceFirst("/postgres\\?user=postgres", "/rollcall?user=rollcall_" + role);
    }

    private static Result as(String role, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--db", url(role)));
        all.addAll(List.of(arguments));
        return shell.run(all.toArray(String[]::new));
    }

    private static void assertRefused(String role, String sql) {
        assertThatThrownBy(() -> PostgresForTests.run(url(role), sql))
                .as(role + ": " + sql)
                .rootCause()
                .hasMessageContainingAll("ERROR:")
                .message()
                .containsAnyOf("permission denied", "must be owner");
    }

    @Test
    void whoRecordsMakesTheMonthsPartitionsAndTheyAreTheOwners() {
        assertThat(PostgresForTests.query(
                        url("user"),
                        "SELECT DISTINCT relowner::regrole FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid"
                                + " WHERE inhparent = 'status_history'::regclass"))
                .containsExactly("rollcall_owner");
        assertThat(PostgresForTests.query(url("user"), "SELECT count(*) FROM status_history_revision"))
                .containsExactly("1");
        assertThat(PostgresForTests.query(url("user"), "SELECT make_history_partition('2031-04')"))
                .hasSize(1);
        assertThat(PostgresForTests.query(url("user"), "SELECT drop_empty_history_partitions()"))
                .hasSize(1);
    }

    @Test
    void whoRecordsDoesWhatEveryDayNeeds() {
        shell.write("Agent-8", "{\"status\":\"IDLE\"}");
        for (List<String> command : List.of(
                List.of("sync", "--all"),
                List.of("sync", "--all", "--force"),
                List.of("start-mission", "Tides", "--agent", "Agent-7"),
                List.of("end-cycle", "--agent", "Agent-7"),
                List.of("index"),
                List.of("prune", "--keep", "1d"),
                List.of("verify", "--all", "--deep"))) {
            assertThat(as("user", command.toArray(String[]::new)))
                    .as(String.join(" ", command))
                    .returns(0, Result::exitCode)
                    .returns("", Result::err);
        }
    }

    @Test
    void whoRecordsAltersNoTable() {
        for (String sql : List.of(
                "CREATE TABLE another (one integer)",
                "DROP TABLE agent_gaps",
                "ALTER TABLE agent_gaps ADD another integer",
                "TRUNCATE status_history",
                "DELETE FROM schema_migrations",
                "CREATE TEMPORARY TABLE swarm_changes (one integer)")) {
            assertRefused("user", sql);
        }
    }

    @Test
    void whoLooksSeesEverythingAndChangesNothing() {
        for (List<String> command : List.of(
                List.of("list"),
                List.of("get", "Agent-7"),
                List.of("history", "Agent-7"),
                List.of("report"),
                List.of("events"),
                List.of("verify", "--all"),
                List.of("metrics"))) {
            assertThat(as("reader", command.toArray(String[]::new)))
                    .as(String.join(" ", command))
                    .returns(0, Result::exitCode);
        }
        assertThat(as("reader", "list").out()).contains("Agent-7");
        for (String sql : List.of(
                "UPDATE agent_workspaces SET state = 'IDLE'",
                "DELETE FROM status_history",
                "SELECT make_history_partition('2031-05')",
                "SELECT drop_empty_history_partitions()",
                "SELECT nextval('status_history_revision')")) {
            assertRefused("reader", sql);
        }
    }

    /** What runs with the owner's rights must not be led to tables that somebody else made. */
    @Test
    void aTemporaryTableTakesNoOnesPlace() {
        PostgresForTests.run(PostgresForTests.adminUrl(), "GRANT TEMPORARY ON DATABASE rollcall TO rollcall_user");

        PostgresForTests.run(url("user"), """
                CREATE TEMPORARY TABLE swarm_changes (swarm text, changes bigint);
                CREATE FUNCTION pg_temp.told() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'runs as %', current_user; END $$;
                CREATE TRIGGER told AFTER UPDATE ON pg_temp.swarm_changes
                    FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.told();
                GRANT ALL ON pg_temp.swarm_changes TO PUBLIC;
                UPDATE agent_workspaces SET state = state WHERE agent_id = 'nobody';
                """);

        PostgresForTests.run(PostgresForTests.adminUrl(), "REVOKE TEMPORARY ON DATABASE rollcall FROM rollcall_user");
    }
}
