package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every agent of a swarm. The readings come as one text in a query of one row: a row per agent would
 * cost more in calls into the driver than the whole search.
 */
final class StandingsReader {
    private static final char CELL = '\u001f';
    private static final char LINE = '\u001e';

    /** A number that a hand has made none counts as 0, as in a comparison. */
    private static final List<String> CELLS = List.of(
            "agent_id", "CAST(reading AS BIGINT)", "CAST(findings AS BIGINT)", "coalesce(presence, '')", "stamp");

    private static final String READINGS = " FROM agent_readings WHERE swarm = ?1";

    /** Ids and stamps hold no control characters, so those can separate them. */
    private static final String LINES =
            "SELECT coalesce(string_agg(" + String.join(" || ?2 || ", CELLS) + ", ?3), ''), count(*)" + READINGS;

    private static final String ROWS = "SELECT " + String.join(", ", CELLS) + READINGS;

    private final SqlConnection connection;
    private final String swarm;
    private final SourceTable sources;

    StandingsReader(SqlConnection connection, SwarmName swarm, SourceTable sources) {
        this.sources = sources;
        this.connection = connection;
        this.swarm = swarm.value();
    }

    Map<AgentId, Standing> all() throws SQLException {
        Standings standings = new Standings();
        connection.query(
                "SELECT agent_id, content_sha256 FROM rejected_documents WHERE swarm = ?1",
                row -> standings.rejected.put(row.getString(1), row.getString(2)),
                swarm);
        readings(standings);
        long rows = connection
                .first("SELECT count(*) FROM agent_workspaces WHERE swarm = ?1", row -> row.getLong(1), swarm)
                .orElseThrow();
        if (rows != standings.withPresence) {
            heed(standings);
        }
        standings.rejected.forEach((id, sha256) -> standings.addUnlessThere(id, null));
        standings.byAgent.keySet().removeAll(sources.others().keySet());
        return standings.byAgent;
    }

    /** A presence that a hand edit made into something else says nothing about departure. */
    static Presence presence(@Nullable String cell) {
        return Presence.LEFT.name().equals(cell) ? Presence.LEFT : Presence.PRESENT;
    }

    /** Row by row only where a hand has put a separator, or nothing, into a cell. */
    private void readings(Standings standings) throws SQLException {
        String lines = connection
                .first(
                        LINES,
                        row -> isWhole(row.getString(1), row.getLong(2)) ? row.getString(1) : "",
                        swarm,
                        String.valueOf(CELL),
                        String.valueOf(LINE))
                .orElse("");
        if (lines.isEmpty()) {
            connection.query(
                    ROWS,
                    row -> standings.add(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getString(4),
                            row.getString(5) == null ? "" : row.getString(5)),
                    swarm);
        }
        for (int start = 0; start < lines.length(); ) {
            int reading = lines.indexOf(CELL, start) + 1;
            int findings = lines.indexOf(CELL, reading) + 1;
            int presence = lines.indexOf(CELL, findings) + 1;
            int stamp = lines.indexOf(CELL, presence) + 1;
            int next = lines.indexOf(LINE, stamp);
            int end = next < 0 ? lines.length() : next;
            standings.add(
                    lines.substring(start, reading - 1),
                    Long.parseLong(lines, reading, findings - 1, 10),
                    Long.parseLong(lines, findings, presence - 1, 10),
                    lines.substring(presence, stamp - 1),
                    lines.substring(stamp, end));
            start = end + 1;
        }
    }

    /** Whether there is a line for each row, and no more cells than they have: a cell that is null loses its line. */
    private static boolean isWhole(String lines, long rows) {
        long lineEnds = lines.isEmpty() ? 0 : 1;
        long cellEnds = 0;
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            if (c == LINE) {
                lineEnds++;
            } else if (c == CELL) {
                cellEnds++;
            }
        }
        return lineEnds == rows && cellEnds == rows * (CELLS.size() - 1);
    }

    /** Somebody has erased rows: an agent without one must be read again, an agent without a reading as well. */
    private void heed(Standings standings) throws SQLException {
        connection.query(
                "SELECT agent_id FROM agent_readings r WHERE swarm = ?1 AND NOT EXISTS"
                        + " (SELECT 1 FROM agent_workspaces w WHERE w.swarm = ?1 AND w.agent_id = r.agent_id)",
                row -> standings.withoutPresence(row.getString(1)),
                swarm);
        connection.query(
                "SELECT agent_id, presence FROM agent_workspaces w WHERE swarm = ?1 AND NOT EXISTS"
                        + " (SELECT 1 FROM agent_readings r WHERE r.swarm = ?1 AND r.agent_id = w.agent_id)",
                row -> standings.addUnlessThere(row.getString(1), presence(row.getString(2))),
                swarm);
    }

    /** The standings while they are put together. Ids that can not be an agent's are left out. */
    private static final class Standings {
        private final Map<AgentId, Standing> byAgent = new HashMap<>();
        private final Map<String, @Nullable String> rejected = new HashMap<>();
        private long withPresence;

        boolean add(String id, long reading, long findings, String presence, String stamp) {
            boolean hasPresence = !presence.isEmpty();
            withPresence += hasPresence ? 1 : 0;
            if (AgentId.objectionTo(id).isEmpty()) {
                AgentId agent = new AgentId(id);
                byAgent.put(
                        agent,
                        new Standing(
                                agent,
                                reading,
                                stamp,
                                rejected.get(id),
                                hasPresence ? presence(presence) : null,
                                Math.clamp(findings, 0, Integer.MAX_VALUE)));
            }
            return hasPresence;
        }

        boolean addUnlessThere(String id, @Nullable Presence presence) {
            if (AgentId.objectionTo(id).isPresent()) {
                return false;
            }
            AgentId agent = new AgentId(id);
            return byAgent.putIfAbsent(
                            agent, new Standing(agent, Standing.NEVER_READ, "", rejected.get(id), presence, 0))
                    == null;
        }

        boolean withoutPresence(String id) {
            return AgentId.objectionTo(id).isEmpty()
                    && byAgent.computeIfPresent(
                                    new AgentId(id),
                                    (agent, there) -> new Standing(
                                            agent,
                                            there.reading(),
                                            there.stamp(),
                                            there.rejectedSha256(),
                                            null,
                                            there.findings()))
                            != null;
        }
    }
}
