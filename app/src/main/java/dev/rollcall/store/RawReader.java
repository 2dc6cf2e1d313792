package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the tables as they are, for verification to compare. */
final class RawReader {
    private static final String HISTORY = "SELECT revision, swarm, agent_id, observed_at, source_modified_at, "
            + Cells.names(HistoryTable.FIELDS) + ", content_sha256, origin, encoding, base_revision, delta_depth, seal"
            + " FROM status_history WHERE swarm = ? AND agent_id = ? ";

    private final SqlConnection connection;
    private final String swarm;
    private final RejectionTable rejections;
    private final StoredPassages passages;

    RawReader(SqlConnection connection, SwarmName swarm, RejectionTable rejections) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.rejections = rejections;
        this.passages = new StoredPassages(connection, swarm);
    }

    Optional<StoredAgent> stored(AgentId agent) throws SQLException {
        Map<String, @Nullable String> row = connection
                .first(
                        "SELECT * FROM agent_workspaces WHERE swarm = ? AND agent_id = ?",
                        RawReader::cells,
                        swarm,
                        agent.value())
                .orElse(Map.of());
        List<StoredAgent.HistoryRow> unsealed =
                connection.query(HISTORY + "AND NOT " + Seals.AS_SEALED, RawReader::historyRow, swarm, agent.value());
        Optional<StoredAgent.HistoryRow> head = Stream.concat(
                        unsealed.stream().filter(RawReader::isOfLine), lastAsSealed(agent).stream())
                .max(RawReader::byTime);
        List<StoredAgent.PassageRow> current = passages.current(agent);
        Optional<Standing> standing = standing(agent);
        if (row.isEmpty() && head.isEmpty() && current.isEmpty() && standing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StoredAgent(
                row,
                head.orElse(null),
                unsealed,
                current,
                passages.past(agent),
                isQueued(agent),
                rejections.of(agent).orElse(null),
                standing.orElseGet(() -> Standing.unknown(agent))));
    }

    private static boolean isOfLine(StoredAgent.HistoryRow row) {
        return !Origin.isBeside(Objects.requireNonNullElse(row.recorded("origin"), ""));
    }

    /** Where a seal that fits tells the time, it is not the column that decides. */
    private static int byTime(StoredAgent.HistoryRow a, StoredAgent.HistoryRow b) {
        int byTime = recordedTime(a).compareTo(recordedTime(b));
        return byTime != 0 ? byTime : Long.compare(a.revision(), b.revision());
    }

    private static String recordedTime(StoredAgent.HistoryRow row) {
        return Objects.requireNonNullElse(row.recorded("observed_at"), "");
    }

    private Optional<StoredAgent.HistoryRow> lastAsSealed(AgentId agent) throws SQLException {
        return connection.first(
                HISTORY + "AND " + Seals.AS_SEALED + " AND " + HistoryTable.IN_FORCE
                        + " ORDER BY observed_at DESC, revision DESC LIMIT 1",
                RawReader::historyRow,
                swarm,
                agent.value());
    }

    List<StoredAgent.HistoryRow> history(AgentId agent) throws SQLException {
        return connection.query(
                HISTORY + "ORDER BY observed_at, revision", RawReader::historyRow, swarm, agent.value());
    }

    Optional<Standing> standing(AgentId agent) throws SQLException {
        return connection.first(
                "SELECT r.reading, r.stamp, x.content_sha256, coalesce(r.presence, w.presence), w.agent_id, r.findings"
                        + " FROM (SELECT 1)"
                        + " LEFT JOIN agent_readings r ON r.swarm = ?1 AND r.agent_id = ?2"
                        + " LEFT JOIN agent_workspaces w ON w.swarm = ?1 AND w.agent_id = ?2"
                        + " LEFT JOIN rejected_documents x ON x.swarm = ?1 AND x.agent_id = ?2"
                        + " WHERE coalesce(r.agent_id, w.agent_id, x.agent_id) IS NOT NULL",
                row -> standing(agent, row),
                swarm,
                agent.value());
    }

    Optional<String> latestSha256(AgentId agent) throws SQLException {
        return connection.first(
                "SELECT content_sha256 FROM agent_workspaces"
                        + " WHERE swarm = ? AND agent_id = ? AND content_sha256 IS NOT NULL",
                row -> row.getString(1),
                swarm,
                agent.value());
    }

    private static Standing standing(AgentId agent, ResultSet row) throws SQLException {
        String stamp = row.getString(2);
        return new Standing(
                agent,
                row.getLong(1),
                stamp == null ? "" : stamp,
                row.getString(3),
                row.getString(5) == null ? null : StandingsReader.presence(row.getString(4)),
                row.getInt(6));
    }

    private boolean isQueued(AgentId agent) throws SQLException {
        return connection
                .first(
                        "SELECT 1 FROM passage_queue WHERE swarm = ? AND agent_id = ?",
                        row -> true,
                        swarm,
                        agent.value())
                .isPresent();
    }

    private static StoredAgent.HistoryRow historyRow(ResultSet row) throws SQLException {
        return new StoredAgent.HistoryRow(row.getLong(1), cells(row));
    }

    private static Map<String, @Nullable String> cells(ResultSet row) throws SQLException {
        Map<String, @Nullable String> cells = new LinkedHashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            cells.put(row.getMetaData().getColumnName(i), Cells.text(row, i));
        }
        return cells;
    }
}
