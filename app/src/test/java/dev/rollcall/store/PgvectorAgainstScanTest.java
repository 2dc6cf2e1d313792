package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndex.Near;
import dev.rollcall.search.PassageIndex.Numbered;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.vectors.ClusteredVectors;
import dev.rollcall.vectors.ExactIndex;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's graph and an exact scan over the same vectors, among those of another swarm. */
class PgvectorAgainstScanTest {
    private static final String MODEL = "letters";
    private static final int DIMENSION = 64;
    private static final int SIZE = 2_000;
    private static final int QUESTIONS = 40;
    private static final int WANTED = 10;
    private static final long NONE_AT_ONCE = 0;

    private static final int FEW_WANTED = 5;
    private static final long SEED = new Random().nextLong();
    private static final Embedding EAST = new ClusteredVectors(1, DIMENSION).of(1);
    private static final Comparator<Near> BEST_FIRST =
            Comparator.comparingDouble(Near::cosine).reversed().thenComparingLong(Near::number);

    private final ClusteredVectors vectors = new ClusteredVectors(SEED, DIMENSION);
    private String url;
    private SqlStore store;

    @BeforeEach
    void begin() {
        url = PgliteForTests.emptyUrl();
        store = SqlStore.open(url, SwarmName.DEFAULT, Duration.ofSeconds(10));
        store.passageQueue().demandModel(MODEL, DIMENSION);
        store.passageQueue().makeIndex(store.passages().place());
        // Else the planner compares so few one by one.
        sql("SET enable_seqscan = off; SET enable_sort = off");
    }

    private void sql(String sql) {
        PostgresForTests.run(url, sql);
    }

    @AfterEach
    void end() {
        sql("RESET ALL");
        store.close();
    }

    /** An index that never compares one by one while the graph finds enough. */
    private PassageIndex graph(String swarm) {
        Place place = new Place(swarm, "", MODEL, DIMENSION, 0);
        return new PgvectorIndex((PostgresConnection) store.connection(), place, "extensions", NONE_AT_ONCE);
    }

    private void add(PassageIndex index, List<Numbered> vectors) {
        add(index, vectors, vectors.getFirst().number());
    }

    private void add(PassageIndex index, List<Numbered> vectors, long first) {
        store.connection()
                .plain(() -> store.connection()
                        .update(
                                "INSERT INTO passage_words (rowid, words) SELECT number, '' FROM generate_series(?, ?) AS number",
                                first,
                                first + vectors.size() - 1));
        index.add(vectors);
    }

    @Test
    void theGraphFindsNearlyAllThatAScanFinds() {
        List<Numbered> large = vectors.numbered(1, SIZE);
        add(graph("day-shift"), large);

        assertThat(found(graph("day-shift"), large, WANTED))
                .as("seed %d", SEED)
                .isGreaterThanOrEqualTo(QUESTIONS * WANTED * 98 / 100);
        assertThat(walks()).as("questions that the graph answered").isEqualTo(QUESTIONS);
    }

    /** Each question has more of the other swarm near it than the graph has candidates. */
    @Test
    void aSmallSwarmIsFoundBehindALargeOne() {
        List<Numbered> small = vectors.numbered(SIZE + 1, SIZE + 100).stream()
                .map(vector -> new Numbered(vector.number(), opposite(vector.embedding())))
                .toList();
        add(graph("day-shift"), vectors.numbered(1, 600));
        add(graph("night-shift"), small);

        assertThat(found(graph("night-shift"), small, FEW_WANTED))
                .as("seed %d", SEED)
                .isGreaterThanOrEqualTo(QUESTIONS * FEW_WANTED * 95 / 100);
        assertThat(walks()).as("questions that the graph answered").isEqualTo(QUESTIONS);
    }

    private static Embedding opposite(Embedding embedding) {
        byte[] components = embedding.bytes();
        for (int i = 0; i < components.length; i++) {
            components[i] = (byte) -components[i];
        }
        return Embedding.ofBytes(components);
    }

    /** How many of the nearest by a scan are found, each with its cosine. */
    private int found(PassageIndex graph, List<Numbered> all, int wanted) {
        int hits = 0;
        try (ExactIndex exact = new ExactIndex(DIMENSION)) {
            exact.add(all);
            for (int i = 1; i <= QUESTIONS; i++) {
                Embedding asked = vectors.of(-i);
                Set<Near> nearest = new HashSet<>(exact.nearest(asked, wanted));
                List<Near> found = graph.nearest(asked, wanted);
                assertThat(found).isSortedAccordingTo(BEST_FIRST).hasSize(wanted);
                nearest.retainAll(found);
                hits += nearest.size();
            }
        }
        return hits;
    }

    private long walks() {
        sql("SELECT pg_stat_force_next_flush()");
        return store.connection()
                .plain(() -> store.connection()
                        .first(
                                "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'passage_vectors_nearest'",
                                row -> row.getLong(1))
                        .orElseThrow());
    }

    /** Who prunes waits for one lot, not for all. */
    @Test
    void eachLotIsATransactionOfItsOwnWithTheLowestNumbersFirst() {
        sql("CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.number > 120 THEN"
                + " RAISE 'refused for the test'; END IF; RETURN NEW; END $$;"
                + " CREATE TRIGGER refuse BEFORE INSERT ON passage_vectors FOR EACH ROW EXECUTE FUNCTION refuse()");
        PassageIndex graph = graph("day-shift");
        List<Numbered> falling = vectors.numbered(1, 200).reversed();

        assertThatThrownBy(() -> add(graph, falling, 1)).hasMessageContaining("refused for the test");

        assertThat(graph.newest()).isEqualTo(100);
        assertThat(graph.size()).isEqualTo(100);
    }

    @Test
    void whatWasTakenOutWhileSomebodyAddsIsNotAGapForEver() {
        PassageIndex graph = graph("day-shift");
        add(graph, vectors.numbered(1, 60));
        assertThat(graph.newest()).isEqualTo(60);
        sql("DELETE FROM passage_vectors WHERE number > 20");

        assertThatThrownBy(() -> add(graph, vectors.numbered(61, 70))).isInstanceOf(ProblemException.class);

        assertThat(graph.newest()).isEqualTo(20);
        graph.add(vectors.numbered(21, 70));
        assertThat(graph.size()).isEqualTo(70);
    }

    @Test
    void aPassageThatHasGoneMeanwhileIsPassedOver() {
        PassageIndex graph = graph("day-shift");
        add(graph, List.of(new Numbered(1, EAST)));

        graph.add(List.of(new Numbered(2, EAST)));

        assertThat(graph.newest()).isEqualTo(1);
        assertThat(graph.nearest(EAST, WANTED)).extracting(Near::number).containsExactly(1L);
    }

    @Test
    void ofManyThatAreEquallyNearTheLowestNumbersAreTold() {
        Numbered[] same = LongStream.rangeClosed(1, 300)
                .mapToObj(number -> new Numbered(number, EAST))
                .toArray(Numbered[]::new);
        PassageIndex graph = graph("day-shift");
        add(graph, List.of(same));

        assertThat(graph.nearest(EAST, WANTED))
                .extracting(Near::number)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(walks()).isEqualTo(1);
    }
}
