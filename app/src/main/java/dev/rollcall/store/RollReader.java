package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the tables for people and programs that ask about the roll. */
final class RollReader {
    private static final String ENTRIES = "SELECT agent_id, revision, presence, last_activity_at,"
            + " (SELECT since FROM rejected_documents r WHERE r.swarm = w.swarm AND r.agent_id = w.agent_id), "
            + Cells.names(WorkspaceTable.FIELDS) + " FROM agent_workspaces w WHERE swarm = ?1";

    private static final String ONLY_REJECTED = "SELECT agent_id, since FROM rejected_documents r WHERE swarm = ?1"
            + " AND NOT EXISTS (SELECT 1 FROM agent_workspaces w WHERE w.swarm = ?1 AND w.agent_id = r.agent_id)";

    private static final String HISTORY = "SELECT " + VersionRow.COLUMNS
            + " FROM status_history WHERE swarm = ? AND agent_id = ? ORDER BY observed_at, revision";

    private static final String ONE = " AND agent_id = ?2";

    private final SqlConnection connection;
    private final String swarm;

    RollReader(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    Optional<RollEntry> find(AgentId agent) throws SQLException {
        Optional<RollEntry> entry = connection.first(ENTRIES + ONE, RollReader::entry, swarm, agent.value());
        return entry.isPresent()
                ? entry
                : connection.first(ONLY_REJECTED + ONE, RollReader::rejectedEntry, swarm, agent.value());
    }

    List<RollEntry> list() throws SQLException {
        List<Optional<RollEntry>> rows = new ArrayList<>(connection.query(ENTRIES, RollReader::entryOfAgent, swarm));
        rows.addAll(connection.query(ONLY_REJECTED, RollReader::rejectedEntryOfAgent, swarm));
        return rows.stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(RollEntry::agent))
                .toList();
    }

    private static Optional<RollEntry> entryOfAgent(ResultSet row) throws SQLException {
        return isAgent(row) ? Optional.of(entry(row)) : Optional.empty();
    }

    private static Optional<RollEntry> rejectedEntryOfAgent(ResultSet row) throws SQLException {
        return isAgent(row) ? Optional.of(rejectedEntry(row)) : Optional.empty();
    }

    private static boolean isAgent(ResultSet row) throws SQLException {
        return AgentId.objectionTo(row.getString(1)).isEmpty();
    }

    private static RollEntry entry(ResultSet row) throws SQLException {
        return new RollEntry(
                new AgentId(row.getString(1)),
                Cells.columns(row, 6, WorkspaceTable.FIELDS),
                row.getLong(2),
                StandingsReader.presence(row.getString(3)),
                Timestamps.read(row.getString(4)).orElse(null),
                Timestamps.read(row.getString(5)).orElse(null));
    }

    private static RollEntry rejectedEntry(ResultSet row) throws SQLException {
        return new RollEntry(
                new AgentId(row.getString(1)),
                StatusColumns.NONE,
                0,
                Presence.PRESENT,
                null,
                Timestamps.read(row.getString(2)).orElse(null));
    }

    Optional<String> currentDocument(AgentId agent) throws SQLException {
        return connection.first(
                "SELECT document FROM agent_workspaces WHERE swarm = ? AND agent_id = ? AND document IS NOT NULL",
                row -> row.getString(1),
                swarm,
                agent.value());
    }

    List<Revision> history(AgentId agent) throws SQLException {
        return connection.query(HISTORY, this::revision, swarm, agent.value());
    }

    private Revision revision(ResultSet row) throws SQLException {
        Optional<Revision> revision = VersionRow.read(row, 1);
        if (revision.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    connection.place() + ": revision " + row.getLong(1) + " has the unreadable observed_at \""
                            + row.getString(2) + "\"",
                    "A hand edit broke this row of status_history; put a time there again.");
        }
        return revision.get();
    }
}
