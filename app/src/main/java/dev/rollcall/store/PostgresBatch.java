package dev.rollcall.store;

import dev.rollcall.store.SqlConnection.RowReader;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What spares one transaction ways to the server and back: changes that are made together, and answers for many agents
 * that were asked for together.
 */
final class PostgresBatch {
    /** Changes that wait at most, so that documents in them do not fill the memory. */
    private static final int MOST = 2_000;

    /**
     * Keeps the planner from joining all agents with a whole table. It may take a table for small that has grown since it
     * was looked at last, and the session's prepared plan stays.
     */
    private static final String EACH_BY_ITSELF = " OFFSET 0";

    private final PostgresConnection connection;

    /** By statement, in the order in which they were first named. */
    private final Map<String, List<@Nullable Object[]>> later = new LinkedHashMap<>();

    private final List<Last> last = new ArrayList<>();

    private final Map<Question, List<?>> answers = new HashMap<>();
    private int waiting;

    PostgresBatch(PostgresConnection connection) {
        this.connection = connection;
    }

    /** What is made when all else is. */
    private record Last(String sql, @Nullable Object[] values) {}

    private record Question(String sql, String agent) {}

    void add(String sql, @Nullable Object[] values) throws SQLException {
        later.computeIfAbsent(sql, statement -> new ArrayList<>()).add(values);
        waiting++;
        if (waiting >= MOST) {
            make();
        }
    }

    void addLast(String sql, @Nullable Object[] values) {
        last.add(new Last(sql, values));
    }

    /** What was added to be last, behind what is still to be made. */
    void makeLast() throws SQLException {
        for (Last change : last) {
            add(change.sql(), change.values());
        }
        last.clear();
        make();
    }

    void make() throws SQLException {
        if (waiting == 0) {
            return;
        }
        Map<String, List<@Nullable Object[]>> changes = new LinkedHashMap<>(later);
        later.clear();
        waiting = 0;
        for (Map.Entry<String, List<@Nullable Object[]>> change : changes.entrySet()) {
            PreparedStatement statement = connection.statement(change.getKey());
            for (@Nullable Object[] values : change.getValue()) {
                connection.bind(statement, values);
                statement.addBatch();
            }
            try {
                statement.executeBatch();
            } catch (BatchUpdateException several) {
                // What it says itself has the values in it.
                throw several.getNextException() == null ? several : several.getNextException();
            }
        }
    }

    <T> void ask(String sql, RowReader<T> reader, String swarm, List<String> agents) throws SQLException {
        Map<String, List<T>> byAgent = new HashMap<>();
        agents.forEach(agent -> byAgent.put(agent, new ArrayList<>()));
        connection.query(
                "SELECT told.*, asked.id FROM unnest(CAST(?2 AS text[])) AS asked (id) CROSS JOIN LATERAL ("
                        + sql.replace("?2", "asked.id") + EACH_BY_ITSELF + ") AS told",
                row -> byAgent.computeIfAbsent(agent(row), unasked -> new ArrayList<>())
                        .add(reader.read(row)),
                swarm,
                TextArray.of(agents));
        byAgent.forEach((agent, rows) -> answers.put(new Question(sql, agent), rows));
    }

    /** Stands behind the columns that the statement itself has. */
    private static String agent(ResultSet row) throws SQLException {
        return row.getString(row.getMetaData().getColumnCount());
    }

    /** Once: whoever asks again wants to see what has changed. */
    @SuppressWarnings("unchecked") // asked with the same reader
    <T> @Nullable List<T> answer(String sql, @Nullable Object[] values) {
        return !answers.isEmpty() && values.length == 2 && values[1] instanceof String agent
                ? (List<T>) answers.remove(new Question(sql, agent))
                : null;
    }

    /** Of a transaction that is over. */
    void clear() {
        later.clear();
        last.clear();
        answers.clear();
        waiting = 0;
    }
}
