package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.PassageIndex.Numbered;
import dev.rollcall.search.RollPassages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the search keeps in the tables: {@code agent_status}, {@code past_passages} and what belongs to them. */
final class SqlPassages implements RollPassages {
    /** Vectors of one read: a reader that stays long keeps the log from being cut short. */
    private static final int SLICE = 5_000;

    /** Passages of one statement. */
    private static final int LOT = 100;

    private static final String ANY_OF_A_LOT = " WHERE number IN (" + "?, ".repeat(LOT - 1) + "?) AND swarm || '' = ?";

    private static final String OF_AGENT = " WHERE swarm = ? AND agent_id = ?";

    /** Vectors only of the model in use: others, and what a hand wrote there, can not be compared. */
    private static final String ROW = "SELECT number, agent_id, field, text, revision, %s, '%s', CASE WHEN"
            + " typeof(embedding) = 'blob' AND model = (SELECT search_index.model FROM search_index)"
            + " AND length(embedding) = (SELECT dimension FROM search_index) THEN embedding END FROM %s";

    private static final String NOW = ROW.formatted("updated_at", When.NOW, "agent_status");
    private static final String BEFORE = ROW.formatted("left_at", When.BEFORE, "past_passages");

    /** A word in more passages than this tells none apart, and to weigh all of them would take long. */
    private static final long COMMON = 10_000;

    private final SqlConnection connection;
    private final String swarm;
    private final NumberedPassages numbered;

    SqlPassages(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.numbered = new NumberedPassages(connection, swarm);
    }

    @Override
    public Place place() {
        return connection.read(() -> connection
                .first(
                        "SELECT identity || " + connection.engine().succession()
                                + ", model, coalesce(dimension, 0), next_number - 1 FROM search_index",
                        row -> new Place(swarm, row.getString(1), row.getString(2), row.getInt(3), row.getLong(4)))
                .orElseThrow());
    }

    @Override
    public Counts counts() {
        return connection.read(() -> {
            long[] now = counted("agent_status");
            long[] before = counted("past_passages");
            return new Counts(now[0], before[0], now[1] + before[1]);
        });
    }

    /** All of them, and those with a vector. */
    private long[] counted(String table) throws SQLException {
        return connection
                .first(
                        "SELECT count(*), count(CASE WHEN typeof(embedding) = 'blob' AND model ="
                                + " (SELECT search_index.model FROM search_index) THEN 1 END) FROM " + table
                                + " WHERE swarm = ?",
                        row -> new long[] {row.getLong(1), row.getLong(2)},
                        swarm)
                .orElseThrow();
    }

    @Override
    public void vectors(String model, long above, Predicate<Numbered> each) {
        long last = above;
        List<Numbered> slice;
        do {
            long from = last;
            slice = connection.read(() -> numbered.above(model, from, SLICE));
            for (Numbered vector : slice) {
                if (!each.test(vector)) {
                    return;
                }
                last = vector.number();
            }
        } while (!slice.isEmpty());
    }

    @Override
    public Shared shared(Place place) {
        return connection.engine().shared(place);
    }

    @Override
    public WordMatches byWords(List<String> words, int atMost) {
        if (words.isEmpty()) {
            return new WordMatches(List.of(), Map.of());
        }
        return connection.read(() -> {
            Map<String, Long> frequencies = new LinkedHashMap<>();
            for (String word : words) {
                frequencies.put(word, connection.engine().frequency(word));
            }
            List<String> telling = frequencies.entrySet().stream()
                    .filter(word -> word.getValue() > 0 && word.getValue() <= COMMON)
                    .map(Map.Entry::getKey)
                    .toList();
            return new WordMatches(
                    telling.isEmpty() ? List.of() : connection.engine().byWords(swarm, telling, atMost), frequencies);
        });
    }

    @Override
    public List<FoundPassage> found(Collection<Long> numbers) {
        return connection.read(() -> {
            List<FoundPassage> found = new ArrayList<>(numbers.size());
            Iterator<Long> left = numbers.iterator();
            while (left.hasNext()) {
                // The last lot is filled up with a number that nobody has, so that all lots are one statement.
                Object[] lot = new Object[LOT + 1];
                for (int i = 0; i < LOT; i++) {
                    lot[i] = left.hasNext() ? left.next() : Long.valueOf(0);
                }
                lot[LOT] = swarm;
                for (String table : List.of(NOW, BEFORE)) {
                    found.addAll(intact(connection.query(table + ANY_OF_A_LOT, this::foundPassage, lot)));
                }
            }
            return found;
        });
    }

    @Override
    public List<FoundPassage> of(AgentId agent) {
        return connection.read(() -> {
            List<FoundPassage> found = new ArrayList<>();
            for (String table : List.of(NOW, BEFORE)) {
                found.addAll(intact(connection.query(
                        table + OF_AGENT + " AND typeof(number) = 'integer'",
                        this::foundPassage,
                        swarm,
                        agent.value())));
            }
            return found;
        });
    }

    @Override
    public List<FoundPassage> of(AgentId agent, List<String> fields) {
        String anyOf = " AND typeof(number) = 'integer' AND field IN (" + "?, ".repeat(fields.size() - 1) + "?)";
        List<String> values = new ArrayList<>(List.of(swarm, agent.value()));
        values.addAll(fields);
        return connection.read(
                () -> intact(connection.query(NOW + OF_AGENT + anyOf, this::foundPassage, values.toArray())));
    }

    private static List<FoundPassage> intact(List<Optional<FoundPassage>> rows) {
        return rows.stream().flatMap(Optional::stream).toList();
    }

    /** Empty for a row that a hand has made unreadable. */
    private Optional<FoundPassage> foundPassage(ResultSet row) throws SQLException {
        String agent = row.getString(2);
        String field = row.getString(3);
        String text = row.getString(4);
        if (agent == null
                || field == null
                || text == null
                || AgentId.objectionTo(agent).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new FoundPassage(
                row.getLong(1),
                new AgentId(agent),
                field,
                text,
                row.getLong(5),
                Timestamps.read(row.getString(6)).orElse(Instant.EPOCH),
                When.valueOf(row.getString(7)),
                NumberedPassages.embedding(row.getBytes(8)).orElse(null)));
    }
}
