package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.RollPassages;
import dev.rollcall.store.PassageTable.Range;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code passage_queue}, and how an agent leaves it. */
final class SqlPassageQueue implements PassageQueue {
    private static final String OF_AGENT = " WHERE swarm = ? AND agent_id = ?";

    /** Rows without a vector of the model; of the dimension by the length of the blob. */
    private static final String WITHOUT_VECTOR = "(model IS DISTINCT FROM ?1 OR typeof(embedding) <> 'blob'"
            + " OR length(embedding) IS DISTINCT FROM ?2 OR embedding IS NOT DISTINCT FROM zeroblob(?2))";

    private static final String WITHOUT_WORDS =
            "(typeof(number) <> 'integer'" + " OR NOT EXISTS (SELECT 1 FROM passage_words WHERE rowid = number))";

    private final SqlConnection connection;
    private final String swarm;
    private final PassageTable passages;
    private final NumberedPassages numbered;

    SqlPassageQueue(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.passages = new PassageTable(connection, swarm);
        this.numbered = new NumberedPassages(connection, swarm);
    }

    @Override
    public long size() {
        return connection.read(() -> connection
                .first("SELECT count(*) FROM passage_queue WHERE swarm = ?", row -> row.getLong(1), swarm)
                .orElseThrow());
    }

    @Override
    public List<AgentId> queued(@Nullable AgentId above, int atMost) {
        while (true) {
            List<String> ids = connection.read(() -> connection.query(
                    "SELECT CASE WHEN typeof(agent_id) = 'text' THEN agent_id ELSE '' END FROM passage_queue"
                            + " WHERE swarm = ? AND agent_id " + (above == null ? ">= ?" : "> ?")
                            + " ORDER BY agent_id LIMIT ?",
                    row -> row.getString(1),
                    swarm,
                    above == null ? "" : above.value(),
                    atMost));
            List<String> strays = ids.stream()
                    .filter(id -> AgentId.objectionTo(id).isPresent())
                    .toList();
            if (strays.isEmpty()) {
                return ids.stream().map(AgentId::new).toList();
            }
            connection.writeRepeatably(Durability.LATER, () -> {
                for (String id : strays) {
                    connection.update(
                            "DELETE FROM passage_queue WHERE swarm = ?1"
                                    + " AND (agent_id = ?2 OR (?2 = '' AND typeof(agent_id) <> 'text'))",
                            swarm,
                            id);
                }
                return true;
            });
        }
    }

    @Override
    public Optional<Opened> open(AgentId agent) {
        Optional<Stored> stored = connection.read(() -> connection.first(
                "SELECT CASE WHEN typeof(revision) = 'integer' THEN revision END, document FROM agent_workspaces"
                        + OF_AGENT + " AND document IS NOT NULL",
                row -> new Stored(Cells.text(row, 1), row.getString(2)),
                swarm,
                agent.value()));
        Optional<Opened> opened = stored.flatMap(row -> opened(agent, row));
        if (opened.isEmpty()) {
            String document = stored.map(Stored::document).orElse(null);
            connection.writeRepeatably(Durability.LATER, () -> dequeueWith(agent, document));
        }
        return opened;
    }

    private record Stored(@Nullable String revision, String document) {}

    private static Optional<Opened> opened(AgentId agent, Stored row) {
        String revision = row.revision();
        return revision != null
                        && StatusParser.parse(row.document().getBytes(StandardCharsets.UTF_8))
                                instanceof ParseResult.Parsed parsed
                ? Optional.of(new Opened(agent, Long.parseLong(revision), parsed.document()))
                : Optional.empty();
    }

    /** Unless another document has queued the agent by now. */
    private int dequeueWith(AgentId agent, @Nullable String document) throws SQLException {
        boolean isSame = connection
                .first(
                        "SELECT document FROM agent_workspaces" + OF_AGENT,
                        row -> Objects.equals(row.getString(1), document),
                        swarm,
                        agent.value())
                .orElse(document == null);
        return isSame ? dequeue(agent) : 0;
    }

    private int dequeue(AgentId agent) throws SQLException {
        return connection.update("DELETE FROM passage_queue" + OF_AGENT, swarm, agent.value());
    }

    @Override
    public List<Waiting> bring(Opened opened, List<Passage> current, String model) {
        return connection.writeRepeatably(Durability.LATER, () -> {
            String seenAt = connection
                    .first(
                            "SELECT coalesce(synced_at, '') FROM agent_workspaces" + OF_AGENT + " AND revision = ?",
                            row -> row.getString(1),
                            swarm,
                            opened.agent().value(),
                            opened.revision())
                    .orElse(null);
            if (seenAt != null) {
                passages.bring(opened.agent(), opened.revision(), seenAt, current, Range.ALL);
            }
            return numbered.waiting(opened.agent(), model);
        });
    }

    @Override
    public void settle(Opened opened, String model, List<Embedded> embedded) {
        connection.writeRepeatably(Durability.LATER, () -> {
            for (Embedded passage : embedded) {
                numbered.write(opened.agent(), model, passage);
            }
            if (isLatest(opened) && numbered.isComplete(opened.agent())) {
                dequeue(opened.agent());
            }
            return true;
        });
    }

    /** Else a newer document has queued the agent again. */
    private boolean isLatest(Opened opened) throws SQLException {
        return connection
                .first(
                        "SELECT 1 FROM agent_workspaces" + OF_AGENT + " AND revision = ?",
                        row -> true,
                        swarm,
                        opened.agent().value(),
                        opened.revision())
                .isPresent();
    }

    @Override
    public @Nullable PassageIndex makeIndex(RollPassages.Place place) {
        return connection.engine().makeShared(place);
    }

    @Override
    public void demandModel(String model, int dimension) {
        connection.writeRepeatably(Durability.LATER, () -> {
            connection.engine().mendWords();
            for (String table : List.of("agent_status", "past_passages")) {
                connection.update(
                        "INSERT INTO passage_queue (swarm, agent_id) SELECT DISTINCT swarm, agent_id FROM " + table
                                + " WHERE " + WITHOUT_VECTOR + " OR " + WITHOUT_WORDS + " ON CONFLICT DO NOTHING",
                        model,
                        dimension);
                connection.update(
                        "UPDATE " + table + " SET embedding = NULL, model = NULL, proof = NULL WHERE " + WITHOUT_VECTOR
                                + " AND (embedding IS NOT NULL OR model IS NOT NULL)",
                        model,
                        dimension);
                connection.update(
                        "UPDATE " + table + " SET number = NULL WHERE number IS NOT NULL AND " + WITHOUT_WORDS);
            }
            connection.update("UPDATE search_index SET model = ?, dimension = ?", model, dimension);
            connection.engine().mendShared();
            return true;
        });
    }
}
