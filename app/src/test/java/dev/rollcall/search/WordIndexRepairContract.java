package dev.rollcall.search;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.SwarmName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a database that keeps the index of words in tables of its own, which a hand can reach. A backend only subclasses this. */
public abstract class WordIndexRepairContract extends PassageSetup {
    private static final int DIMENSION = LETTERS.dimension();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM passage_words_data",
                "DELETE FROM passage_words_data WHERE id > 10",
                "UPDATE passage_words_data SET block = x'00112233'",
                "DELETE FROM passage_words_content",
                "DELETE FROM passage_words_docsize"
            })
    void aDamagedIndexOfWordsIsMadeAnewAndNobodyWaitsForIt(String damage) {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        try (RollStore night = backend.open(new SwarmName("night-shift"))) {
            var before = passages.of(AGENT);
            backend.sql(damage);

            backend.queueOf(night).demandModel(MODEL, DIMENSION);

            assertThat(queue.size()).isZero();
            assertThat(passages.of(AGENT)).isEqualTo(before);
            assertThat(byWords("tidy", "sweep")).containsExactlyInAnyOrder("tidy", "sweep");
        }
        recordAndTake(AGENT, LATER.plusSeconds(1), "mend");
        assertThat(byWords("tidy", "sweep", "mend")).containsExactlyInAnyOrder("tidy", "sweep", "mend");
    }
}
