package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.StoredAgent.PassageRow;
import dev.rollcall.roll.StoredAgent.PastRow;
import dev.rollcall.roll.StoredAgent.Vector;
import dev.rollcall.roll.SwarmName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code agent_status}: the passages of the agent's latest document, queued until they are embedded. Those of the
 * known members are written with the document; the others when the agent leaves the queue.
 */
final class PassageTable {
    /** Rows of one INSERT; measured against one row each and against JSON, which take twice as long. */
    private static final int ROWS = 32;

    private static final String OF_ONE = " WHERE swarm = ? AND agent_id = ? AND passage = ?";

    private static final String STORED =
            "SELECT passage, field, text, text_sha256 FROM agent_status WHERE swarm = ?1 AND agent_id = ?2";

    private final SqlConnection connection;
    private final String swarm;
    private final PastPassages past;

    /** By number of rows. */
    private final List<String> inserts;

    private final StoredPassages stored;

    PassageTable(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.past = new PastPassages(connection, swarm);
        this.inserts = IntStream.rangeClosed(0, ROWS).mapToObj(this::insertOf).toList();
        this.stored = new StoredPassages(connection, swarm);
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

        /** Past work is only what a document said, not what a hand wrote. */
        boolean isIntact(String key) {
            return field != null && text != null && digest(text).equals(sha256) && Passages.isKeyOf(key, field, text);
        }

        private static String digest(String text) {
            return DocumentContent.sha256Of(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Row(String key, Content content) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getString(1), new Content(row.getString(2), row.getString(3), row.getString(4)));
    }

    /** Of agents whose known members are about to be brought up to date. */
    void readAhead(List<String> agents) throws SQLException {
        connection.readAhead(STORED + Range.KNOWN_MEMBERS.condition, PassageTable::row, swarm, agents);
        past.readAhead(agents);
    }

    /** Which keys of an agent are brought up to date; the table holds them apart. */
    enum Range {
        KNOWN_MEMBERS(" AND passage < '" + Passages.FURTHER + "'"),
        ALL("");

        private final String condition;

        Range(String condition) {
            this.condition = condition;
        }
    }

    /** Those of the agent's rows. */
    Set<String> keys(AgentId agent) throws SQLException {
        return stored(agent, Range.ALL).keySet();
    }

    /** Leaves rows that are right, and their vectors, alone; rows that are wrong are queued anew, others become past work. */
    void bring(AgentId agent, long revision, String updatedAt, List<Passage> passages, Range range)
            throws SQLException {
        Map<String, Content> stale = stored(agent, range);
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
        for (Map.Entry<String, Content> gone : stale.entrySet()) {
            if (gone.getValue().isIntact(gone.getKey())) {
                past.take(agent, gone.getKey(), updatedAt);
            } else {
                past.forgetWords("agent_status", agent, gone.getKey());
            }
            connection.update("DELETE FROM agent_status" + OF_ONE, swarm, agent.value(), gone.getKey());
        }
        if (isKept) {
            connection.later(
                    "UPDATE agent_status SET revision = ?1 WHERE swarm = ?2 AND agent_id = ?3 AND revision IS DISTINCT FROM ?1"
                            + range.condition,
                    revision,
                    swarm,
                    agent.value());
        }
        add(agent, revision, updatedAt, missing);
        if (!missing.isEmpty() && past.hasAnyOf(agent, missing)) {
            past.giveBack(agent);
        }
    }

    private Map<String, Content> stored(AgentId agent, Range range) throws SQLException {
        Map<String, Content> stored = new HashMap<>();
        for (Row row : connection.query(STORED + range.condition, PassageTable::row, swarm, agent.value())) {
            stored.put(row.key(), row.content());
        }
        return stored;
    }

    /**
     * Takes away what a hand has put into the agent's entries, past work included: vectors that are not of their text and of
     * the model in use, numbers that have not their words, and work that no document said. They wait for what they lack.
     */
    void dropUnfitVectors(AgentId agent) throws SQLException {
        Set<String> keys = new HashSet<>();
        for (PassageRow row : stored.current(agent)) {
            keys.add(row.passage().key());
            dropUnfit("agent_status", agent, row);
        }
        for (PastRow past : stored.past(agent)) {
            String key = past.row().passage().key();
            if (past.isAsItLeft() && !keys.contains(key)) {
                dropUnfit("past_passages", agent, past.row());
            } else {
                this.past.forget(agent, key);
            }
        }
    }

    private void dropUnfit(String table, AgentId agent, PassageRow row) throws SQLException {
        String key = row.passage().key();
        if (row.vector() == Vector.UNFIT) {
            connection.update(
                    "UPDATE " + table + " SET embedding = NULL, model = NULL, proof = NULL" + OF_ONE,
                    swarm,
                    agent.value(),
                    key);
        }
        if (!row.isFoundByWords()) {
            past.forgetWords(table, agent, key);
            connection.update("UPDATE " + table + " SET number = NULL" + OF_ONE, swarm, agent.value(), key);
        }
    }

    /** The agent's passages wait for their words and vectors. */
    void queue(AgentId agent) throws SQLException {
        connection.later(
                "INSERT INTO passage_queue (swarm, agent_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                swarm,
                agent.value());
    }

    /** Passages that were past work get back what they had. */
    void giveBack(AgentId agent) throws SQLException {
        past.giveBack(agent);
    }

    /** Adds passages of which the agent has none yet. */
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
            connection.later(inserts.get(rows.size()), values.toArray());
        }
    }

    private String insertOf(int rows) {
        return "WITH fresh (passage, field, text, text_sha256) AS (VALUES "
                + "(?, ?, ?, ?), ".repeat(Math.max(0, rows - 1))
                + "(?, ?, ?, ?)) " + connection.engine().insertSeveral() + " INTO agent_status"
                + " (swarm, agent_id, revision, updated_at, passage, field, text, text_sha256)"
                + " SELECT ?, ?, ?, ?, passage, field, text, text_sha256 FROM fresh";
    }
}
