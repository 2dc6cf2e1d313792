package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Cadence;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last few versions of each agent that were in force: one statement, whatever the length of the histories, as the index
 * {@code status_history_order} is entered at each agent's end.
 */
final class LatestVersions {
    private static final String OF_AGENT = " FROM status_history WHERE swarm = ?1 AND agent_id = ";
    private static final String NEWEST_FIRST =
            " AND " + HistoryTable.IN_FORCE + " ORDER BY observed_at DESC, revision DESC LIMIT ?2";

    private static final String ONE = "SELECT " + VersionRow.COLUMNS + OF_AGENT + "?3" + NEWEST_FIRST;

    /** The index over the key of agent_workspaces has all ids; its rows have documents in them. */
    private static final String AGENTS = "(SELECT agent_id AS id FROM agent_workspaces WHERE swarm = ?1)";

    /** Nothing but the index is read. */
    private static final String MOMENTS = "(SELECT string_agg(observed_at, ',') FROM (SELECT observed_at" + OF_AGENT;

    private static final String MOMENTS_OF_ONE = "SELECT " + MOMENTS + "?3" + NEWEST_FIRST + ") AS moments)";
    private static final String MOMENTS_OF_ALL =
            "SELECT id, " + MOMENTS + "agents.id" + NEWEST_FIRST + ") AS moments) FROM " + AGENTS + " AS agents";

    private static final Comparator<Revision> ORDER =
            Comparator.comparing(Revision::observedAt).thenComparingLong(Revision::revision);

    private final SqlConnection connection;
    private final String swarm;
    private final String all;

    LatestVersions(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.all = connection.engine().lastOfEach(AGENTS, VersionRow.COLUMNS, NEWEST_FIRST);
    }

    List<Revision> of(AgentId agent, int atMost) throws SQLException {
        return connection.query(ONE, row -> VersionRow.read(row, 1), swarm, atMost, agent.value()).stream()
                .flatMap(Optional::stream)
                .sorted(ORDER)
                .toList();
    }

    Map<AgentId, List<Revision>> ofAll(int atMost) throws SQLException {
        Map<String, List<Revision>> byId = new HashMap<>();
        connection.query(all, row -> add(byId, row), swarm, atMost);
        Map<AgentId, List<Revision>> latest = new HashMap<>();
        byId.forEach((id, revisions) -> {
            if (AgentId.objectionTo(id).isEmpty()) {
                revisions.sort(ORDER);
                latest.put(new AgentId(id), List.copyOf(revisions));
            }
        });
        return latest;
    }

    private static boolean add(Map<String, List<Revision>> byId, ResultSet row) throws SQLException {
        List<Revision> ofAgent = byId.computeIfAbsent(row.getString(1), id -> new ArrayList<>());
        return VersionRow.read(row, 2).map(ofAgent::add).orElse(false);
    }

    Optional<Duration> cadence(AgentId agent) throws SQLException {
        return connection
                .first(MOMENTS_OF_ONE, row -> cadence(row.getString(1)), swarm, Cadence.VERSIONS, agent.value())
                .flatMap(cadence -> cadence);
    }

    Map<AgentId, Duration> cadences() throws SQLException {
        Map<AgentId, Duration> cadences = new HashMap<>();
        connection.query(MOMENTS_OF_ALL, row -> put(cadences, row), swarm, Cadence.VERSIONS);
        return cadences;
    }

    private static boolean put(Map<AgentId, Duration> cadences, ResultSet row) throws SQLException {
        String id = row.getString(1);
        Optional<Duration> cadence = cadence(row.getString(2));
        if (cadence.isPresent() && AgentId.objectionTo(id).isEmpty()) {
            cadences.put(new AgentId(id), cadence.get());
        }
        return cadence.isPresent();
    }

    private static Optional<Duration> cadence(@Nullable String moments) {
        if (moments == null) {
            return Optional.empty();
        }
        List<Instant> observed = new ArrayList<>();
        for (String moment : moments.split(",", -1)) {
            Timestamps.read(moment).ifPresent(observed::add);
        }
        return Cadence.of(observed);
    }
}
