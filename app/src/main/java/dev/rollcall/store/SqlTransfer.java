package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.RollTransfer;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All of a swarm out of the tables, and into empty ones. */
final class SqlTransfer implements RollTransfer {
    private static final String AGENTS = "SELECT agent_id FROM status_history WHERE swarm = ?1"
            + " UNION SELECT agent_id FROM agent_workspaces WHERE swarm = ?1"
            + " UNION SELECT agent_id FROM rejected_documents WHERE swarm = ?1"
            + " UNION SELECT agent_id FROM agent_gaps WHERE swarm = ?1 ORDER BY agent_id";

    /** What a swarm may hold, by table, in words. */
    private static final Map<String, String> HOLDINGS = holdings();

    private final SqlConnection connection;
    private final SwarmName swarm;
    private final HistoryTable history;

    SqlTransfer(SqlConnection connection, SwarmName swarm, HistoryTable history) {
        this.connection = connection;
        this.swarm = swarm;
        this.history = history;
    }

    private static Map<String, String> holdings() {
        Map<String, String> holdings = new LinkedHashMap<>();
        holdings.put("agent_workspaces", "rows of agents");
        holdings.put("status_history", "versions");
        holdings.put("rejected_documents", "rejected documents");
        holdings.put("agent_gaps", "gaps");
        holdings.put("agent_status", "search entries");
        holdings.put("agent_readings", "readings");
        holdings.put("roll_events", "events");
        return holdings;
    }

    @Override
    public void export(@Nullable AgentId only, Consumer<RollItem> each) {
        GoingOut out = new GoingOut(connection, swarm, history, each);
        connection.readOnce(() -> {
            for (String agent : only == null
                    ? connection.query(AGENTS, row -> row.getString(1), swarm.value())
                    : List.of(only.value())) {
                out.agent(agent);
            }
            return true;
        });
    }

    @Override
    public long load(Iterator<RollItem> items, ReadingRules rules) {
        history.prepare(List.of());
        return connection.writeNumbers(Durability.AT_ONCE, () -> {
            demandNothing();
            long raisedBy = connection.engine().lastRevision();
            ComingIn in = new ComingIn(connection, swarm, history, rules, raisedBy);
            while (items.hasNext()) {
                in.take(items.next());
            }
            connection.engine().raiseRevisions(in.largestRevision());
            return raisedBy;
        });
    }

    private void demandNothing() throws SQLException {
        List<String> there = new ArrayList<>();
        for (Map.Entry<String, String> table : HOLDINGS.entrySet()) {
            long rows = connection
                    .first(
                            "SELECT count(*) FROM " + table.getKey() + " WHERE swarm = ?",
                            row -> row.getLong(1),
                            swarm.value())
                    .orElseThrow();
            if (rows > 0) {
                there.add(rows + " " + table.getValue());
            }
        }
        if (!there.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    connection.place() + ": the swarm " + swarm + " is not empty; it holds " + String.join(", ", there),
                    "Name a new database with --db, or a new swarm with --swarm.");
        }
    }
}
