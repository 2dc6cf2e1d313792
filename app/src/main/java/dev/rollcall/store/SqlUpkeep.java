package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Erasure;
import dev.rollcall.roll.Holdings;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.RollUpkeep;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.roll.Thinned;
import java.time.Instant;
import java.util.List;

/** Deletes what is not to be kept any more. */
final class SqlUpkeep implements RollUpkeep {
    private static final String AGENTS =
            "SELECT DISTINCT agent_id FROM status_history WHERE swarm = ? ORDER BY agent_id";

    private final SqlConnection connection;
    private final String swarm;
    private final ErasedAgent erased;
    private final HistoryThinning thinning;
    private final PastPassages past;

    SqlUpkeep(SqlConnection connection, SwarmName swarm, HistoryTable history) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.erased = new ErasedAgent(connection, swarm);
        this.thinning = new HistoryThinning(connection, swarm, history);
        this.past = new PastPassages(connection, swarm);
    }

    @Override
    public List<AgentId> agents() {
        return connection.read(() -> connection.query(AGENTS, row -> row.getString(1), swarm)).stream()
                .filter(id -> AgentId.objectionTo(id).isEmpty())
                .map(AgentId::new)
                .toList();
    }

    @Override
    public Holdings holdings(AgentId agent) {
        return connection.read(() -> erased.holdings(agent));
    }

    @Override
    public Erasure forget(AgentId agent) {
        return erased.erase(agent);
    }

    @Override
    public Thinned wouldThin(AgentId agent, Instant keepFrom) {
        return thinning.plan(agent, keepFrom);
    }

    @Override
    public Thinned thin(AgentId agent, Instant keepFrom) {
        connection.write(Durability.LATER, () -> {
            past.prune(agent, Timestamps.text(keepFrom));
            return true;
        });
        return thinning.thin(agent, keepFrom);
    }

    @Override
    public void compact() {
        connection.engine().compact();
    }

    @Override
    public int dropEmptyMonths() {
        return connection.plain(connection.engine()::dropEmptyMonths);
    }
}
