package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every agent of a swarm, in three queries of one row each: a row per agent would cost more in calls
 * into the driver than the whole search. Ids, stamps and digests hold no control characters, so those can separate them;
 * a cell into which a hand has put one counts as empty, and a number that a hand has made none as 0, as in a comparison.
 */
final class StandingsReader {
    private static final char CELL = '\u001f';
    private static final char LINE = '\u001e';

    private static final String READINGS = concatenated(
            "CAST(reading AS INTEGER) || char(31) || CAST(findings AS INTEGER) || char(31) || " + clean("stamp"),
            "agent_readings");

    /** Answered from an index; the documents stay untouched. */
    private static final String WORKSPACES = concatenated(
            clean("content_sha256") + " || char(31) || " + clean("presence"),
            "agent_workspaces INDEXED BY agent_workspaces_standing");

    private static final String REJECTIONS = concatenated(clean("content_sha256"), "rejected_documents");

    private final SqliteConnection connection;
    private final String swarm;

    StandingsReader(SqliteConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    private static String concatenated(String cells, String table) {
        return "SELECT coalesce(group_concat(agent_id || char(31) || " + cells + ", char(30)), '') FROM " + table
                + " WHERE swarm = ?1 AND instr(agent_id, char(30)) = 0 AND instr(agent_id, char(31)) = 0";
    }

    private static String clean(String column) {
        return "CASE WHEN instr(" + column + ", char(30)) = 0 AND instr(" + column + ", char(31)) = 0 THEN " + column
                + " ELSE '' END";
    }

    Map<AgentId, Standing> all() throws SQLException {
        Map<String, Draft> drafts = new HashMap<>();
        gather(READINGS, drafts, (draft, cells) -> {
            int end = cells.indexOf(CELL);
            int next = cells.indexOf(CELL, end + 1);
            draft.reading = Long.parseLong(cells.substring(0, end));
            draft.findings = Integer.parseInt(cells.substring(end + 1, next));
            draft.stamp = cells.substring(next + 1);
        });
        gather(WORKSPACES, drafts, (draft, cells) -> {
            int end = cells.indexOf(CELL);
            draft.contentSha256 = end == 0 ? null : cells.substring(0, end);
            draft.presence = presence(cells.substring(end + 1));
        });
        gather(REJECTIONS, drafts, (draft, cells) -> draft.rejectedSha256 = cells);
        Map<AgentId, Standing> standings = HashMap.newHashMap(drafts.size());
        drafts.forEach((id, draft) -> {
            if (AgentId.objectionTo(id).isEmpty()) {
                AgentId agent = new AgentId(id);
                standings.put(agent, draft.standing(agent));
            }
        });
        return standings;
    }

    /** A presence that a hand edit made into something else says nothing about departure. */
    static Presence presence(@Nullable String cell) {
        return Presence.LEFT.name().equals(cell) ? Presence.LEFT : Presence.PRESENT;
    }

    private void gather(String sql, Map<String, Draft> drafts, BiConsumer<Draft, String> reading) throws SQLException {
        String all = connection.first(sql, row -> row.getString(1), swarm).orElseThrow();
        for (int start = 0; start < all.length(); ) {
            int next = all.indexOf(LINE, start);
            int end = next < 0 ? all.length() : next;
            int cell = all.indexOf(CELL, start);
            reading.accept(
                    drafts.computeIfAbsent(all.substring(start, cell), id -> new Draft()),
                    all.substring(cell + 1, end));
            start = end + 1;
        }
    }

    /** A standing while it is put together. */
    private static final class Draft {
        private long reading = Standing.NEVER_READ;
        private String stamp = "";
        private int findings;
        private @Nullable String contentSha256;
        private @Nullable String rejectedSha256;
        private @Nullable Presence presence;

        private Standing standing(AgentId agent) {
            return new Standing(agent, reading, stamp, contentSha256, rejectedSha256, presence, findings);
        }
    }
}
