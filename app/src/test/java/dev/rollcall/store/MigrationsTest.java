package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Migration ADDS =
            new Migration(Migration.LATEST + 1, "notes", "CREATE TABLE notes (a);\nCREATE TABLE more_notes (a);");
    private static final Migration DESTROYS =
            new Migration(Migration.LATEST + 2, "no_notes", "-- destructive\nDROP TABLE notes;");
    private static final Migration FAILS = new Migration(
            Migration.LATEST + 1, "broken", "CREATE TABLE notes (a);\nINSERT INTO no_such_table VALUES (1);");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("roll.db");
    }

    private Migrations migrations(Migration... more) {
        List<Migration> known = new ArrayList<>(Migration.ofSqlite());
        known.addAll(List.of(more));
        return new Migrations(new SqliteDatabase(DatabaseLocation.of(file().toString()), PATIENCE), known);
    }

    private SqlStore open() {
        return SqlStore.open(file().toString(), SwarmName.DEFAULT, PATIENCE);
    }

    private static Problem problemOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    private List<Migrations.Condition> conditions(Migrations migrations) {
        return migrations.status().stream().map(Migrations.Step::condition).toList();
    }

    @Test
    void aMissingDatabaseHasEverythingPendingAndIsNotCreated() {
        assertThat(migrations(ADDS).status())
                .hasSize(ADDS.version())
                .startsWith(new Migrations.Step(1, "roll", Migrations.Condition.PENDING, null))
                .endsWith(new Migrations.Step(ADDS.version(), "notes", Migrations.Condition.PENDING, null));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void applyBringsADatabaseToTheNewestSchemaAndASecondTimeDoesNothing() {
        assertThat(migrations(ADDS).apply().versions()).hasSize(ADDS.version()).endsWith(ADDS.version());
        assertThat(migrations(ADDS).apply()).isEqualTo(new Migrations.Applied(List.of(), null));
        assertThat(conditions(migrations(ADDS))).containsOnly(Migrations.Condition.APPLIED);
        assertThat(HandEdits.query(file(), "PRAGMA user_version")).containsExactly(Integer.toString(ADDS.version()));
    }

    @Test
    void theFirstToRecordCreatesTheNewestSchema() {
        open().close();
        assertThat(conditions(migrations())).containsOnly(Migrations.Condition.APPLIED);
        assertThat(migrations().status().getFirst().appliedAt())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void anOlderSchemaIsNamedWithTheCommandThatMendsIt() {
        open().close();
        try (SqliteConnection connection =
                SqliteConnection.open(DatabaseLocation.of(file().toString()), SqlConnection.Purpose.READ, PATIENCE)) {
            Schema schema = new SqliteSchema(connection);

            Problem problem = problemOf(() -> schema.demand(Migration.LATEST + 1));

            assertThat(problem.code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
            assertThat(problem.hint()).contains("rollcall migrate apply");
        }
    }

    @Test
    void beforeADestructiveStepTheDatabaseIsCopied() {
        migrations(ADDS).apply();
        HandEdits.run(file(), "INSERT INTO notes VALUES ('precious')");

        Migrations.Applied applied = migrations(ADDS, DESTROYS).apply();

        Path copy = folder.resolve("roll.db.backup-v" + ADDS.version());
        assertThat(applied).isEqualTo(new Migrations.Applied(List.of(DESTROYS.version()), copy));
        assertThat(HandEdits.query(copy, "SELECT a FROM notes")).containsExactly("precious");
        assertThat(HandEdits.query(file(), "SELECT name FROM sqlite_schema WHERE name = 'notes'"))
                .isEmpty();
    }

    @Test
    void anOlderCopyIsNeverOverwritten() {
        migrations(ADDS).apply();
        Path older = folder.resolve("roll.db.backup-v" + ADDS.version());
        HandEdits.run(older, "CREATE TABLE older (a)");

        assertThat(migrations(ADDS, DESTROYS).apply().backup()).isEqualTo(folder.resolve(older.getFileName() + "-2"));
        assertThat(HandEdits.query(older, "SELECT name FROM sqlite_schema")).containsExactly("older");
    }

    @Test
    void aNewDatabaseNeedsNoCopy() {
        assertThat(migrations(ADDS, DESTROYS).apply().backup()).isNull();
    }

    @Test
    void aFailingStepLeavesTheVersionBeforeIt() {
        migrations().apply();

        assertThat(problemOf(() -> migrations(FAILS).apply()).code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);

        assertThat(HandEdits.query(file(), "PRAGMA user_version")).containsExactly(Integer.toString(Migration.LATEST));
        assertThat(HandEdits.query(file(), "SELECT name FROM sqlite_schema WHERE name = 'notes'"))
                .isEmpty();
        open().close();
    }

    @Test
    void aStepAppliedFromOtherSqlIsNamed() {
        migrations(ADDS).apply();
        Migration altered = new Migration(ADDS.version(), ADDS.name(), ADDS.sql() + "-- altered");

        assertThat(conditions(migrations(altered)))
                .hasSize(ADDS.version())
                .endsWith(Migrations.Condition.APPLIED, Migrations.Condition.ALTERED);
    }

    @Test
    void aNewerSchemaIsToldByStatusAndRefusedByApply() {
        migrations(ADDS).apply();

        assertThat(conditions(migrations()))
                .hasSize(ADDS.version())
                .endsWith(Migrations.Condition.APPLIED, Migrations.Condition.UNKNOWN);
        assertThat(problemOf(() -> migrations().apply()).code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
    }

    @Test
    void aLaterStepThatOnlyTheLedgerNamesIsANewerSchema() {
        migrations().apply();
        HandEdits.run(file(), "INSERT INTO schema_migrations VALUES (99, 'later', 'x', '2026-01-01T00:00:00.000000Z')");

        assertThat(problemOf(this::open).code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
    }

    @Test
    void whoIsPresentAndWhoLeftIsTakenOverFromTheFirstSchema() {
        new Migrations(
                        new SqliteDatabase(DatabaseLocation.of(file().toString()), PATIENCE),
                        Migration.ofSqlite().subList(0, 1))
                .apply();
        for (String presence : List.of("PRESENT", "LEFT")) {
            HandEdits.run(
                    file(),
                    "INSERT INTO agent_workspaces (swarm, agent_id, presence) VALUES ('default', '" + presence
                            + "-1', '" + presence + "')");
            HandEdits.run(
                    file(),
                    "INSERT INTO agent_readings (swarm, agent_id, reading, stamp) VALUES ('default', '" + presence
                            + "-1', 1, 's')");
        }

        migrations().apply();

        try (SqlStore store = open()) {
            assertThat(store.standings().get(new AgentId("PRESENT-1")).presence())
                    .isEqualTo(Presence.PRESENT);
            assertThat(store.standings().get(new AgentId("LEFT-1")).presence()).isEqualTo(Presence.LEFT);
        }
    }

    @Test
    void whatSomebodyDroppedIsNamed() {
        migrations().apply();
        assertThat(migrations().missing()).isEmpty();

        HandEdits.run(file(), "DROP VIEW swarm_overview");
        HandEdits.run(file(), "DROP TABLE agent_status");

        assertThat(migrations().missing())
                .containsExactly("agent_status", "agent_status_by_number", "agent_status_by_text", "swarm_overview");
    }

    @Test
    void eightThatCreateTheDatabaseAtOnceAllSucceed() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> recorded = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                String agent = "Agent-" + i;
                recorded.add(threads.submit(() -> {
                    start.await();
                    try (SqlStore store = open()) {
                        return store.record(List.of(accepted(sighting(agent, 0, NOON), 1, "tidy")), Durability.AT_ONCE)
                                .size();
                    }
                }));
            }
            start.countDown();
            for (Future<Integer> each : recorded) {
                assertThat(each.get()).isEqualTo(1);
            }
        }
        try (SqlStore store = open()) {
            assertThat(store.standings()).hasSize(8);
        }
        assertThat(HandEdits.query(file(), "SELECT count(*) FROM schema_migrations"))
                .containsExactly(Integer.toString(Migration.LATEST));
        assertThat(HandEdits.query(file(), "PRAGMA integrity_check")).containsExactly("ok");
    }
}
