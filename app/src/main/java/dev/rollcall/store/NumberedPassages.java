package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex.Numbered;
import dev.rollcall.search.PassageQueue.Embedded;
import dev.rollcall.search.PassageQueue.Waiting;
import dev.rollcall.search.PassageText;
import dev.rollcall.search.Words;
import dev.rollcall.store.PassageProofs.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives passages their number, their words and their vector, inside the caller's write transaction. */
final class NumberedPassages {
    private static final List<String> TABLES = List.of("agent_status", "past_passages");

    /** Rows with one text that are looked at for one with the same label. */
    private static final int CANDIDATES = 20;

    private static final String WAITING =
            " WHERE swarm = ?1 AND agent_id = ?2 AND field IS NOT NULL AND text IS NOT NULL"
                    + " AND (embedding IS NULL OR number IS NULL OR model IS DISTINCT FROM ?3)";

    private final SqlConnection connection;
    private final String swarm;

    NumberedPassages(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    private record Row(Waiting passage, String textSha256) {}

    private record Known(@Nullable String label, @Nullable Embedding embedding) {}

    /** What waits of an agent, once every text that is embedded somewhere has taken that vector. */
    List<Waiting> waiting(AgentId agent, String model) throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        for (String table : TABLES) {
            for (Row row : connection.query(
                    "SELECT passage, field, text, coalesce(text_sha256, '') FROM " + table + WAITING,
                    row -> new Row(new Waiting(row.getString(1), row.getString(2), row.getString(3)), row.getString(4)),
                    swarm,
                    agent.value(),
                    model)) {
                Optional<Embedding> known = known(row, model);
                if (known.isPresent()) {
                    write(agent, model, new Embedded(row.passage(), known.get()));
                } else {
                    waiting.add(row.passage());
                }
            }
        }
        return waiting;
    }

    private Optional<Embedding> known(Row row, String model) throws SQLException {
        String label = PassageText.label(row.passage().field());
        for (String table : TABLES) {
            for (Known same : connection.query(
                    "SELECT field, embedding, swarm, agent_id, passage, proof FROM " + table
                            + " WHERE embedding IS NOT NULL AND text_sha256 = ?" + " AND text = ? AND model = ? LIMIT "
                            + CANDIDATES,
                    found -> known(found, row.passage().text(), model),
                    row.textSha256(),
                    row.passage().text(),
                    model)) {
                if (label.equals(same.label()) && same.embedding() != null) {
                    return Optional.of(same.embedding());
                }
            }
        }
        return Optional.empty();
    }

    /** Without a vector where a hand has put another one, or has edited what it is of. */
    private static Known known(ResultSet row, String text, String model) throws SQLException {
        String field = row.getString(1);
        String agent = row.getString(4);
        if (field == null || AgentId.objectionTo(agent).isPresent()) {
            return new Known(null, null);
        }
        Place place = new Place(row.getString(3), new AgentId(agent), row.getString(5), field, text);
        byte[] vector = row.getBytes(2);
        return new Known(
                PassageText.label(field),
                PassageProofs.isOf(place, model, vector, row.getString(6))
                        ? embedding(vector).orElse(null)
                        : null);
    }

    /** Empty for bytes that are no direction. */
    static Optional<Embedding> embedding(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        for (byte component : bytes) {
            if (component != 0) {
                return Optional.of(Embedding.ofBytes(bytes));
            }
        }
        return Optional.empty();
    }

    /** Passed over when the passage has gone or changed, or has what it is to get. */
    void write(AgentId agent, String model, Embedded embedded) throws SQLException {
        Waiting passage = embedded.passage();
        Embedding vector = embedded.embedding();
        // Without a vector only words are missing, and these any number has.
        String waits = vector == null
                ? "number IS NULL"
                : "(number IS NULL OR embedding IS NULL OR model IS DISTINCT FROM ?5)";
        Place place = new Place(swarm, agent, passage.key(), passage.field(), passage.text());
        for (String table : TABLES) {
            Optional<Long> former = connection.first(
                    "SELECT coalesce(number, 0), ?5 FROM " + table
                            + " WHERE swarm = ?1 AND agent_id = ?2 AND passage = ?3 AND text = ?4 AND field = ?6 AND "
                            + waits,
                    row -> row.getLong(1),
                    swarm,
                    agent.value(),
                    passage.key(),
                    passage.text(),
                    model,
                    passage.field());
            if (former.isPresent()) {
                connection.update("DELETE FROM passage_words WHERE rowid = ?", former.get());
                long number = next();
                connection.update(
                        "INSERT INTO passage_words (rowid, words) VALUES (?, ?)",
                        number,
                        Words.ofPassage(passage.field(), passage.text()));
                connection.update(
                        "UPDATE " + table + " SET number = ?, embedding = coalesce(?, embedding),"
                                + " model = coalesce(?, model), proof = coalesce(?, proof)"
                                + " WHERE swarm = ? AND agent_id = ? AND passage = ?",
                        number,
                        vector == null ? null : vector.bytes(),
                        vector == null ? null : model,
                        vector == null ? null : PassageProofs.ofVector(place, model, vector.bytes()),
                        swarm,
                        agent.value(),
                        passage.key());
            }
        }
    }

    /** In one statement: another swarm's passages may be numbered at the same time. */
    private long next() throws SQLException {
        return connection
                .first(
                        "UPDATE search_index SET next_number = next_number + 1 RETURNING next_number - 1",
                        row -> row.getLong(1))
                .orElseThrow();
    }

    boolean isComplete(AgentId agent) throws SQLException {
        for (String table : TABLES) {
            if (connection
                    .first(
                            "SELECT 1 FROM " + table + " WHERE swarm = ? AND agent_id = ? AND field IS NOT NULL"
                                    + " AND text IS NOT NULL AND (number IS NULL OR embedding IS NULL)",
                            row -> true,
                            swarm,
                            agent.value())
                    .isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Vectors of the model above a number, the lowest numbers first. */
    List<Numbered> above(String model, long number, int atMost) throws SQLException {
        List<Optional<Numbered>> rows = connection.query(
                "SELECT number, embedding FROM (SELECT number, embedding, model, swarm FROM agent_status"
                        + " WHERE number > ?1 UNION ALL SELECT number, embedding, model, swarm FROM past_passages"
                        + " WHERE number > ?1) WHERE swarm || '' = ?2 AND model = ?3 AND typeof(number) = 'integer'"
                        + " AND typeof(embedding) = 'blob' AND length(embedding) = (SELECT dimension FROM search_index)"
                        + " ORDER BY number LIMIT ?4",
                row -> {
                    long its = row.getLong(1);
                    return embedding(row.getBytes(2)).map(vector -> new Numbered(its, vector));
                },
                number,
                swarm,
                model,
                atMost);
        return rows.stream().flatMap(Optional::stream).toList();
    }
}
