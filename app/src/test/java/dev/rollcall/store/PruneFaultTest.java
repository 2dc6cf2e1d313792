package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.UnparsedDocuments;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories thinned out at random, and thinning that ends in the middle. */
class PruneFaultTest {
    private static final AgentId AGENT = new AgentId("Agent-7");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("roll.db");
    }

    private SqlStore open() {
        return SqlStore.open(file().toString(), SwarmName.DEFAULT, Duration.ofMillis(200));
    }

    /** Versions of texts that grow and shrink, some within one moment, some days apart. */
    private static void record(SqlStore store, Random random, int versions) {
        Instant at = NOON;
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < versions; i++) {
            at = at.plus(
                    switch (random.nextInt(10)) {
                        case 0 -> Duration.ZERO;
                        case 1 -> Duration.ofDays(random.nextInt(3));
                        default -> Duration.ofMinutes(random.nextInt(300));
                    });
            if (random.nextInt(40) == 0) {
                tasks.clear();
            }
            tasks.add("\"task " + random.nextInt(100_000) + "\"");
            String text = "{\"cycle_count\": " + i + ", \"current_tasks\": " + tasks + "}";
            long reading = store.standing(AGENT).map(Standing::reading).orElse(Standing.NEVER_READ);
            store.record(
                    List.of(new RollChange.Accepted(
                            sighting(AGENT.value(), reading, at),
                            UnparsedDocuments.of(text).content(),
                            columns(i),
                            List.of(),
                            Origin.SYNC,
                            RollChange.Extent.CHANGES)),
                    Durability.LATER);
        }
    }

    private static NavigableMap<Long, Revision> versions(SqlStore store) {
        return store.history(AGENT).stream()
                .collect(Collectors.toMap(Revision::revision, version -> version, (a, b) -> a, TreeMap::new));
    }

    private static byte[] bytes(SqlStore store, long revision) {
        return ((StoredDocument.Intact) store.document(AGENT, revision)).bytes();
    }

    private static Map<Long, byte[]> documents(SqlStore store) {
        return versions(store).keySet().stream()
                .collect(Collectors.toMap(revision -> revision, revision -> bytes(store, revision)));
    }

    /** What must hold of a history that was thinned out, wholly or in part. */
    private static void assertSound(SqlStore store, Map<Long, Revision> before, Map<Long, byte[]> documents) {
        NavigableMap<Long, Revision> now = versions(store);
        List<Gap> gaps = store.past().gaps(AGENT);
        for (Map.Entry<Long, Revision> version : before.entrySet()) {
            Instant at = version.getValue().observedAt();
            if (now.containsKey(version.getKey())) {
                assertThat(bytes(store, version.getKey())).isEqualTo(documents.get(version.getKey()));
                assertThat(now.get(version.getKey())).isEqualTo(version.getValue());
            } else {
                assertThat(gaps).anyMatch(gap -> !at.isBefore(gap.from()) && !at.isAfter(gap.until()));
            }
        }
        assertThat(gaps.stream().mapToLong(gap -> Long.parseLong(gap.detail())).sum())
                .isEqualTo(before.size() - now.size());
        assertThat(now.firstKey()).isEqualTo(before.keySet().iterator().next());
        assertThat(store.storedHistory(AGENT))
                .allSatisfy(row -> assertThat(row.recorded("content_sha256"))
                        .isEqualTo(before.get(row.revision()).contentSha256()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverTheHistoryWhatIsKeptIsAsItWas(long seed) {
        Random random = new Random(seed);
        try (SqlStore store = open()) {
            record(store, random, 100 + random.nextInt(300));
            NavigableMap<Long, Revision> before = versions(store);
            Map<Long, byte[]> documents = documents(store);
            Instant end = before.lastEntry().getValue().observedAt();
            for (int days : new int[] {30, 12, 3, 0}) {
                Instant keepFrom = end.minus(Duration.ofDays(days)).minus(Duration.ofMinutes(random.nextInt(2000)));
                Map<Long, Revision> inForce = versions(store);
                store.upkeep().thin(AGENT, keepFrom);

                assertSound(store, before, documents);
                NavigableMap<Long, Revision> now = versions(store);
                assertThat(now).containsKey(before.lastKey());
                assertThat(before.values().stream().filter(v -> !v.observedAt().isBefore(keepFrom)))
                        .isSubsetOf(now.values());
                assertThat(now.values()).containsAll(lastOfEachDay(before));
                assertThat(store.past().at(AGENT, keepFrom))
                        .isEqualTo(inForce.values().stream()
                                .filter(v -> !v.observedAt().isAfter(keepFrom))
                                .reduce((a, b) -> b));
                now.values()
                        .forEach(v -> assertThat(store.past()
                                        .at(AGENT, v.observedAt())
                                        .orElseThrow()
                                        .observedAt())
                                .isEqualTo(v.observedAt()));
                record(store, end);
                end = versions(store).lastEntry().getValue().observedAt();
                before = merged(before, versions(store));
                documents = merged(documents, documents(store));
            }
        }
    }

    private static void record(SqlStore store, Instant end) {
        long reading = store.standing(AGENT).orElseThrow().reading();
        Instant at = end.plus(Duration.ofHours(5));
        store.record(
                List.of(new RollChange.Accepted(
                        sighting(AGENT.value(), reading, at),
                        UnparsedDocuments.of("{\"at\": \"" + at + "\"}").content(),
                        columns(9),
                        List.of(),
                        Origin.SYNC,
                        RollChange.Extent.CHANGES)),
                Durability.LATER);
    }

    private static <V> NavigableMap<Long, V> merged(Map<Long, V> before, Map<Long, V> now) {
        NavigableMap<Long, V> all = new TreeMap<>(now);
        all.putAll(before);
        return all;
    }

    private static List<Revision> lastOfEachDay(NavigableMap<Long, Revision> versions) {
        return List.copyOf(versions.values().stream()
                .collect(Collectors.toMap(
                        version -> version.observedAt().atZone(ZoneOffset.UTC).toLocalDate(),
                        version -> version,
                        (a, b) -> b))
                .values());
    }

    @Test
    void thinningThatEndsInTheMiddleLeavesASoundHistoryAndIsGoneOnWith() {
        try (SqlStore store = open()) {
            record(store, new Random(11), 400);
            NavigableMap<Long, Revision> before = versions(store);
            Map<Long, byte[]> documents = documents(store);
            Instant keepFrom = before.lastEntry().getValue().observedAt();
            long planned = store.upkeep().wouldThin(AGENT, keepFrom).versions();
            assertThat(planned).isGreaterThan(250);
            for (int left : new int[] {370, 300, 200, 120}) {
                HandEdits.run(
                        file(),
                        "CREATE TRIGGER stop BEFORE DELETE ON status_history WHEN (SELECT count(*)"
                                + " FROM status_history) <= " + left
                                + " BEGIN SELECT RAISE(ABORT, 'killed for the test'); END");
                if (versions(store).size() - left < planned) {
                    assertThatExceptionOfType(ProblemException.class)
                            .isThrownBy(() -> store.upkeep().thin(AGENT, keepFrom));
                }
                HandEdits.run(file(), "DROP TRIGGER stop");
                assertSound(store, before, documents);
            }
            store.upkeep().thin(AGENT, keepFrom);

            assertSound(store, before, documents);
            assertThat(before.size() - versions(store).size()).isEqualTo((int) planned);
        }
    }
}
