package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SourceName;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlConnection.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code agent_sources}: whose each agent is. */
final class SourceTable {
    /** What the key of a swarm's own row has in place of a source. */
    static final String NONE = "";

    /** Whoever has left its source is nobody's any more. */
    private static final String OTHERS = "SELECT agent_id, source FROM agent_sources WHERE swarm = ? AND source <> ?"
            + " AND NOT EXISTS (SELECT 1 FROM agent_readings WHERE agent_readings.swarm = agent_sources.swarm"
            + " AND agent_readings.agent_id = agent_sources.agent_id AND presence = 'LEFT')";

    private static final String OWN =
            "SELECT count(*) FROM agent_sources WHERE swarm = ?1 AND source = ?2 AND agent_id IN (";

    private static final String TAKE = "INSERT INTO agent_sources (swarm, agent_id, source) VALUES (?, ?, ?)"
            + " ON CONFLICT (swarm, agent_id) DO UPDATE SET source = excluded.source";

    private final SqlConnection connection;
    private final String swarm;
    private final @Nullable SourceName source;

    /** @param source null for one who sees and records all agents alike */
    SourceTable(SqlConnection connection, SwarmName swarm, @Nullable SourceName source) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.source = source;
    }

    /** As a key of the table {@code watch_leases}. */
    String name() {
        return source == null ? NONE : source.value();
    }

    /**
     * What nobody else may write to while these are recorded: where all are this source's already, others may record
     * theirs. Whose an agent is may change until then.
     */
    WriteScope scopeOf(List<RollChange> changes) {
        return source != null && connection.plain(() -> areOwn(source, changes)) ? WriteScope.SOURCE : WriteScope.SWARM;
    }

    private boolean areOwn(SourceName source, List<RollChange> changes) throws SQLException {
        List<String> agents = changes.stream()
                .map(change -> change.agent().value())
                .distinct()
                .toList();
        List<Object> values = new ArrayList<>(List.of(swarm, source.value()));
        values.addAll(agents);
        // So that there is a statement for each power of two and not for each number.
        int places = Math.max(1, Integer.highestOneBit(2 * agents.size() - 1));
        values.addAll(Collections.nCopies(places - agents.size(), agents.getFirst()));
        long own = connection
                .first(OWN + Cells.places(3, places) + ")", row -> row.getLong(1), values.toArray())
                .orElseThrow();
        return own == agents.size();
    }

    <T> T write(WriteScope scope, Durability durability, Work<T> work) {
        return switch (scope) {
            case SWARM -> connection.writeRepeatably(durability, work);
            case SOURCE -> connection.writeForSource(name(), durability, work);
        };
    }

    /** What a change yields that another source is in the way of; where there is none, the agent is this source's then. */
    Optional<RecordOutcome> objection(AgentId agent, Known known, WriteScope scope) throws SQLException {
        if (source == null || source.value().equals(known.owner())) {
            return Optional.empty();
        }
        if (known.owner() != null && known.presence() != Presence.LEFT) {
            return Optional.of(new RecordOutcome.Owned(new SourceName(known.owner()), source));
        }
        if (scope == WriteScope.SOURCE) {
            // It was this source's when the transaction began to wait.
            return Optional.of(new RecordOutcome.Superseded());
        }
        take(agent);
        return Optional.empty();
    }

    void take(AgentId agent) throws SQLException {
        if (source != null) {
            connection.later(TAKE, swarm, agent.value(), source.value());
        }
    }

    boolean isOthers(AgentId agent) throws SQLException {
        return source != null
                && connection
                        .first(OTHERS + " AND agent_id = ?", row -> true, swarm, source.value(), agent.value())
                        .isPresent();
    }

    /** Agents of other sources, whose ids can be an agent's. */
    Map<AgentId, SourceName> others() throws SQLException {
        Map<AgentId, SourceName> others = new HashMap<>();
        if (source != null) {
            for (List<String> row : connection.query(
                    OTHERS, row -> List.of(row.getString(1), row.getString(2)), swarm, source.value())) {
                if (AgentId.objectionTo(row.getFirst()).isEmpty()) {
                    others.put(new AgentId(row.getFirst()), new SourceName(row.getLast()));
                }
            }
        }
        return others;
    }
}
