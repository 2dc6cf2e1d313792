package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.StorableText;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** One of the two databases of a copy. Called inside a transaction of its connection. */
final class Side {
    private static final List<String> TABLES =
            List.of("agent_workspaces", "status_history", "rejected_documents", "agent_gaps");

    private static final String OF_AGENT = " WHERE swarm = ? AND agent_id = ?";

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryTable history;
    private final PastPassages past;

    Side(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.history = new HistoryTable(connection, swarm, new HistoryCodec(), new FirstCopies());
        this.past = new PastPassages(connection, swarm);
    }

    SqlConnection connection() {
        return connection;
    }

    HistoryTable history() {
        return history;
    }

    PastPassages past() {
        return past;
    }

    String swarm() {
        return swarm;
    }

    /** Everybody of whom there is anything, by id. */
    List<String> agents() throws SQLException {
        String each = String.join(
                " UNION ",
                TABLES.stream()
                        .map(table -> "SELECT agent_id FROM " + table + " WHERE swarm = ?1")
                        .toList());
        return connection.query(each + " ORDER BY agent_id", row -> row.getString(1), swarm);
    }

    /** That have agents, by name. */
    List<String> swarms() throws SQLException {
        return connection.query(
                "SELECT DISTINCT swarm FROM agent_readings ORDER BY swarm", row -> StorableText.of(row.getString(1)));
    }

    boolean hasAnything(String agent) throws SQLException {
        for (String table : TABLES) {
            if (connection
                    .first("SELECT 1 FROM " + table + OF_AGENT + " LIMIT 1", row -> true, swarm, agent)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    OptionalLong firstRevision(String agent) throws SQLException {
        List<Long> first = connection.query(
                "SELECT revision FROM status_history" + OF_AGENT + " ORDER BY revision LIMIT 1",
                row -> row.getLong(1),
                swarm,
                agent);
        return first.isEmpty() ? OptionalLong.empty() : OptionalLong.of(first.getFirst());
    }

    /** Of the whole swarm; 0 without any. */
    long lastRevision() throws SQLException {
        return connection
                .first(
                        "SELECT coalesce(max(revision), 0) FROM status_history WHERE swarm = ?",
                        row -> row.getLong(1),
                        swarm)
                .orElse(0L);
    }

    /**
     * Everything that an export tells of the agent, and its past work, each thing in a line: bytes by their digest,
     * revisions by their number and so much.
     *
     * @param lost is given what the database can not give back, in sentences
     */
    List<String> told(String agent, long more, Collection<String> lost) throws SQLException {
        List<String> told = new ArrayList<>();
        new GoingOut(connection, new SwarmName(swarm), history, item -> {
                    if (item instanceof RollItem.Lost one) {
                        lost.add((one.revision() == null ? "" : "revision " + one.revision() + " of ") + one.agent()
                                + ": " + one.reason());
                    } else {
                        told.add(line(item, more));
                    }
                })
                .agent(agent);
        for (PastPassages.Leaving leaving : past.leavings(new AgentId(agent))) {
            told.add("past " + leaving.raisedBy(more));
        }
        return told;
    }

    private static String line(RollItem item, long more) {
        return switch (item) {
            case RollItem.Version version ->
                "version " + (version.revision() + more) + " " + version.facts() + " " + version.proof() + " "
                        + DocumentContent.sha256Of(version.bytes()) + " " + version.overwrite();
            case RollItem.Row row ->
                "row " + (row.revision() + more) + " " + row.presence() + " " + row.leftAt() + " " + row.sourcePath()
                        + " " + row.sourceModifiedAt() + " " + row.syncedAt() + " " + row.lastActivityAt();
            case RollItem.Rejection rejection ->
                "rejection " + rejection.document() + " " + rejection.size() + " "
                        + DocumentContent.sha256Of(rejection.bytes());
            case RollItem.Stretch stretch -> "gap " + stretch.gap();
            case RollItem.Lost lost -> throw new IllegalArgumentException("what is lost can not be compared");
        };
    }
}
