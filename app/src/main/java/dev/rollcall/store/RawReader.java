package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the tables as they are, for verification to compare. */
final class RawReader {
    private static final String COLUMNS = "revision, swarm, agent_id, observed_at, source_modified_at, "
            + Cells.names(HistoryTable.FIELDS) + ", content_sha256, origin, encoding, base_revision, delta_depth, seal";

    private static final String HISTORY = "SELECT " + COLUMNS + " FROM status_history WHERE swarm = ?1 AND ";

    private static final String LAST_AS_SEALED = " AND " + Seals.AS_SEALED + " AND " + HistoryTable.IN_FORCE
            + " ORDER BY observed_at DESC, revision DESC LIMIT 1";

    private static final String STANDING_OF =
            "SELECT r.reading, r.stamp, x.content_sha256, coalesce(r.presence, w.presence), w.agent_id, r.findings, id FROM ";

    private static final String STANDING_IN =
            " AS agents LEFT JOIN agent_readings r ON r.swarm = ?1 AND r.agent_id = id"
                    + " LEFT JOIN agent_workspaces w ON w.swarm = ?1 AND w.agent_id = id"
                    + " LEFT JOIN rejected_documents x ON x.swarm = ?1 AND x.agent_id = id"
                    + " WHERE coalesce(r.agent_id, w.agent_id, x.agent_id) IS NOT NULL";

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

    /** What to bind where ?1 is the swarm and ?2, ... are the agents. */
    static @Nullable Object[] values(String swarm, List<AgentId> agents) {
        return Stream.concat(Stream.of(swarm), agents.stream().map(AgentId::value))
                .toArray();
    }

    /** Of each that the tables hold anything of. The number of statements is the same however many there are. */
    Map<AgentId, StoredAgent> stored(List<AgentId> agents) throws SQLException {
        if (agents.isEmpty()) {
            return Map.of();
        }
        Map<String, Map<String, @Nullable String>> rows = rows(agents);
        Map<String, List<StoredAgent.HistoryRow>> unsealed = unsealed(agents);
        Map<String, StoredAgent.HistoryRow> asSealed = lastAsSealed(agents);
        Map<String, List<StoredAgent.PassageRow>> current = passages.current(agents);
        Map<String, List<StoredAgent.PastRow>> past = passages.past(agents);
        Set<String> queued = queued(agents);
        Map<String, RejectedDocument> rejected = rejections.of(agents);
        Map<String, Standing> standings = standings(agents);
        Map<AgentId, StoredAgent> stored = new HashMap<>();
        for (AgentId agent : agents) {
            String id = agent.value();
            List<StoredAgent.HistoryRow> edited = unsealed.getOrDefault(id, List.of());
            StoredAgent.HistoryRow head = Stream.concat(
                            edited.stream().filter(RawReader::isOfLine), Stream.ofNullable(asSealed.get(id)))
                    .max(RawReader::byTime)
                    .orElse(null);
            if (rows.containsKey(id) || head != null || current.containsKey(id) || standings.containsKey(id)) {
                stored.put(
                        agent,
                        new StoredAgent(
                                rows.getOrDefault(id, Map.of()),
                                head,
                                edited,
                                current.getOrDefault(id, List.of()),
                                past.getOrDefault(id, List.of()),
                                queued.contains(id),
                                rejected.get(id),
                                standings.getOrDefault(id, Standing.unknown(agent))));
            }
        }
        return stored;
    }

    private Map<String, Map<String, @Nullable String>> rows(List<AgentId> agents) throws SQLException {
        Map<String, Map<String, @Nullable String>> rows = new HashMap<>();
        connection.query(
                "SELECT * FROM agent_workspaces WHERE swarm = ?1 AND " + among(agents),
                row -> rows.put(row.getString("agent_id"), cells(row)),
                values(swarm, agents));
        return rows;
    }

    private static String among(List<AgentId> agents) {
        return "agent_id IN (" + Cells.places(2, agents.size()) + ")";
    }

    /** A table with the column id. */
    private static String given(List<AgentId> agents) {
        return IntStream.range(2, agents.size() + 2)
                .mapToObj(place -> "(CAST(?" + place + " AS TEXT))")
                .collect(Collectors.joining(", ", "(SELECT column1 AS id FROM (VALUES ", ") AS ids)"));
    }

    private Map<String, List<StoredAgent.HistoryRow>> unsealed(List<AgentId> agents) throws SQLException {
        Map<String, List<StoredAgent.HistoryRow>> unsealed = new HashMap<>();
        connection.query(
                HISTORY + among(agents) + " AND NOT " + Seals.AS_SEALED,
                row -> unsealed.computeIfAbsent(row.getString(3), id -> new ArrayList<>())
                        .add(historyRow(row)),
                values(swarm, agents));
        return unsealed;
    }

    private Map<String, StoredAgent.HistoryRow> lastAsSealed(List<AgentId> agents) throws SQLException {
        Map<String, StoredAgent.HistoryRow> last = new HashMap<>();
        connection.query(
                connection.engine().lastOfEach(given(agents), COLUMNS, LAST_AS_SEALED),
                row -> {
                    Map<String, @Nullable String> cells = cells(row);
                    String id = cells.remove("id");
                    return last.put(id, new StoredAgent.HistoryRow(row.getLong(2), cells));
                },
                values(swarm, agents));
        return last;
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

    List<StoredAgent.HistoryRow> history(AgentId agent) throws SQLException {
        return connection.query(
                HISTORY + "agent_id = ?2 ORDER BY observed_at, revision", RawReader::historyRow, swarm, agent.value());
    }

    /** None of the documents is read for that. */
    Map<AgentId, Long> sizes() throws SQLException {
        Map<AgentId, Long> sizes = new HashMap<>();
        connection.query(
                "SELECT agent_id, octet_length(document) FROM agent_workspaces WHERE swarm = ? AND document IS NOT NULL",
                row -> {
                    if (AgentId.objectionTo(row.getString(1)).isEmpty()) {
                        sizes.put(new AgentId(row.getString(1)), row.getLong(2));
                    }
                    return true;
                },
                swarm);
        return sizes;
    }

    Optional<Standing> standing(AgentId agent) throws SQLException {
        return Optional.ofNullable(standings(List.of(agent)).get(agent.value()));
    }

    private Map<String, Standing> standings(List<AgentId> agents) throws SQLException {
        Map<String, Standing> standings = new HashMap<>();
        connection.query(
                STANDING_OF + given(agents) + STANDING_IN,
                row -> standings.put(row.getString(7), standing(new AgentId(row.getString(7)), row)),
                values(swarm, agents));
        return standings;
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

    private Set<String> queued(List<AgentId> agents) throws SQLException {
        return Set.copyOf(connection.query(
                "SELECT agent_id FROM passage_queue WHERE swarm = ?1 AND " + among(agents),
                row -> row.getString(1),
                values(swarm, agents)));
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
