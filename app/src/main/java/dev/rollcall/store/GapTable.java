package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StorableText;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Gap.Kind;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table {@code agent_gaps}. Most changes neither begin nor end a gap, and cost nothing here. */
final class GapTable {
    private static final String COLUMNS =
            "SELECT agent_id, kind, began_at, ended_at, detail FROM agent_gaps WHERE swarm = ?1";

    private static final String BEGIN = "INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, detail)"
            + " SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM agent_gaps"
            + " WHERE swarm = ?1 AND agent_id = ?2 AND kind = ?3 AND ended_at IS NULL)"
            + " ON CONFLICT (swarm, agent_id, kind, began_at) DO UPDATE SET ended_at = NULL, detail = excluded.detail";

    private static final String END =
            "UPDATE agent_gaps SET ended_at = CASE WHEN began_at > ?4 THEN began_at ELSE ?4 END"
                    + " WHERE swarm = ?1 AND agent_id = ?2 AND kind = ?3 AND ended_at IS NULL";

    /** Whatever lasts, of an imported history: an end that falls on the beginning leaves nothing. */
    private static final String DROP =
            "DELETE FROM agent_gaps WHERE swarm = ?1 AND agent_id = ?2 AND began_at = ?3 AND ended_at IS NULL";

    private static final String CUT = "UPDATE agent_gaps SET ended_at = ?3"
            + " WHERE swarm = ?1 AND agent_id = ?2 AND began_at < ?3 AND ended_at IS NULL";

    private static final String CLOSE = "UPDATE agent_gaps SET ended_at = ?5"
            + " WHERE swarm = ?1 AND agent_id = ?2 AND kind = ?3 AND began_at = ?4 AND ended_at IS NULL";

    /** Between what is there: from ?4 to ?5 or, when that is earlier, to the next gap's beginning or the next version. */
    private static final String INSERT = "INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, ended_at, detail)"
            + " SELECT ?1, ?2, ?3, ?4, CASE WHEN next IS NULL OR next > ?5 THEN ?5 ELSE next END, ?6"
            + " FROM (SELECT min(at) AS next FROM"
            + " (SELECT began_at AS at FROM agent_gaps WHERE swarm = ?1 AND agent_id = ?2 AND began_at > ?4"
            + " UNION ALL SELECT min(observed_at) FROM status_history WHERE swarm = ?1 AND agent_id = ?2"
            + " AND observed_at > ?4 AND " + HistoryTable.IN_FORCE + "))"
            + " WHERE NOT EXISTS (SELECT 1 FROM agent_gaps WHERE swarm = ?1 AND agent_id = ?2 AND began_at <= ?4"
            + " AND (ended_at IS NULL OR ended_at > ?4 OR began_at = ?4 AND kind = ?3))";

    /** Those that a stretch from ?3 to ?4 overlaps, or touches at its beginning, where a version ended them that is gone. */
    private static final String PRUNED = " FROM agent_gaps WHERE swarm = ?1 AND agent_id = ?2 AND kind = 'PRUNED'"
            + " AND ended_at >= ?3 AND (began_at < ?4 OR began_at = ?3)";

    private final SqlConnection connection;
    private final String swarm;

    GapTable(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    /** What an acceptable file ends. */
    void accepted(Sighting sighting, Known known) throws SQLException {
        if (known.isOnlyImported()) {
            cut(sighting.agent(), Timestamps.text(sighting.observedAt()));
        }
        endOfAbsence(sighting, known);
        // Whether or not a rejection is known: a hand, or a program that knew no gaps, may have taken it away.
        if (known.isRejected() || known.head() != null) {
            end(sighting, Kind.REJECTED);
        }
    }

    void refused(RollChange.Refused change, Known known) throws SQLException {
        endOfAbsence(change.sighting(), known);
        if (!known.isRejected()) {
            begin(change.sighting(), Kind.REJECTED, change.rejection().code().label());
        }
    }

    void departed(Sighting sighting, Known known) throws SQLException {
        if (known.isRejected()) {
            end(sighting, Kind.REJECTED);
        }
        if (known.presence() == Presence.PRESENT || known.isOnlyImported()) {
            begin(sighting, Kind.LEFT, "");
        }
    }

    boolean isAnyOpen(AgentId agent) throws SQLException {
        return connection
                .first(
                        "SELECT 1 FROM agent_gaps WHERE swarm = ? AND agent_id = ? AND ended_at IS NULL LIMIT 1",
                        row -> true,
                        swarm,
                        agent.value())
                .isPresent();
    }

    /** Ends whatever lasts of an agent that nobody follows. */
    void cut(AgentId agent, String at) throws SQLException {
        connection.update(DROP, swarm, agent.value(), at);
        connection.update(CUT, swarm, agent.value(), at);
    }

    /** Adds a gap of the past. One of those that nobody follows may have been added when it had no end. */
    void add(Gap gap, @Nullable String until, boolean isFollowed) throws SQLException {
        String agent = gap.agent().value();
        String from = Timestamps.text(gap.from());
        if (!isFollowed && until != null) {
            connection.update(CLOSE, swarm, agent, gap.kind().name(), from, until);
        }
        connection.update(INSERT, swarm, agent, gap.kind().name(), from, until, gap.detail());
    }

    private record Pruned(String from, String until, String versions) {}

    /** Versions from then on were deleted, up to the next one that is kept; one gap with those it continues. */
    void pruned(AgentId agent, String from, String until, long versions) throws SQLException {
        String first = from;
        String last = until;
        long merged = versions;
        for (Pruned before : connection.query(
                "SELECT began_at, ended_at, detail" + PRUNED,
                row -> new Pruned(row.getString(1), row.getString(2), row.getString(3)),
                swarm,
                agent.value(),
                from,
                until)) {
            first = before.from().compareTo(first) < 0 ? before.from() : first;
            last = before.until().compareTo(last) > 0 ? before.until() : last;
            merged += numberIn(before.versions());
        }
        connection.update("DELETE" + PRUNED, swarm, agent.value(), from, until);
        connection.update(
                "INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, ended_at, detail)"
                        + " VALUES (?, ?, 'PRUNED', ?, ?, ?)",
                swarm,
                agent.value(),
                first,
                last,
                Long.toString(merged));
    }

    /** 0 where a hand has written something else. */
    private static long numberIn(String detail) {
        try {
            return Long.parseLong(detail);
        } catch (NumberFormatException edited) {
            return 0;
        }
    }

    /** Adds a gap as it is; false where one of its kind begins then already. */
    boolean take(Gap gap) throws SQLException {
        return connection.update(
                        "INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, ended_at, detail)"
                                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        swarm,
                        gap.agent().value(),
                        gap.kind().name(),
                        Timestamps.text(gap.from()),
                        Timestamps.textOrNull(gap.until()),
                        StorableText.of(gap.detail()))
                > 0;
    }

    /** All of the agent's by their beginning; empty for one that can not be read. */
    List<Optional<Gap>> raw(AgentId agent) throws SQLException {
        return connection.query(
                COLUMNS + " AND agent_id = ?2 ORDER BY began_at, kind", GapTable::gap, swarm, agent.value());
    }

    List<Gap> of(AgentId agent) throws SQLException {
        return gaps(connection.query(COLUMNS + " AND agent_id = ?2", GapTable::gap, swarm, agent.value()));
    }

    List<Gap> between(Instant from, Instant until) throws SQLException {
        return gaps(connection.query(
                COLUMNS + " AND began_at < ?3 AND (ended_at IS NULL OR ended_at > ?2)",
                GapTable::gap,
                swarm,
                Timestamps.text(from),
                Timestamps.text(until)));
    }

    /** Whether versions from then were deleted to keep the database bounded. */
    boolean isPruned(AgentId agent, String at) throws SQLException {
        return connection
                .first(
                        "SELECT 1 FROM agent_gaps WHERE swarm = ?1 AND agent_id = ?2 AND kind = 'PRUNED'"
                                + " AND began_at <= ?3 AND (ended_at IS NULL OR ended_at > ?3) LIMIT 1",
                        row -> true,
                        swarm,
                        agent.value(),
                        at)
                .isPresent();
    }

    private void endOfAbsence(Sighting sighting, Known known) throws SQLException {
        if (known.presence() == Presence.LEFT || known.isOnlyImported()) {
            end(sighting, Kind.LEFT);
        }
    }

    private void begin(Sighting sighting, Kind kind, String detail) throws SQLException {
        connection.update(
                BEGIN, swarm, sighting.agent().value(), kind.name(), Timestamps.text(sighting.observedAt()), detail);
    }

    private void end(Sighting sighting, Kind kind) throws SQLException {
        connection.later(END, swarm, sighting.agent().value(), kind.name(), Timestamps.text(sighting.observedAt()));
    }

    private static List<Gap> gaps(List<Optional<Gap>> rows) {
        return rows.stream().flatMap(Optional::stream).sorted(Gap.ORDER).toList();
    }

    private static Optional<Gap> gap(ResultSet row) throws SQLException {
        Optional<Kind> kind = kind(row.getString(2));
        Optional<Instant> from = Timestamps.read(row.getString(3));
        String end = row.getString(4);
        Optional<Instant> until = Timestamps.read(end);
        boolean isReadable = AgentId.objectionTo(row.getString(1)).isEmpty()
                && kind.isPresent()
                && from.isPresent()
                && (end == null
                        || until.filter(time -> !time.isBefore(from.get())).isPresent());
        return isReadable
                ? Optional.of(new Gap(
                        new AgentId(row.getString(1)), kind.get(), from.get(), until.orElse(null), row.getString(5)))
                : Optional.empty();
    }

    private static Optional<Kind> kind(String text) {
        return Stream.of(Kind.values()).filter(kind -> kind.name().equals(text)).findFirst();
    }
}
