package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.search.Taken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one swarm and model in the table {@code passage_vectors}, which the server compares: one by one while they
 * are few, by its graph (HNSW) beyond. Only numbers and cosines come over the wire. Components are whole numbers, of which
 * the server's sums are exact, so that its cosines are those of {@link Embedding#cosine} to the last bit.
 *
 * <p>Nothing is added whose words are gone, as a passage is that was changed meanwhile. Calls wait for each other; whatever
 * else the connection is used for is for the caller's thread to order.
 */
final class PgvectorIndex implements PassageIndex {
    /** So many are compared one by one in some ten milliseconds, and none is missed. */
    static final long FEW = 10_000;

    /** Beyond this share of all, the graph would be walked through nearly whole. */
    private static final int SHARE = 20;

    /**
     * Vectors of one transaction: it holds their words, and whoever prunes or forgets waits for it no longer than the
     * second that a watch has for a lock.
     */
    private static final int LOT = 50;

    /** Candidates of the graph beyond what is wanted, because it misses some; as many as our own graph has (decision 15). */
    private static final int MORE = 240;

    /** Candidates that the graph is walked with at most, as pgvector has it. */
    private static final int MOST_CANDIDATES = 1_000;

    private static final String OURS = " FROM passage_vectors WHERE swarm = ?1 AND model = ?2";

    /** Without an end by count, and with one by memory far off: a swarm among large ones is walked to all the same. */
    private static final String WALK = "SELECT set_config('hnsw.iterative_scan', 'strict_order', TRUE),"
            + " set_config('hnsw.max_scan_tuples', '2147483647', TRUE),"
            + " set_config('hnsw.scan_mem_multiplier', '16', TRUE),"
            + " set_config('plan_cache_mode', 'force_custom_plan', TRUE),"
            + " set_config('hnsw.ef_search', ?, TRUE)";

    private static final String ADD = "INSERT INTO passage_vectors (number, swarm, model, embedding)"
            + " SELECT number, ?1, ?2, CAST(vector AS SCHEMA.vector)"
            + " FROM unnest(CAST(?3 AS bigint[]), CAST(?4 AS text[])) AS given (number, vector)"
            + " WHERE EXISTS (SELECT 1 FROM passage_words WHERE rowid = number) ORDER BY number"
            + " ON CONFLICT (number) DO UPDATE"
            + " SET swarm = excluded.swarm, model = excluded.model, embedding = excluded.embedding";

    /** The product is told with the other sign, and so is zero. */
    private static final String COSINE = "(0 - (embedding OPERATOR(SCHEMA.<#>) CAST(?3 AS SCHEMA.vector)))"
            + " / (CAST(?4 AS float8) * SCHEMA.vector_norm(embedding)) AS cosine";

    private static final String BEST = " ORDER BY cosine DESC, number LIMIT CAST(?5 AS bigint)";

    private static final String EACH = "SELECT number, " + COSINE + OURS + BEST;

    /** Those as near as the last one come along, so that the lower numbers of them can be told. */
    private static final String BY_GRAPH = "WITH candidates AS MATERIALIZED (SELECT number, embedding" + OURS
            + " ORDER BY embedding OPERATOR(SCHEMA.<=>) CAST(?3 AS SCHEMA.vector)"
            + " FETCH FIRST CAST(?5 AS bigint) ROWS WITH TIES) SELECT number, " + COSINE + " FROM candidates" + BEST;

    private final PostgresConnection connection;
    private final Place place;
    private final String model;
    private final String schema;
    private final long few;
    /** Fair, so that who adds gets a turn among many who search. */
    private final Lock turn = new ReentrantLock(true);

    private @Nullable Size counted = new Size(0, 0);

    /** The newest number that whoever adds knows of. */
    private long told;

    /**
     * @param place with a model, of whose dimension the table is
     * @param schema of the extension, as it stands in a statement
     * @param few so many are compared one by one
     */
    PgvectorIndex(PostgresConnection connection, Place place, String schema, long few) {
        this.connection = connection;
        this.place = place;
        this.model = Objects.requireNonNull(place.model());
        this.schema = schema;
        this.few = few;
    }

    /** How many there were when this was the newest number; null once closed. */
    private record Size(long newest, long size) {}

    @Override
    public void add(List<Numbered> vectors) {
        List<Numbered> rising = Taken.above(0, vectors, place.dimension());
        inTurn(() -> {
            for (int from = 0; from < rising.size(); from += LOT) {
                List<Numbered> lot = rising.subList(from, Math.min(from + LOT, rising.size()));
                told = connection.alone(whoAddsTo(place.swarm()), () -> added(lot));
            }
            return true;
        });
    }

    /** What has been taken out since its newest number was told would stay out if more were added above it. */
    private long added(List<Numbered> lot) throws SQLException {
        long newest = newestNow();
        if (newest < told) {
            told = newest;
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    "add to passage_vectors: vectors were taken out meanwhile",
                    "Try again: what it lacks is added then.");
        }
        List<Numbered> taken = Taken.above(newest, lot, place.dimension());
        if (taken.isEmpty()) {
            return newest;
        }
        put(taken);
        return newestNow();
    }

    /** The name that whoever changes what a swarm has in the table holds, as {@link PostgresConnection#alone} has it. */
    static String whoAddsTo(String swarm) {
        return "rollcall vectors of " + swarm;
    }

    private void put(List<Numbered> lot) throws SQLException {
        StringJoiner numbers = new StringJoiner(",", "{", "}");
        List<String> texts = new ArrayList<>(lot.size());
        for (Numbered vector : lot) {
            numbers.add(Long.toString(vector.number()));
            texts.add(text(vector.embedding()));
        }
        connection.update(of(ADD), place.swarm(), model, numbers.toString(), TextArray.of(texts));
    }

    /** The extension's types and operators are named in full: its schema need not be in the search path. */
    private String of(String sql) {
        return sql.replace("SCHEMA", schema);
    }

    private static String text(Embedding embedding) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (byte component : embedding.bytes()) {
            text.add(Byte.toString(component));
        }
        return text.toString();
    }

    @Override
    public List<Near> nearest(Embedding asked, int atMost) {
        Taken.requireQuestion(asked, atMost, place.dimension());
        return inTurn(() -> connection.read(() -> {
            long size = sizeNow();
            if (size <= few || atMost > size / SHARE) {
                return each(asked, atMost);
            }
            List<Near> found = byGraph(asked, atMost);
            return found.size() < atMost ? each(asked, atMost) : found;
        }));
    }

    private List<Near> each(Embedding asked, int atMost) throws SQLException {
        return connection.query(
                of(EACH), PgvectorIndex::near, place.swarm(), model, text(asked), length(asked), atMost);
    }

    private List<Near> byGraph(Embedding asked, int atMost) throws SQLException {
        connection.first(WALK, row -> true, Integer.toString(Math.min(MOST_CANDIDATES, atMost + MORE)));
        return connection.query(
                of(BY_GRAPH), PgvectorIndex::near, place.swarm(), model, text(asked), length(asked), atMost);
    }

    private static Near near(ResultSet row) throws SQLException {
        return new Near(row.getLong(1), row.getDouble(2));
    }

    private static double length(Embedding asked) {
        int squares = 0;
        for (byte component : asked.bytes()) {
            squares += component * component;
        }
        return Math.sqrt(squares);
    }

    @Override
    public long newest() {
        return inTurn(() -> {
            told = connection.read(this::newestNow);
            return told;
        });
    }

    private long newestNow() throws SQLException {
        return connection
                .first("SELECT coalesce(max(number), 0)" + OURS, row -> row.getLong(1), place.swarm(), model)
                .orElseThrow();
    }

    @Override
    public int size() {
        return Math.toIntExact(inTurn(() -> connection.read(this::sizeNow)));
    }

    /** Counted anew only where something has come: to count a million takes longer than to search them. */
    private long sizeNow() throws SQLException {
        long newest = newestNow();
        Size known = open();
        if (known.newest() != newest) {
            long size = connection
                    .first("SELECT count(*)" + OURS, row -> row.getLong(1), place.swarm(), model)
                    .orElseThrow();
            known = new Size(newest, size);
            counted = known;
        }
        return known.size();
    }

    private Size open() {
        Size now = counted;
        if (now == null) {
            throw new IllegalStateException("the index is closed");
        }
        return now;
    }

    /** The connection stays open. */
    @Override
    public void close() {
        turn.lock();
        try {
            counted = null;
        } finally {
            turn.unlock();
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        turn.lock();
        try {
            open();
            return work.get();
        } finally {
            turn.unlock();
        }
    }
}
