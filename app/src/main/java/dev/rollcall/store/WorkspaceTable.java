package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code agent_workspaces}: one row for each agent that ever had an accepted document. */
final class WorkspaceTable {
    static final List<StatusField> FIELDS = List.of(StatusField.values());

    /** Bound after swarm and agent_id, in this order, by {@link #values}. */
    private static final List<String> DERIVED = derived();

    private static final String UPSERT = "INSERT INTO agent_workspaces (swarm, agent_id, "
            + String.join(", ", DERIVED) + ", synced_at, last_activity_at, document, presence, left_at)"
            + " VALUES (" + "?, ".repeat(DERIVED.size() + 4) + "CAST(? AS TEXT), 'PRESENT', NULL)"
            + " ON CONFLICT (swarm, agent_id) DO UPDATE SET "
            + String.join(
                    ", ", DERIVED.stream().map(c -> c + " = excluded." + c).toList())
            + ", synced_at = excluded.synced_at, last_activity_at = excluded.last_activity_at,"
            + " document = excluded.document, presence = excluded.presence, left_at = excluded.left_at";

    private static final String UPDATE = "UPDATE agent_workspaces SET "
            + String.join(", ", numbered(" = "))
            + ", synced_at = ?" + (DERIVED.size() + 3) + ", presence = 'PRESENT', left_at = NULL"
            + " WHERE swarm = ?1 AND agent_id = ?2 AND (presence IS DISTINCT FROM 'PRESENT' OR left_at IS NOT NULL OR "
            + String.join(" OR ", numbered(" IS DISTINCT FROM ")) + ")";

    private final SqlConnection connection;
    private final String swarm;

    WorkspaceTable(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    private static List<String> derived() {
        List<String> columns =
                new ArrayList<>(FIELDS.stream().map(StatusField::column).toList());
        columns.addAll(List.of("revision", "content_sha256", "source_path", "source_modified_at"));
        return List.copyOf(columns);
    }

    private static List<String> numbered(String operator) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < DERIVED.size(); i++) {
            terms.add(DERIVED.get(i) + operator + "?" + (i + 3));
        }
        return terms;
    }

    /** Writes the whole row, whatever stands there. */
    void write(RollChange.Accepted change, long revision, @Nullable String lastActivityAt) throws SQLException {
        List<@Nullable Object> values = values(change, revision);
        values.add(lastActivityAt);
        values.add(connection.engine().text(change.content().utf8()));
        connection.later(UPSERT, values.toArray());
    }

    /** Writes the row when a cell that follows from the file differs; its document and last activity stay. */
    void refresh(RollChange.Accepted change, long revision) throws SQLException {
        connection.update(UPDATE, values(change, revision).toArray());
    }

    private List<@Nullable Object> values(RollChange.Accepted change, long revision) {
        List<@Nullable Object> values = new ArrayList<>(DERIVED.size() + 5);
        values.add(swarm);
        values.add(change.agent().value());
        FIELDS.forEach(field -> values.add(Cells.value(change.columns(), field)));
        values.add(revision);
        values.add(change.content().sha256());
        values.add(change.sighting().sourcePath());
        values.add(Timestamps.textOrNull(change.sighting().modifiedAt()));
        values.add(Timestamps.text(change.sighting().observedAt()));
        return values;
    }

    void markPresent(AgentId agent) throws SQLException {
        connection.update(
                "UPDATE agent_workspaces SET presence = 'PRESENT', left_at = NULL"
                        + " WHERE swarm = ? AND agent_id = ? AND (presence IS DISTINCT FROM 'PRESENT' OR left_at IS NOT NULL)",
                swarm,
                agent.value());
    }

    /** An agent that left before keeps the time it left at. */
    void markLeft(AgentId agent, Instant at) throws SQLException {
        connection.update(
                "UPDATE agent_workspaces SET presence = 'LEFT', left_at = ?"
                        + " WHERE swarm = ? AND agent_id = ? AND (presence IS DISTINCT FROM 'LEFT' OR left_at IS NULL)",
                Timestamps.text(at),
                swarm,
                agent.value());
    }
}
