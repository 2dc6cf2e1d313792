package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Erasure;
import dev.rollcall.roll.Holdings;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;

/** Erases an agent from all tables, and from the pages and the log that held its rows. */
final class ErasedAgent {
    private final SqlConnection connection;
    private final SwarmName swarm;

    ErasedAgent(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm;
    }

    Holdings holdings(AgentId agent) throws SQLException {
        return new Holdings(
                count("agent_workspaces", agent),
                count("status_history", agent),
                count("agent_status", agent),
                count("rejected_documents", agent),
                count("agent_readings", agent),
                count("roll_events", agent),
                count("agent_gaps", agent));
    }

    private long count(String table, AgentId agent) throws SQLException {
        return connection
                .first(
                        "SELECT count(*) FROM " + table + " WHERE swarm = ? AND agent_id = ?",
                        row -> row.getLong(1),
                        swarm.value(),
                        agent.value())
                .orElseThrow();
    }

    private long delete(String table, AgentId agent) throws SQLException {
        return connection.update(
                "DELETE FROM " + table + " WHERE swarm = ? AND agent_id = ?", swarm.value(), agent.value());
    }

    Erasure erase(AgentId agent) {
        connection.engine().beforeErasing();
        Holdings erased = connection.writeRepeatably(Durability.AT_ONCE, () -> {
            new PastPassages(connection, swarm).erase(agent);
            delete("agent_sources", agent);
            return new Holdings(
                    delete("agent_workspaces", agent),
                    delete("status_history", agent),
                    delete("agent_status", agent),
                    delete("rejected_documents", agent),
                    delete("agent_readings", agent),
                    delete("roll_events", agent),
                    delete("agent_gaps", agent));
        });
        return new Erasure(erased, connection.engine().overwriteErased());
    }
}
