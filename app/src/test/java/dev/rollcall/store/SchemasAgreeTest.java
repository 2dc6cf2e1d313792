package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SwarmName;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever knows the tables and views of one database knows those of the other. */
class SchemasAgreeTest {
    /** Without what SQLite makes for itself, and the words of the search, which each database keeps its own way. */
    private static final String SQLITE_COLUMNS =
            "SELECT tables.name || '.' || columns.name FROM sqlite_master AS tables"
                    + " JOIN pragma_table_info(tables.name) AS columns WHERE tables.type IN ('table', 'view')"
                    + " AND tables.name NOT LIKE 'sqlite%' AND tables.name NOT LIKE 'passage_words%'";

    /** Without the months of the history. */
    private static final String POSTGRES_COLUMNS = "SELECT table_name || '.' || column_name"
            + " FROM information_schema.columns WHERE table_schema = current_schema()"
            + " AND table_name NOT LIKE 'passage_words%' AND table_name !~ '^status_history_(before|after|[0-9])'";

    /** What may stand in a column of a table, and its place in the key. A key's columns are never null. */
    private static final String SQLITE_RULES = "SELECT concat_ws(' ', tables.name || '.' || columns.name,"
            + " CASE columns.type WHEN '' THEN 'number' ELSE lower(columns.type) END,"
            + " iif(columns.\"notnull\" OR columns.pk, 'always', 'or null'), 'key ' || nullif(columns.pk, 0))"
            + " FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'"
            + " AND tables.name NOT LIKE 'sqlite%' AND tables.name NOT LIKE 'passage_words%'";

    private static final String POSTGRES_RULES = "SELECT concat_ws(' ', relname || '.' || attname,"
            + " CASE format_type(atttypid, NULL) WHEN 'bigint' THEN 'integer' WHEN 'bytea' THEN 'blob'"
            + " WHEN 'numeric' THEN 'number' ELSE format_type(atttypid, NULL) END,"
            + " CASE WHEN attnotnull THEN 'always' ELSE 'or null' END, 'key ' || array_position(conkey, attnum))"
            + " FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped"
            + " LEFT JOIN pg_constraint ON conrelid = pg_class.oid AND contype = 'p'"
            + " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
            + " AND relname NOT LIKE 'passage_words%' AND attname NOT LIKE '%\\_time'";

    private static final String SQLITE_VIEWS = "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name";

    @TempDir
    private Path folder;

    private Path file;
    private String url;

    @BeforeEach
    void fillBoth() {
        file = folder.resolve("roll.db");
        PostgresBackend postgres = PostgresBackend.fresh();
        url = postgres.pathOrUrl();
        for (SqlBackend backend : List.of(new SqliteBackend(file), postgres)) {
            try (RollStore store = backend.open(SwarmName.DEFAULT)) {
                fill(store);
            }
        }
    }

    private static void fill(RollStore store) {
        store.record(
                List.of(
                        version(sighting("Agent-1", 0, NOON), "ACTIVE", "5", "10.5"),
                        version(sighting("Agent-2", 0, NOON), "BLOCKED", "1", "2"),
                        version(sighting("Agent-4", 0, NOON), "COMPLETE", "3", "1.5"),
                        refused(sighting("Agent-3", 0, NOON), "{")),
                Durability.AT_ONCE);
        store.record(
                List.of(
                        version(sighting("Agent-1", 1, NOON.plusSeconds(90)), "BLOCKED", "7", "11"),
                        refused(sighting("Agent-4", 1, NOON.plusSeconds(90)), "{\"status\":"),
                        new RollChange.Departed(sighting("Agent-2", 1, NOON.plusSeconds(90)))),
                Durability.AT_ONCE);
        store.record(
                List.of(
                        version(sighting("Agent-1", 2, NOON.plusSeconds(86400)), "IDLE", "6", "20"),
                        version(sighting("Agent-4", 2, NOON.plusSeconds(86400)), "ACTIVE", "4", "3")),
                Durability.AT_ONCE);
    }

    private static RollChange version(Sighting sighting, String state, String cycles, String points) {
        return accepted(
                sighting,
                document((int) sighting.expectedReading(), sighting.agent().value()),
                columns(Map.of(
                        StatusField.STATE,
                        state,
                        StatusField.STATUS,
                        state + " now",
                        StatusField.CURRENT_MISSION,
                        "Chart the tides",
                        StatusField.BLOCKERS,
                        "[\"waits for Agent-4 or Agent-1\"]",
                        StatusField.CYCLE_COUNT,
                        cycles,
                        StatusField.POINTS_EARNED,
                        points)));
    }

    @Test
    void everyTableAndViewHasTheSameColumns() {
        var sqlite = new TreeSet<>(HandEdits.query(file, SQLITE_COLUMNS));
        var postgres = new TreeSet<>(PostgresForTests.query(url, POSTGRES_COLUMNS));

        assertThat(minus(sqlite, postgres)).as("only in SQLite").isEmpty();
        assertThat(minus(postgres, sqlite))
                .as("only in PostgreSQL: times as timestamps, documents as JSON, and what its months and notices need")
                .allMatch(name -> name.endsWith("_time")
                        || List.of("agent_documents", "status_revisions", "swarm_changes")
                                .contains(name.substring(0, name.indexOf('.'))));
    }

    @Test
    void everyColumnTakesTheSameAndEveryRowIsKnownByTheSame() {
        var sqlite = new TreeSet<>(HandEdits.query(file, SQLITE_RULES));
        var postgres = new TreeSet<>(PostgresForTests.query(url, POSTGRES_RULES));

        assertThat(sqlite).contains("agent_workspaces.agent_id text always key 2", "agent_gaps.ended_at text or null");
        // The key of a table in partitions holds the column that they go by; status_revisions keeps a number for one
        // row.
        assertThat(minus(sqlite, postgres)).containsExactly("status_history.observed_at text always");
        assertThat(minus(postgres, sqlite))
                .filteredOn(rule -> !rule.startsWith("swarm_changes."))
                .containsExactly(
                        "status_history.observed_at text always key 2",
                        "status_revisions.observed_at text always",
                        "status_revisions.revision integer always key 1");
    }

    private static List<String> minus(Set<String> all, Set<String> known) {
        return all.stream().filter(name -> !known.contains(name)).toList();
    }

    @Test
    void everyViewTellsTheSameOfTheSameSwarm() {
        List<String> views = HandEdits.query(file, SQLITE_VIEWS);
        assertThat(views).contains("swarm_overview", "agent_state_intervals", "agent_daily_activity");
        for (String view : views) {
            // PostgreSQL passes over some numbers of revisions, which seals tell as well; stored documents are no text.
            String columns = HandEdits.query(
                            file,
                            "SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_info('" + view
                                    + "') WHERE name NOT LIKE '%revision'"
                                    + " AND name NOT IN ('document', 'seal')")
                    .getFirst();
            String query = "SELECT " + columns + " FROM " + view;
            List<String> told = told(HandEdits.query(file, query));
            assertThat(told).as(view).isNotEmpty();
            assertThat(told(PostgresForTests.query(url, query))).as(view).isEqualTo(told);
        }
    }

    /** In one order, and numbers by their value: 90.0 is 90.000. */
    private static List<String> told(List<String> rows) {
        return rows.stream()
                .map(row -> Arrays.stream(row.split("\\|", -1))
                        .map(SchemasAgreeTest::plain)
                        .collect(Collectors.joining("|")))
                .sorted()
                .toList();
    }

    private static String plain(String cell) {
        return Stream.of(cell)
                .filter(text -> text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?"))
                .map(text -> new BigDecimal(text).stripTrailingZeros().toPlainString())
                .findFirst()
                .orElse(cell);
    }
}
