package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.store.PostgresForTests.query;
import static dev.rollcall.store.PostgresTroubleTest.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Main;
import dev.rollcall.files.ChildJvm;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.roll.SwarmName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps of the schema on a server: all of them or none, and once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresMigrationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Migration ADDS =
            new Migration(Migration.LATEST + 1, "notes", "CREATE TABLE notes (a text);\nCREATE INDEX ON notes (a);");
    private static final Migration FAILS = new Migration(
            Migration.LATEST + 2, "broken", "CREATE TABLE more_notes (a text);\nINSERT INTO no_such_table VALUES (1);");

    private final String url = PostgresForTests.freshUrl();

    private Migrations migrations(Migration... more) {
        List<Migration> known = new ArrayList<>(Migration.ofPostgres());
        known.addAll(List.of(more));
        return new Migrations(PostgresDatabase.of(url, PATIENCE), known);
    }

    private List<String> objects() {
        return query(
                url,
                "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace UNION ALL"
                        + " SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace ORDER BY 1");
    }

    @Test
    void aFailingStepLeavesTheVersionBeforeIt() {
        migrations().apply();
        List<String> before = objects();

        assertThat(problemOf(() -> migrations(ADDS, FAILS).apply()).code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);

        assertThat(query(url, "SELECT max(version) FROM schema_migrations"))
                .containsExactly(Integer.toString(Migration.LATEST));
        assertThat(objects()).isEqualTo(before);
        SqlStore.open(url, SwarmName.DEFAULT, PATIENCE).close();
        assertThat(migrations(ADDS).apply().versions()).containsExactly(ADDS.version());
    }

    @Test
    void aFailingStepLeavesANewSchemaEmpty() {
        assertThat(problemOf(() -> migrations(ADDS, FAILS).apply()).code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);

        assertThat(objects()).isEmpty();
        assertThat(migrations().status())
                .extracting(Migrations.Step::condition)
                .containsOnly(Migrations.Condition.PENDING);
    }

    @Test
    void aStepOfARollThatIsThereIsMadeWhereItIs() {
        migrations().apply();
        String schema = url.substring(url.lastIndexOf('=') + 1);
        PostgresForTests.run(url, "CREATE SCHEMA before_" + schema);
        String byAnotherPath = url.replace("=" + schema, "=before_" + schema + "," + schema);
        List<Migration> known = new ArrayList<>(Migration.ofPostgres());
        known.add(ADDS);

        Migrations theirs = new Migrations(PostgresDatabase.of(byAnotherPath, PATIENCE), known);

        assertThat(theirs.apply().versions()).containsExactly(ADDS.version());
        assertThat(objects()).contains("notes");
        assertThat(query(
                        url,
                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'before_" + schema + "'::regnamespace"))
                .containsExactly("0");
    }

    /** Both are at the lock when it is given back: one applies every step, the other finds nothing to do. */
    @Test
    void ofTwoProcessesThatApplyAtOnceOneAppliesAndTheOtherFindsItDone() throws Exception {
        List<Process> both = new ArrayList<>();
        try (Connection holder = DriverManager.getConnection(url);
                Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('rollcall schema'))");
            both.add(apply());
            both.add(apply());
            eventually(
                    Duration.ofSeconds(30),
                    () -> assertThat(query(
                                    url, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))
                            .containsExactly("2"));
        }

        List<String> said = new ArrayList<>();
        for (Process each : both) {
            said.add(new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            assertThat(each.waitFor()).as(said.toString()).isZero();
        }
        assertThat(said)
                .containsExactlyInAnyOrder(
                        "applied " + versions() + "; the schema is now " + Migration.LATEST,
                        "schema " + Migration.LATEST + " is the newest; nothing to apply");
        assertThat(migrations().status())
                .extracting(Migrations.Step::condition)
                .containsOnly(Migrations.Condition.APPLIED);
        assertThat(migrations().missing()).isEmpty();
    }

    private static List<Integer> versions() {
        return Migration.ofPostgres().stream().map(Migration::version).toList();
    }

    private Process apply() throws Exception {
        return ChildJvm.start(Main.class, "--db", url, "migrate", "apply");
    }
}
