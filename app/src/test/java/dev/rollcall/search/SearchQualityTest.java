package dev.rollcall.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.embedding.MiniLmEmbedder;
import dev.rollcall.search.Methods.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The search finds what it found when its constants were chosen. The floors lie a little below what was measured
 * (benchmarks/README.md), so that another kind of processor may round differently.
 */
class SearchQualityTest {
    private static final Map<String, SearchQuality> SETS = new TreeMap<>();
    private static Embedder embedder;

    @TempDir
    static Path folder;

    @BeforeAll
    static void load() throws IOException {
        embedder = new RememberingEmbedder(MiniLmEmbedder.load(null));
        for (String set : new String[] {"harbour", "observatory"}) {
            SETS.put(set, quality(JudgedSwarm.own(set)));
        }
    }

    private static SearchQuality quality(Path set) throws IOException {
        Path place = folder.resolve(set.getFileName());
        Files.createDirectories(place);
        return new SearchQuality(JudgedSwarm.load(set, place, embedder), embedder);
    }

    @AfterAll
    static void close() {
        SETS.values().forEach(set -> set.swarm().close());
        SETS.clear();
        embedder.close();
    }

    @ParameterizedTest
    @CsvSource({"harbour, 0.85, 0.72, 0.96", "observatory, 0.81, 0.67, 0.92"})
    void theRightAgentComesEarly(String set, double all, double low, double high) {
        Figures full = set(set).figures(Method.FULL);
        assertThat(full.mrr()).as("MRR over all questions").isGreaterThanOrEqualTo(all);
        assertThat(full.withOverlap("low").mrr()).as("MRR, other words").isGreaterThanOrEqualTo(low);
        assertThat(full.withOverlap("high").mrr()).as("MRR, same words").isGreaterThanOrEqualTo(high);
    }

    @ParameterizedTest
    @ValueSource(strings = {"harbour", "observatory"})
    void itIsWellAheadOfASearchForWords(String set) {
        Figures words = set(set).figures(Method.DOCUMENTS);
        assertThat(set(set).figures(Method.FULL).mrr()).isGreaterThanOrEqualTo(words.mrr() + 0.10);
    }

    @ParameterizedTest
    @CsvSource({"harbour, 0.76, 0.68", "observatory, 0.70, 0.86"})
    void whatIsCalledStrongIsMostlyRight(String set, double strong, double weak) {
        assertThat(set(set).strong(Weights.STANDARD)).isGreaterThanOrEqualTo(strong);
        assertThat(set(set).weak(Weights.STANDARD)).isGreaterThanOrEqualTo(weak);
    }

    @ParameterizedTest
    @CsvSource({"harbour, 6", "observatory, 7"})
    void questionsAboutStatesAreAnsweredFromTheColumnsAndNoOthers(String set, int answered) {
        assertThat(set(set).rightlyFromColumns()).hasSize(answered);
        assertThat(set(set).wronglyFromColumns()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"harbour", "observatory"})
    void exactlyThePairsThatDoTheSameWorkAreFound(String set) {
        assertThat(set(set).overlaps()).isEqualTo(set(set).swarm().overlaps());
    }

    @ParameterizedTest
    @ValueSource(strings = {"harbour", "observatory"})
    void whoDoesTheSameWorkIsTheMostSimilar(String set) {
        assertThat(set(set).swarm().overlaps()).isNotEmpty().allSatisfy(pair -> {
            var both = pair.stream().sorted().toList();
            assertThat(set(set).placeAmongSimilar(both.getFirst(), both.getLast()))
                    .isEqualTo(1);
            assertThat(set(set).placeAmongSimilar(both.getLast(), both.getFirst()))
                    .isEqualTo(1);
        });
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "ROLLCALL_REAL_STATUS",
            matches = ".+",
            disabledReason = "needs the folder of real status files")
    void theRightAgentOfARealSwarmComesEarly() throws IOException {
        SearchQuality real = quality(Path.of(System.getenv("ROLLCALL_REAL_STATUS")));
        try (JudgedSwarm swarm = real.swarm()) {
            Figures full = real.figures(Method.FULL);
            assertThat(full.mrr()).isGreaterThanOrEqualTo(0.85);
            assertThat(full.mrr())
                    .isGreaterThanOrEqualTo(real.figures(Method.DOCUMENTS).mrr() + 0.10);
            assertThat(real.wronglyFromColumns()).as(swarm.name()).isEmpty();
        }
    }

    private static SearchQuality set(String name) {
        return Objects.requireNonNull(SETS.get(name));
    }
}
