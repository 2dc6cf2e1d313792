package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.PassageProofs.Place;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code past_passages}: texts that left their agent's document, with their words and vectors. */
final class PastPassages {
    private static final String OF_ONE = " WHERE swarm = ? AND agent_id = ? AND passage = ?";

    private static final String TAKE = "INSERT INTO past_passages (swarm, agent_id, passage, field, text,"
            + " text_sha256, model, revision, left_at, embedding, number, proof, seal)"
            + " SELECT swarm, agent_id, passage, field, text, text_sha256, model, coalesce(revision, 0), ?, embedding,"
            + " number, proof, ? FROM agent_status" + OF_ONE
            + " ON CONFLICT (swarm, agent_id, passage) DO UPDATE SET field = excluded.field, text = excluded.text,"
            + " text_sha256 = excluded.text_sha256, model = excluded.model, revision = excluded.revision,"
            + " left_at = excluded.left_at, embedding = excluded.embedding, number = excluded.number,"
            + " proof = excluded.proof, seal = excluded.seal";

    private static final String KEYS = "SELECT passage FROM past_passages WHERE swarm = ?1 AND agent_id = ?2";

    private static final String KNOWN =
            "SELECT passage, coalesce(revision, 0), coalesce(left_at, '') FROM past_passages WHERE swarm = ? AND agent_id = ?";

    private static final String LEAVINGS = "SELECT passage, field, text, text_sha256, revision, left_at, seal"
            + " FROM past_passages WHERE swarm = ? AND agent_id = ?";

    private static final String ADD = "INSERT INTO past_passages (swarm, agent_id, passage, field, text, text_sha256,"
            + " revision, left_at, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (swarm, agent_id, passage) DO UPDATE SET revision = excluded.revision,"
            + " left_at = excluded.left_at, seal = excluded.seal";

    /** Past work that stands in the document again. */
    private static final String RETURNED = "SELECT past.passage, past.model, past.embedding, past.number,"
            + " past.proof, now.field, now.text, past.field IS NOT DISTINCT FROM now.field"
            + " AND past.text IS NOT DISTINCT FROM now.text"
            + " FROM past_passages AS past JOIN agent_status AS now USING (swarm, agent_id, passage)"
            + " WHERE swarm = ? AND agent_id = ?";

    private final SqlConnection connection;
    private final String swarm;

    PastPassages(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    /** @param isIntact whether a hand has left it as it was, so that the vector is of this text */
    private record Returned(String passage, Object[] found, boolean isIntact) {}

    /** Takes over a passage of the current document, which the caller deletes there. */
    void take(AgentId agent, String passage, String leftAt) throws SQLException {
        forgetWords("past_passages", agent, passage);
        String seal = connection
                .first(
                        "SELECT coalesce(field, ''), coalesce(text, ''), coalesce(revision, 0) FROM agent_status"
                                + OF_ONE,
                        row -> PassageProofs.ofLeaving(
                                new Place(swarm, agent, passage, row.getString(1), row.getString(2)),
                                row.getLong(3),
                                leftAt),
                        swarm,
                        agent.value(),
                        passage)
                .orElse(null);
        connection.update(TAKE, leftAt, seal, swarm, agent.value(), passage);
    }

    /** Which revision had a text last, and when it was gone. */
    record Left(long revision, String at) {}

    /** A text and how it left its document. */
    record Leaving(Passage passage, long revision, String leftAt) {
        /** The same where revisions have numbers larger by so much. */
        Leaving raisedBy(long more) {
            return new Leaving(passage, revision + more, leftAt);
        }

        /** Whether it tells another leaving than the one that is known, and none before that. */
        boolean isNews(@Nullable Left known) {
            return known == null
                    || (known.revision() == revision
                            ? !known.at().equals(leftAt)
                            : known.at().compareTo(leftAt) <= 0);
        }
    }

    /** How the agent's texts left, by key. */
    Map<String, Left> known(AgentId agent) throws SQLException {
        Map<String, Left> known = new HashMap<>();
        connection.query(
                KNOWN,
                row -> known.put(row.getString(1), new Left(row.getLong(2), row.getString(3))),
                swarm,
                agent.value());
        return known;
    }

    /** The agent's past work by key, but for what a hand has changed. */
    List<Leaving> leavings(AgentId agent) throws SQLException {
        List<Leaving> leavings = new ArrayList<>();
        connection.query(LEAVINGS, row -> leaving(agent, row).map(leavings::add), swarm, agent.value());
        leavings.sort(Comparator.comparing(leaving -> leaving.passage().key()));
        return leavings;
    }

    private Optional<Leaving> leaving(AgentId agent, ResultSet row) throws SQLException {
        Passage passage = new Passage(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
        Place place = new Place(swarm, agent, passage.key(), passage.field(), passage.text());
        Leaving leaving = new Leaving(passage, row.getLong(5), row.getString(6));
        boolean isAsItLeft = PassageProofs.ofLeaving(place, leaving.revision(), leaving.leftAt())
                        .equals(row.getString(7))
                && DocumentContent.sha256Of(passage.text().getBytes(StandardCharsets.UTF_8))
                        .equals(passage.textSha256());
        return isAsItLeft ? Optional.of(leaving) : Optional.empty();
    }

    /** Adds a text that no current passage has. One that is there keeps its words and its vector. */
    void add(AgentId agent, Leaving leaving) throws SQLException {
        Passage passage = leaving.passage();
        Place place = new Place(swarm, agent, passage.key(), passage.field(), passage.text());
        connection.later(
                ADD,
                swarm,
                agent.value(),
                passage.key(),
                passage.field(),
                passage.text(),
                passage.textSha256(),
                leaving.revision(),
                leaving.leftAt(),
                PassageProofs.ofLeaving(place, leaving.revision(), leaving.leftAt()));
    }

    /** Deletes one passage with its words. */
    void forget(AgentId agent, String passage) throws SQLException {
        forgetWords("past_passages", agent, passage);
        connection.update("DELETE FROM past_passages" + OF_ONE, swarm, agent.value(), passage);
    }

    /** Of agents whose passages are about to be brought up to date. */
    void readAhead(List<String> agents) throws SQLException {
        connection.readAhead(KEYS, PastPassages::key, swarm, agents);
    }

    private static String key(ResultSet row) throws SQLException {
        return row.getString(1);
    }

    /** Whether one of these passages was past work. */
    boolean hasAnyOf(AgentId agent, List<Passage> passages) throws SQLException {
        Set<String> keys = new HashSet<>(connection.query(KEYS, PastPassages::key, swarm, agent.value()));
        return passages.stream().anyMatch(passage -> keys.contains(passage.key()));
    }

    /** Passages of the current document that were past work get back what they had. */
    void giveBack(AgentId agent) throws SQLException {
        var returned = connection.query(RETURNED, row -> returned(agent, row), swarm, agent.value());
        for (Returned passage : returned) {
            connection.update("DELETE FROM past_passages" + OF_ONE, swarm, agent.value(), passage.passage());
            Object number = passage.found()[2];
            int taken = passage.isIntact()
                    ? connection.update(
                            "UPDATE agent_status SET model = ?, embedding = ?, number = ?, proof = ?" + OF_ONE
                                    + " AND number IS NULL",
                            passage.found()[0],
                            passage.found()[1],
                            number,
                            passage.found()[3],
                            swarm,
                            agent.value(),
                            passage.passage())
                    : 0;
            if (taken == 0 && number != null) {
                connection.update("DELETE FROM passage_words WHERE rowid = ?", number);
            }
        }
    }

    private Returned returned(AgentId agent, ResultSet row) throws SQLException {
        String passage = row.getString(1);
        String model = row.getString(2);
        byte[] vector = row.getBytes(3);
        String proof = row.getString(5);
        boolean isIntact = row.getBoolean(8)
                && (vector == null
                        || PassageProofs.isOf(
                                new Place(swarm, agent, passage, row.getString(6), row.getString(7)),
                                model,
                                vector,
                                proof));
        return new Returned(passage, new Object[] {model, vector, row.getObject(4), proof}, isIntact);
    }

    /** @param table agent_status or past_passages */
    void forgetWords(String table, AgentId agent, String passage) throws SQLException {
        connection.update(
                "DELETE FROM passage_words WHERE rowid = (SELECT number FROM " + table + OF_ONE + ")",
                swarm,
                agent.value(),
                passage);
    }

    /** Deletes past work that was seen gone before a moment. */
    void prune(AgentId agent, String keepFrom) throws SQLException {
        connection.update(
                "DELETE FROM passage_words WHERE rowid IN (SELECT number FROM past_passages"
                        + " WHERE swarm = ? AND agent_id = ? AND left_at < ?)",
                swarm,
                agent.value(),
                keepFrom);
        connection.update(
                "DELETE FROM past_passages WHERE swarm = ? AND agent_id = ? AND left_at < ?",
                swarm,
                agent.value(),
                keepFrom);
    }

    /** Deletes all that the search has of the agent beside its current passages. */
    void erase(AgentId agent) throws SQLException {
        for (String table : new String[] {"agent_status", "past_passages"}) {
            connection.update(
                    "DELETE FROM passage_words WHERE rowid IN (SELECT number FROM " + table
                            + " WHERE swarm = ? AND agent_id = ?)",
                    swarm,
                    agent.value());
        }
        connection.engine().purgeWords();
        connection.update("DELETE FROM past_passages WHERE swarm = ? AND agent_id = ?", swarm, agent.value());
        connection.update("DELETE FROM passage_queue WHERE swarm = ? AND agent_id = ?", swarm, agent.value());
    }
}
