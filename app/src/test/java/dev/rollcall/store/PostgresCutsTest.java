package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Connections that break at random under writers: every document is recorded once. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresCutsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The way there and back of a session that is made and some records; a link may break in its first bytes, too. */
    private static final int LONGEST_LIFE = 120_000;

    private static final Duration SOON_AFTERWARDS = Duration.ofSeconds(10);

    private static final int ONE_COMMIT_IN = 20;

    private static final int AGENTS_OF_A_WRITER = 3;

    private final long seed = Long.getLong("rollcall.seed", 20251015);
    private final String url = PostgresForTests.freshUrl();
    private WeatherProxy proxy;

    @BeforeEach
    void setUp() {
        SqlStore.open(url, SwarmName.DEFAULT, PATIENCE).close();
        proxy = WeatherProxy.before(url);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    @Test
    void cutsUnderOneWriterLoseNothingAndDoubleNothing() {
        assertEachRecordedOnce(1, 40);
    }

    @Test
    void cutsUnderSeveralWritersLoseNothingAndDoubleNothing() {
        assertEachRecordedOnce(3, 60);
    }

    @Test
    @EnabledIfSystemProperty(named = "rollcall.soak", matches = "true", disabledReason = "500 cuts: ./check --soak")
    void fiveHundredCutsUnderOneWriterLoseNothingAndDoubleNothing() {
        assertEachRecordedOnce(1, 500);
    }

    @Test
    @EnabledIfSystemProperty(named = "rollcall.soak", matches = "true", disabledReason = "500 cuts: ./check --soak")
    void fiveHundredCutsUnderSeveralWritersLoseNothingAndDoubleNothing() {
        assertEachRecordedOnce(4, 500);
    }

    private void assertEachRecordedOnce(int writers, int cuts) {
        proxy.toServer(new Breaking(new Random(seed)));
        proxy.toClient(new Breaking(new Random(seed + 1)));
        List<Told> told = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(writers)) {
            List<CompletableFuture<List<Told>>> work = IntStream.range(0, writers)
                    .mapToObj(writer -> CompletableFuture.supplyAsync(() -> write(writer, cuts), threads))
                    .toList();
            work.forEach(each -> told.addAll(each.join()));
        }
        Duration sinceCut = proxy.sinceCut();
        proxy.fair();
        System.out.printf(
                Locale.ROOT,
                "cuts: %d under %d writers, %d records, all recorded %.2f s after the last cut, seed %d%n",
                proxy.cuts(),
                writers,
                told.stream().mapToInt(each -> each.revisions().size()).sum(),
                sinceCut.toMillis() / 1e3,
                seed);
        assertThat(sinceCut).isLessThan(SOON_AFTERWARDS);
        assertThat(proxy.cuts()).as("seed %d", seed).isGreaterThanOrEqualTo(cuts);
        told.forEach(this::assertHistory);
        assertEvents(told);
    }

    /** What one agent was told to have become. */
    private record Told(String agent, List<Long> revisions) {}

    /** Records round after round until there were enough cuts; nobody else records these agents. */
    private List<Told> write(int writer, int cuts) {
        List<Told> told = IntStream.range(0, AGENTS_OF_A_WRITER)
                .mapToObj(agent -> new Told("Agent-" + writer + "-" + agent, new ArrayList<>()))
                .toList();
        try (SqlStore store = SqlStore.open(proxy.through(url), SwarmName.DEFAULT, PATIENCE)) {
            for (int round = 0; proxy.cuts() < cuts; round++) {
                int version = round;
                List<RollChange> changes = told.stream()
                        .map(each -> (RollChange) change(each.agent(), version))
                        .toList();
                List<RecordOutcome> outcomes = store.record(changes, durability(round));
                for (int i = 0; i < told.size(); i++) {
                    assertThat(outcomes.get(i))
                            .as("%s, version %d, seed %d", told.get(i).agent(), round, seed)
                            .isInstanceOfSatisfying(RecordOutcome.Recorded.class, recorded -> {});
                    told.get(i).revisions().add(((RecordOutcome.Recorded) outcomes.get(i)).revision());
                }
            }
        }
        return told;
    }

    private static RollChange.Accepted change(String agent, int version) {
        return accepted(sighting(agent, version, NOON.plusSeconds(version)), version, task(agent, version), "tidy up");
    }

    private static String task(String agent, int version) {
        return agent + " does " + Integer.toHexString(version * 7919) + " é";
    }

    private static Durability durability(int round) {
        return round % 3 == 0 ? Durability.LATER : Durability.AT_ONCE;
    }

    private void assertHistory(Told told) {
        AgentId agent = new AgentId(told.agent());
        try (SqlStore store = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            List<HistoryRow> rows = store.storedHistory(agent);
            assertThat(rows)
                    .as("%s, seed %d", agent, seed)
                    .extracting(HistoryRow::revision)
                    .isEqualTo(told.revisions());
            for (int version = 0; version < rows.size(); version++) {
                assertThat(store.document(agent, rows.get(version).revision()))
                        .as("%s, version %d, seed %d", agent, version, seed)
                        .isInstanceOfSatisfying(StoredDocument.Intact.class, intact -> {});
                assertThat(((StoredDocument.Intact)
                                        store.document(agent, rows.get(version).revision()))
                                .bytes())
                        .isEqualTo(document(version, task(told.agent(), version), "tidy up")
                                .content()
                                .bytes());
            }
            int last = rows.size() - 1;
            assertThat(store.currentDocument(agent))
                    .contains(
                            document(last, task(told.agent(), last), "tidy up").text());
            assertThat(store.find(agent).orElseThrow().columns().cycleCount()).contains((long) last);
            assertThat(store.standing(agent).orElseThrow().reading()).isEqualTo(rows.size());
        }
    }

    private void assertEvents(List<Told> told) {
        try (SqlStore store = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            List<RollEvent> events = store.after(RollFeed.BEGINNING, 100_000);
            for (Told each : told) {
                assertThat(events)
                        .filteredOn(event -> event.agent().value().equals(each.agent()))
                        .extracting(RollEvent::revision)
                        .as("one event for each version, seed %d", seed)
                        .containsExactlyElementsOf(each.revisions());
            }
        }
    }

    /** Breaks each time after some bytes of any link, and now and then just where a commit is asked for or told. */
    private static final class Breaking implements WeatherProxy.Weather {
        private final Random random;
        private long left;

        Breaking(Random random) {
            this.random = random;
            left = random.nextInt(LONGEST_LIFE);
        }

        @Override
        public synchronized byte[] pass(byte[] bytes) {
            left -= bytes.length;
            boolean isCommit = new String(bytes, StandardCharsets.ISO_8859_1).contains("COMMIT");
            if (left >= 0 && !(isCommit && random.nextInt(ONE_COMMIT_IN) == 0)) {
                return bytes;
            }
            left = random.nextInt(LONGEST_LIFE);
            return null;
        }
    }
}
