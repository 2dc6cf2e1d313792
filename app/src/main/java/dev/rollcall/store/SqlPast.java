package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds versions by time: the index {@code status_history_order} is entered at the moment asked for. */
final class SqlPast implements RollPast {
    private static final String OF_AGENT = " FROM status_history WHERE swarm = ?1 AND agent_id = ";

    private static final String OF_LINE = " AND " + HistoryTable.IN_FORCE;

    /** The last one observed at ?2 or before. */
    private static final String IN_FORCE = OF_LINE + " AND observed_at <= ?2 ORDER BY observed_at DESC, revision DESC";

    private static final String ONE_AT = "SELECT " + VersionRow.COLUMNS + OF_AGENT + "?3" + IN_FORCE;

    /** From id to id, as a step over all versions of one agent costs as much as one over a single row. */
    private static final String AGENTS = "WITH RECURSIVE agents (id) AS (SELECT min(agent_id) FROM status_history"
            + " WHERE swarm = ?1 UNION ALL SELECT (SELECT min(agent_id) FROM status_history"
            + " WHERE swarm = ?1 AND agent_id > id) FROM agents WHERE id IS NOT NULL) ";

    private static final String AGENTS_AT = AGENTS + "SELECT id FROM agents WHERE id IS NOT NULL"
            + " AND EXISTS (SELECT 1" + OF_AGENT + "agents.id AND observed_at <= ?2" + OF_LINE + ")";

    private static final String FIRST = AGENTS + "SELECT min((SELECT observed_at" + OF_AGENT + "agents.id" + OF_LINE
            + " ORDER BY observed_at LIMIT 1)) FROM agents WHERE id IS NOT NULL";

    private static final String BETWEEN =
            OF_AGENT + "?2 AND observed_at < ?4 AND observed_at >= ?3" + OF_LINE + " ORDER BY observed_at, revision";

    private static final String ONE = "SELECT agent_id, " + VersionRow.COLUMNS + " FROM ";

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryTable history;
    private final String allAt;
    private final String one;
    private final GapTable gaps;

    SqlPast(SqlConnection connection, SwarmName swarm, HistoryTable history) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.history = history;
        this.gaps = new GapTable(connection, swarm);
        this.one = ONE + connection.engine().versionWhoseNumber("= ?2") + " AND version.swarm = ?1";
        this.allAt = AGENTS + connection.engine().lastOfEach("agents", VersionRow.COLUMNS, IN_FORCE + " LIMIT 1");
    }

    @Override
    public Optional<Revision> at(AgentId agent, Instant time, StatusField... having) {
        return connection.read(() -> having.length == 0 ? inForce(agent, time) : last(agent, time, having));
    }

    private Optional<Revision> last(AgentId agent, Instant time, StatusField... having) throws SQLException {
        String columns = Stream.of(having)
                .map(field -> " AND " + field.column() + " IS NOT NULL")
                .collect(Collectors.joining());
        return connection
                .first(
                        "SELECT " + VersionRow.COLUMNS + OF_AGENT + "?3" + columns + IN_FORCE + " LIMIT 1",
                        row -> VersionRow.read(row, 1),
                        swarm,
                        Timestamps.text(time),
                        agent.value())
                .flatMap(version -> version);
    }

    /** Where a hand has made the time of the last one unreadable, all before it are looked through. */
    private Optional<Revision> inForce(AgentId agent, Instant time) throws SQLException {
        Optional<Optional<Revision>> last = connection.first(
                ONE_AT + " LIMIT 1", row -> VersionRow.read(row, 1), swarm, Timestamps.text(time), agent.value());
        if (last.isEmpty() || last.get().isPresent()) {
            return last.flatMap(revision -> revision);
        }
        return connection
                .query(ONE_AT, row -> VersionRow.read(row, 1), swarm, Timestamps.text(time), agent.value())
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public Map<AgentId, Revision> at(Instant time) {
        return connection.read(() -> {
            Map<AgentId, Revision> versions = new HashMap<>();
            List<AgentId> unreadable = new ArrayList<>();
            connection.query(allAt, row -> take(row, versions, unreadable), swarm, Timestamps.text(time));
            for (AgentId agent : unreadable) {
                inForce(agent, time).ifPresent(version -> versions.put(agent, version));
            }
            return versions;
        });
    }

    @Override
    public <T> List<T> between(
            AgentId agent, Instant from, Instant until, List<StatusField> columns, Function<Revision, T> kept) {
        return connection.read(() -> {
            Instant first = inForce(agent, from).map(Revision::observedAt).orElse(from);
            List<T> versions = new ArrayList<>();
            connection.query(
                    "SELECT " + VersionRow.slimColumns(columns) + BETWEEN,
                    row -> {
                        VersionRow.readSlim(row, columns).ifPresent(version -> {
                            // Of several versions observed at one moment before, only the last was in force later.
                            if (!version.observedAt().isAfter(from)) {
                                versions.clear();
                            }
                            versions.add(kept.apply(version));
                        });
                        return true;
                    },
                    swarm,
                    agent.value(),
                    Timestamps.text(first),
                    Timestamps.text(until));
            return List.copyOf(versions);
        });
    }

    @Override
    public Optional<Map.Entry<AgentId, Revision>> revision(long revision) {
        return connection.read(
                () -> connection.first(one, SqlPast::version, swarm, revision).flatMap(version -> version));
    }

    @Override
    public List<Gap> gaps(AgentId agent) {
        return connection.read(() -> gaps.of(agent));
    }

    @Override
    public List<Gap> gaps(Instant from, Instant until) {
        return connection.read(() -> gaps.between(from, until));
    }

    @Override
    public StoredDocument document(AgentId agent, long revision) {
        return connection.read(() -> history.document(agent, revision));
    }

    private static boolean take(ResultSet row, Map<AgentId, Revision> versions, List<AgentId> unreadable)
            throws SQLException {
        String id = row.getString(1);
        if (AgentId.objectionTo(id).isPresent()) {
            return false;
        }
        AgentId agent = new AgentId(id);
        VersionRow.read(row, 2).ifPresentOrElse(version -> versions.put(agent, version), () -> unreadable.add(agent));
        return true;
    }

    @Override
    public Optional<Instant> first() {
        return connection
                .read(() -> connection.first(FIRST, row -> Timestamps.read(row.getString(1)), swarm))
                .flatMap(first -> first);
    }

    @Override
    public List<AgentId> agents(Instant time) {
        return connection.read(
                () -> connection.query(AGENTS_AT, row -> row.getString(1), swarm, Timestamps.text(time)).stream()
                        .filter(id -> AgentId.objectionTo(id).isEmpty())
                        .map(AgentId::new)
                        .sorted()
                        .toList());
    }

    @Override
    public void documents(AgentId agent, List<Long> revisions, BiConsumer<Long, StoredDocument> each) {
        connection.read(() -> {
            history.documents().of(agent).documents(revisions, each);
            return true;
        });
    }

    private static Optional<Map.Entry<AgentId, Revision>> version(ResultSet row) throws SQLException {
        String id = row.getString(1);
        return AgentId.objectionTo(id).isPresent()
                ? Optional.empty()
                : VersionRow.read(row, 2).map(revision -> Map.entry(new AgentId(id), revision));
    }
}
