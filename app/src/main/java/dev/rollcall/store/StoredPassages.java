package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.StoredAgent.PassageRow;
import dev.rollcall.roll.StoredAgent.PastRow;
import dev.rollcall.roll.StoredAgent.Vector;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.Words;
import dev.rollcall.store.PassageProofs.Place;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An agent's rows of {@code agent_status} and {@code past_passages} as they are, whatever a hand has done to them. */
final class StoredPassages {
    /** Of a row that has something for a vector: not one of the model and the dimension in use. */
    private static final String UNFIT = "typeof(embedding) <> 'blob'"
            + " OR its.model IS DISTINCT FROM (SELECT search_index.model FROM search_index)"
            + " OR length(embedding) IS DISTINCT FROM (SELECT dimension FROM search_index)"
            + " OR embedding IS NOT DISTINCT FROM zeroblob(length(embedding))";

    private static final String ROWS = "SELECT passage, field, text, coalesce(text_sha256, ''), coalesce(revision, 0),"
            + " embedding IS NULL, " + UNFIT + ", model, embedding, proof, number IS NULL,"
            + " %s, agent_id%s FROM %s AS its WHERE swarm = ?1 AND agent_id IN (%%s) ORDER BY agent_id, passage";

    private final SqlConnection connection;
    private final String swarm;
    private final String current;
    private final String past;

    StoredPassages(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
        String words = connection.engine().wordsUnder("number");
        this.current = ROWS.formatted(words, "", "agent_status");
        this.past = ROWS.formatted(words, ", left_at, seal", "past_passages");
    }

    /** By key. */
    List<PassageRow> current(AgentId agent) throws SQLException {
        return current(List.of(agent)).getOrDefault(agent.value(), List.of());
    }

    /** By key. */
    List<PastRow> past(AgentId agent) throws SQLException {
        return past(List.of(agent)).getOrDefault(agent.value(), List.of());
    }

    /** Of each agent that has any, by key. */
    Map<String, List<PassageRow>> current(List<AgentId> agents) throws SQLException {
        return rows(current, agents, this::passage);
    }

    /** Of each agent that has any, by key. */
    Map<String, List<PastRow>> past(List<AgentId> agents) throws SQLException {
        return rows(past, agents, (place, row) -> new PastRow(passage(place, row), isAsItLeft(place, row)));
    }

    @FunctionalInterface
    private interface PlacedRow<T> {
        T read(Place place, ResultSet row) throws SQLException;
    }

    private <T> Map<String, List<T>> rows(String sql, List<AgentId> agents, PlacedRow<T> reader) throws SQLException {
        Map<String, AgentId> byId = new HashMap<>();
        agents.forEach(agent -> byId.put(agent.value(), agent));
        Map<String, List<T>> rows = new HashMap<>();
        connection.query(
                sql.formatted(Cells.places(2, agents.size())),
                row -> {
                    String id = row.getString(13);
                    Place place = place(Objects.requireNonNull(byId.get(id)), row);
                    return rows.computeIfAbsent(id, any -> new ArrayList<>()).add(reader.read(place, row));
                },
                RawReader.values(swarm, agents));
        return rows;
    }

    private PassageRow passage(Place place, ResultSet row) throws SQLException {
        return new PassageRow(
                new Passage(place.key(), place.field(), place.text(), row.getString(4)),
                row.getLong(5),
                vector(place, row),
                row.getBoolean(11)
                        || Words.ofPassage(place.field(), place.text()).equals(row.getString(12)));
    }

    private Place place(AgentId agent, ResultSet row) throws SQLException {
        return new Place(swarm, agent, row.getString(1), orEmpty(row.getString(2)), orEmpty(row.getString(3)));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Vector vector(Place place, ResultSet row) throws SQLException {
        boolean isNone = row.getBoolean(6);
        boolean isUnfit = !isNone
                && (row.getBoolean(7)
                        || !PassageProofs.isOf(place, row.getString(8), row.getBytes(9), row.getString(10)));
        boolean isWithoutNumber = row.getBoolean(11);
        return isUnfit ? Vector.UNFIT : isNone || isWithoutNumber ? Vector.QUEUED : Vector.FITTING;
    }

    private static boolean isAsItLeft(Place place, ResultSet row) throws SQLException {
        return DocumentContent.sha256Of(place.text().getBytes(StandardCharsets.UTF_8))
                        .equals(row.getString(4))
                && PassageProofs.ofLeaving(place, row.getLong(5), orEmpty(row.getString(14)))
                        .equals(row.getString(15));
    }
}
