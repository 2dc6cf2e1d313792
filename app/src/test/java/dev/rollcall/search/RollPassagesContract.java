package dev.rollcall.search;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.passage;
import static dev.rollcall.roll.ChangeFixtures.passages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.Passage;
import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.PassageIndex.Numbered;
import dev.rollcall.search.PassageQueue.Opened;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.search.RollPassages.When;
import dev.rollcall.search.RollPassages.WordMatches;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link RollPassages} promises, sentence by sentence. A backend only subclasses this. */
public abstract class RollPassagesContract extends PassageSetup {
    @Test
    void thePlaceTellsTheDatabaseItsModelAndTheLargestNumberGiven() throws IOException {
        Place empty = passages.place();
        assertThat(empty.newest()).isZero();
        assertThat(empty.model()).isEqualTo(MODEL);
        assertThat(empty.dimension()).isEqualTo(LETTERS.dimension());
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        reopen();

        assertThat(passages.place()).isEqualTo(new Place("default", empty.identity(), MODEL, LETTERS.dimension(), 2));
        RollBackend another = backendIn(Files.createDirectory(folder.resolve("another")));
        try (RollStore fresh = another.open(SwarmName.DEFAULT)) {
            Place its = another.passagesOf(fresh).place();
            assertThat(its.identity()).isNotEqualTo(empty.identity());
            assertThat(its.model()).isNull();
            assertThat(its.dimension()).isZero();
        }
    }

    @Test
    void vectorsComeByNumberAboveTheGivenOne() {
        recordAndTake(AGENT, NOON, "tidy", "sweep", "mend");
        recordAndTake(AGENT, LATER, "tidy", "mend");
        recordAndTake(OTHER, NOON, "paint");

        assertThat(vectorNumbers()).containsExactly(1L, 2L, 3L, 4L);
        List<Numbered> above = new ArrayList<>();
        passages.vectors(MODEL, 3, above::add);
        assertThat(above).containsExactly(new Numbered(4, vectorOf("paint")));
        passages.vectors("another/256", 0, vector -> {
            throw new AssertionError("of another model");
        });
    }

    @Test
    void aDatabaseThatCanKeepNoIndexHasNoneAndMakesNone() {
        recordAndTake(AGENT, NOON, "tidy");

        queue.makeIndex(passages.place());

        assertThat(passages.shared(passages.place()).index()).isNull();
    }

    @Test
    void vectorsEndWhereNoMoreAreWanted() {
        recordAndTake(AGENT, NOON, "tidy", "sweep", "mend");
        List<Numbered> two = new ArrayList<>();

        passages.vectors(MODEL, 0, vector -> two.add(vector) && two.size() < 2);

        assertThat(two).extracting(Numbered::number).containsExactly(1L, 2L);
    }

    @Test
    void aPassageTellsItsTextSinceWhenAndInWhichRevisionItStandsLast() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        FoundPassage first = found(AGENT, "tidy");
        long second = recordAndTake(AGENT, LATER, "tidy", "sweep", "mend");
        recordAndTake(AGENT, LATER.plusSeconds(60), "mend");

        assertThat(found(AGENT, "tidy"))
                .isEqualTo(new FoundPassage(
                        first.number(),
                        AGENT,
                        "current_task",
                        "tidy",
                        second,
                        LATER.plusSeconds(60),
                        When.BEFORE,
                        vectorOf("tidy")));
        assertThat(first.at()).isEqualTo(NOON);
        assertThat(first.when()).isEqualTo(When.NOW);
        assertThat(found(AGENT, "mend").at()).isEqualTo(LATER);
    }

    @Test
    void aTextThatLeftAndCameBackKeepsItsNumberAndIsNotEmbeddedAgain() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        FoundPassage first = found(AGENT, "tidy");
        recordAndTake(AGENT, LATER, "sweep");
        assertThat(found(AGENT, "tidy").number()).isEqualTo(first.number());
        assertThat(byWords("tidy")).containsExactly("tidy");

        record(AGENT, LATER.plusSeconds(60), "tidy", "sweep");
        assertThat(bring(AGENT, "tidy", "sweep")).isEmpty();

        assertThat(found(AGENT, "tidy").number()).isEqualTo(first.number());
        assertThat(found(AGENT, "tidy").when()).isEqualTo(When.NOW);
        assertThat(byWords("tidy")).containsExactly("tidy");
        assertThat(passages.place().newest()).isEqualTo(2);
    }

    @Test
    void aNumberIsNeverGivenAgain() {
        recordAndTake(OTHER, NOON, "paint");
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        backend.upkeepOf(store).forget(AGENT);
        reopen();
        recordAndTake(AGENT, LATER, "tidy");
        assertThat(found(AGENT, "tidy").number()).isEqualTo(4);
        assertThat(found(OTHER, "paint").number()).isEqualTo(1);

        backend.sql("DELETE FROM agent_status");
        backend.sql("DELETE FROM past_passages");
        backend.sql("DELETE FROM passage_words");
        reopen();
        recordAndTake(AGENT, LATER.plusSeconds(60), "tidy", "mend");

        assertThat(vectorNumbers()).containsExactly(5L, 6L);
        assertThat(passages.place().newest()).isEqualTo(6);
    }

    @Test
    void byWordsFindsWhatHoldsAnyOfThemTheBestFirst() {
        recordAndTake(OTHER, NOON, "tidy the large yard of the house and more");
        recordAndTake(AGENT, NOON, "tidy yard", "sweep", "ConfigManager_v2 mended");

        assertThat(byWords("yard", "tidy")).containsExactly("tidy yard", "tidy the large yard of the house and more");
        assertThat(byWords("config")).containsExactly("ConfigManager_v2 mended");
        assertThat(byWords("mending", "SWEEPS")).containsExactlyInAnyOrder("sweep", "ConfigManager_v2 mended");
        assertThat(byWords("task")).hasSize(4);
        assertThat(passages.byWords(List.of("task"), 3).numbers()).hasSize(3);
        WordMatches matches = passages.byWords(List.of("yard", "sweep", "nothing"), 9);
        assertThat(matches.frequencies()).containsOnly(entry("yard", 2), entry("sweep", 1), entry("nothing", 0));
        assertThat(passages.byWords(List.of(), 9)).isEqualTo(new WordMatches(List.of(), Map.of()));
    }

    private static Map.Entry<String, Long> entry(String word, long passages) {
        return Map.entry(word, passages);
    }

    @Test
    void noWordIsAnOperator() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        String[] hostile = {
            "\"", "\"\"", "ti\"dy", "*", "ti*", "tidy*", "-tidy", "NOT", "AND", "OR", "NEAR", "NEAR(", "^tidy",
            "words:", "words : tidy", "{words}", "(", ")", "'", "';--", "%", "\\", "+", "", " ", "\ud83d\ude00",
            "\u6e05\u626b", "\u0000", "ti\u0000dy", "\u001b[31m", "\ud83d", "passage_words", "?1", "rank"
        };

        for (String word : hostile) {
            WordMatches matches = passages.byWords(List.of(word, "sweep"), 9);

            assertThat(matches.frequencies()).as(word).hasSize(2).containsEntry("sweep", 1L);
            assertThat(passages.found(matches.numbers()))
                    .as(word)
                    .extracting(FoundPassage::text)
                    .contains("sweep");
        }
    }

    @Test
    void fortyWordsAndALongOneAreLookedFor() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        List<String> words = new ArrayList<>(
                IntStream.range(0, 40).mapToObj(word -> "word" + word).toList());
        words.add("sweep");
        words.add("x".repeat(100_000));

        assertThat(passages.byWords(words, 9).numbers()).hasSize(1);
    }

    @Test
    void numbersThatAreGoneAreLeftOut() {
        String[] tasks =
                IntStream.range(0, 250).mapToObj(task -> "task " + task).toArray(String[]::new);
        recordAndTake(AGENT, NOON, tasks);
        recordAndTake(AGENT, LATER, "tidy");

        assertThat(passages.found(LongStream.rangeClosed(-5, 400).boxed().toList()))
                .extracting(FoundPassage::number)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 251).boxed().toList());
        assertThat(passages.found(List.of())).isEmpty();
        assertThat(passages.found(List.of(0L, Long.MAX_VALUE))).isEmpty();
    }

    @Test
    void theFieldsOfTheCurrentDocumentAloneCanBeAskedFor() {
        record(AGENT, NOON, "tidy", "sweep");
        Passage mission = new Passage(
                "mission:1", "mission", "the yard", passage("the yard").textSha256());
        Opened opened = queue.open(AGENT).orElseThrow();
        List<Passage> implied = Stream.concat(passages("tidy", "sweep").stream(), Stream.of(mission))
                .toList();
        queue.settle(opened, MODEL, embedded(queue.bring(opened, implied, MODEL)));
        queue.bring(opened, List.of(mission, passage("tidy")), MODEL);

        assertThat(texts(passages.of(AGENT))).containsExactly("sweep", "the yard", "tidy");
        assertThat(texts(passages.of(AGENT, List.of("current_task")))).containsExactly("tidy");
        assertThat(texts(passages.of(AGENT, List.of("mission", "current_task", "role"))))
                .containsExactly("the yard", "tidy");
        assertThat(passages.of(OTHER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text = NULL", "field = NULL", "agent_id = '../etc'", "agent_id = ''"})
    void aRowThatAHandMadeUnreadableIsLeftOut(String edit) {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        backend.sql("UPDATE agent_status SET " + edit);

        assertThat(texts(passages.found(List.of(1L, 2L)))).containsExactly("tidy");
        assertThat(texts(passages.of(AGENT))).containsExactly("tidy");
        assertThat(passages.of(AGENT, List.of("current_task"))).isEmpty();
        backend.sql("UPDATE past_passages SET agent_id = 'no/agent'");
        assertThat(passages.found(List.of(1L, 2L))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"number = 'x'", "revision = 'x'", "revision = NULL", "updated_at = 'noon'", "updated_at = 7"})
    void aRowWithAnOddNumberOrTimeDoesNotStopTheOthers(String edit) {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        if (!backend.isTaken("UPDATE agent_status SET " + edit + " WHERE text = 'tidy'")) {
            return;
        }

        assertThat(texts(passages.of(AGENT))).contains("sweep");
        assertThat(texts(passages.found(List.of(1L, 2L)))).contains("sweep");
        assertThat(vectorNumbers()).contains(found(AGENT, "sweep").number());
        assertThat(byWords("sweep")).containsExactly("sweep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "embedding = NULL",
                "embedding = zeroblob(256)",
                "embedding = x'010203'",
                "embedding = x''",
                "embedding = 'text'",
                "embedding = printf('%256s', 'as long as a vector')",
                "embedding = 12",
                "model = 'another/256'",
                "model = NULL"
            })
    void aVectorThatIsNoneIsNotInVectorsAndNullElsewhere(String edit) {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        recordAndTake(OTHER, NOON, "paint");
        for (String table : List.of("agent_status", "past_passages")) {
            if (!backend.isTaken("UPDATE " + table + " SET " + edit + " WHERE agent_id = 'Agent-7'")) {
                return;
            }
        }

        assertThat(vectorNumbers()).containsExactly(found(OTHER, "paint").number());
        assertThat(passages.of(AGENT)).hasSize(2).allMatch(passage -> passage.embedding() == null);
        assertThat(passages.found(List.of(1L, 2L))).hasSize(2).allMatch(passage -> passage.embedding() == null);
    }

    @Test
    void aSecondCallSeesWhatAnotherConnectionHasCommitted() {
        assertThat(passages.of(AGENT)).isEmpty();
        try (RollStore second = backend.open(SwarmName.DEFAULT)) {
            recordAndTake(AGENT, NOON, "tidy");
            assertThat(backend.passagesOf(second).of(AGENT)).isEqualTo(passages.of(AGENT));
            recordAndTake(OTHER, NOON, "paint");
            assertThat(backend.passagesOf(second).place().newest()).isEqualTo(2);
        }
    }

    @Test
    void anotherSwarmInTheSameDatabaseSeesNothing() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        try (RollStore night = backend.open(new SwarmName("night-shift"))) {
            RollPassages its = backend.passagesOf(night);
            assertThat(its.found(List.of(1L, 2L))).isEmpty();
            assertThat(its.of(AGENT)).isEmpty();
            assertThat(its.of(AGENT, List.of("current_task"))).isEmpty();
            assertThat(its.byWords(List.of("tidy", "sweep"), 9).numbers()).isEmpty();
            its.vectors(MODEL, 0, vector -> {
                throw new AssertionError("of another swarm");
            });
            Place ours = passages.place();
            assertThat(its.place())
                    .isEqualTo(
                            new Place("night-shift", ours.identity(), ours.model(), ours.dimension(), ours.newest()));
            backend.upkeepOf(night).forget(AGENT);
        }
        assertThat(passages.of(AGENT)).hasSize(2);
    }

    @Test
    void nothingOfAForgottenAgentsTextsIsLeftInTheDatabaseFiles() {
        recordAndTake(OTHER, NOON, "paint the fence");
        recordAndTake(AGENT, NOON, "tidy the xylophone", "sweep");
        recordAndTake(AGENT, LATER, "sweep the quagmire");
        record(AGENT, LATER.plusSeconds(60), "unembedded zeppelin");
        assertThat(backend.filesHold("xylophone")).isTrue();

        backend.upkeepOf(store).forget(AGENT);

        assertThat(queue.size()).isZero();
        assertThat(passages.of(AGENT)).isEmpty();
        assertThat(passages.byWords(List.of("xylophone", "quagmire", "sweep"), 9)
                        .frequencies()
                        .values())
                .containsOnly(0L);
        assertThat(backend.numberOf("SELECT count(*) FROM past_passages")).isZero();
        for (String word : List.of("xylophone", "xylophon", "quagmire", "quagmir", "zeppelin")) {
            assertThat(backend.filesHold(word)).as(word).isFalse();
        }
        assertThat(byWords("fence")).containsExactly("paint the fence");
        assertThat(backend.filesHold("fence")).isTrue();
    }
}
