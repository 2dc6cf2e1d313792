package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The table {@code agent_status}: exactly the passages of the agent's latest document, queued until they are embedded. */
final class PassageTable {
    /** Rows of one INSERT; measured against one row each and against JSON, which take twice as long. */
    private static final int ROWS = 32;

    /** By number of rows. */
    private static final List<String> INSERTS =
            IntStream.rangeClosed(0, ROWS).mapToObj(PassageTable::insertOf).toList();

    private final SqliteConnection connection;
    private final String swarm;

    PassageTable(SqliteConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    /** What a row holds beside its key and its vector. */
    private record Content(
            @Nullable String field,
            @Nullable String text,
            @Nullable String sha256) {
        boolean isOf(Passage passage) {
            return passage.field().equals(field)
                    && passage.text().equals(text)
                    && passage.textSha256().equals(sha256);
        }
    }

    /** Leaves rows that are right, and their vectors, alone; rows that are wrong are queued anew. */
    void bring(AgentId agent, long revision, String updatedAt, List<Passage> passages) throws SQLException {
        Map<String, Content> stale = stored(agent);
        List<Passage> missing = new ArrayList<>();
        boolean isKept = false;
        for (Passage passage : passages) {
            Content there = stale.get(passage.key());
            if (there != null && there.isOf(passage)) {
                stale.remove(passage.key());
                isKept = true;
            } else {
                missing.add(passage);
            }
        }
        for (String key : stale.keySet()) {
            connection.update(
                    "DELETE FROM agent_status WHERE swarm = ? AND agent_id = ? AND passage = ?",
                    swarm,
                    agent.value(),
                    key);
        }
        if (isKept) {
            connection.update(
                    "UPDATE agent_status SET revision = ?1 WHERE swarm = ?2 AND agent_id = ?3 AND revision IS NOT ?1",
                    revision,
                    swarm,
                    agent.value());
        }
        add(agent, revision, updatedAt, missing);
    }

    private Map<String, Content> stored(AgentId agent) throws SQLException {
        Map<String, Content> stored = new HashMap<>();
        connection.query(
                "SELECT passage, field, text, text_sha256 FROM agent_status WHERE swarm = ? AND agent_id = ?",
                row -> stored.put(row.getString(1), new Content(row.getString(2), row.getString(3), row.getString(4))),
                swarm,
                agent.value());
        return stored;
    }

    /** Queues passages of which the agent has none yet. */
    void add(AgentId agent, long revision, String updatedAt, List<Passage> passages) throws SQLException {
        for (int from = 0; from < passages.size(); from += ROWS) {
            List<Passage> rows = passages.subList(from, Math.min(from + ROWS, passages.size()));
            List<@Nullable Object> values = new ArrayList<>(4 + 4 * rows.size());
            for (Passage passage : rows) {
                values.add(passage.key());
                values.add(passage.field());
                values.add(passage.text());
                values.add(passage.textSha256());
            }
            values.add(swarm);
            values.add(agent.value());
            values.add(revision);
            values.add(updatedAt);
            connection.update(INSERTS.get(rows.size()), values.toArray());
        }
    }

    /**
     * OR ROLLBACK, which is what happens after any failure: by default SQLite would copy each page that a statement of
     * several rows touches, to be able to undo the statement alone. That doubled what a bulk load writes.
     */
    private static String insertOf(int rows) {
        return "WITH fresh (passage, field, text, text_sha256) AS (VALUES "
                + "(?, ?, ?, ?), ".repeat(Math.max(0, rows - 1))
                + "(?, ?, ?, ?)) INSERT OR ROLLBACK INTO agent_status"
                + " (swarm, agent_id, revision, updated_at, passage, field, text, text_sha256)"
                + " SELECT ?, ?, ?, ?, passage, field, text, text_sha256 FROM fresh";
    }
}
