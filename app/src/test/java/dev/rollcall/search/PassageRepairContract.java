package dev.rollcall.search;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.passages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.PassageQueue.Opened;
import dev.rollcall.search.PassageQueue.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link PassageQueue#demandModel} queues, and what hands may do to the entries. A backend only subclasses this. */
public abstract class PassageRepairContract extends PassageSetup {
    private static final int DIMENSION = LETTERS.dimension();

    @Test
    void demandingTheModelThatAllEntriesHaveQueuesNobody() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        var before = passages.of(AGENT);

        queue.demandModel(MODEL, DIMENSION);

        assertThat(queue.size()).isZero();
        assertThat(passages.of(AGENT)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "embedding = NULL",
                "embedding = NULL, model = NULL",
                "number = NULL",
                "model = 'another/256'",
                "model = NULL",
                "embedding = x'0102'",
                "embedding = zeroblob(256)",
                "embedding = 'no vector'",
                "embedding = 7"
            })
    void whatLacksAVectorOfTheModelWaitsAndIsMended(String edit) {
        recordAndTake(OTHER, NOON, "mend");
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        for (String table : List.of("agent_status", "past_passages")) {
            if (!backend.isTaken("UPDATE " + table + " SET " + edit + " WHERE agent_id = 'Agent-7'")) {
                return;
            }
        }

        queue.demandModel(MODEL, DIMENSION);
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
        take(AGENT, "sweep");

        assertThat(queue.size()).isZero();
        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
        assertThat(found(AGENT, "sweep").embedding()).isEqualTo(vectorOf("sweep"));
        assertThat(byWords("tidy", "sweep", "mend")).containsExactlyInAnyOrder("tidy", "sweep", "mend");
        assertThat(vectorNumbers()).hasSize(3);
        queue.demandModel(MODEL, DIMENSION);
        assertThat(queue.size()).isZero();
    }

    @Test
    void whatLacksWordsGetsThemBackAndNothingIsEmbeddedForThat() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        backend.sql("DELETE FROM passage_words");

        queue.demandModel(MODEL, DIMENSION);
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
        assertThat(bring(AGENT, "sweep")).isEmpty();
        take(AGENT, "sweep");

        assertThat(queue.size()).isZero();
        assertThat(byWords("tidy", "sweep")).containsExactlyInAnyOrder("tidy", "sweep");
        assertThat(vectorNumbers()).hasSize(2);
    }

    @Test
    void wordsAreMendedWithoutAModelToo() {
        recordAndTake(AGENT, NOON, "tidy");
        backend.sql("DELETE FROM passage_words");
        queue.demandModel(MODEL, DIMENSION);

        Opened opened = queue.open(AGENT).orElseThrow();
        queue.settle(opened, "", wordsOnly(queue.bring(opened, passages("tidy"), "")));

        assertThat(queue.size()).isZero();
        assertThat(byWords("tidy")).containsExactly("tidy");
        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
    }

    @Test
    void anotherModelMakesEverythingWaitAndThePlaceTellsIt() {
        recordAndTake(AGENT, NOON, "tidy");

        queue.demandModel("another/3", 3);

        assertThat(passages.place().model()).isEqualTo("another/3");
        assertThat(passages.place().dimension()).isEqualTo(3);
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
        assertThat(found(AGENT, "tidy").embedding()).isNull();
        assertThat(vectorNumbers()).isEmpty();
        assertThat(queue.bring(queue.open(AGENT).orElseThrow(), passages("tidy"), "another/3"))
                .extracting(Waiting::text)
                .containsExactly("tidy");
    }

    /** The model in use is the database's. */
    @Test
    void anotherModelMakesTheOtherSwarmsWaitToo() {
        try (RollStore night = backend.open(new SwarmName("night-shift"))) {
            recordAndTake(AGENT, NOON, "tidy");

            backend.queueOf(night).demandModel("another/3", 3);

            assertThat(queue.queued(null, 9)).containsExactly(AGENT);
            assertThat(backend.queueOf(night).size()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text = 'forged words'",
                "text = NULL",
                "field = NULL",
                "text_sha256 = NULL",
                "text_sha256 = '00'",
                "text = x'00ff'"
            })
    void whatAHandWroteDoesNotBecomePastWork(String edit) {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        if (!backend.isTaken("UPDATE agent_status SET " + edit + " WHERE text = 'tidy'")) {
            return;
        }

        recordAndTake(AGENT, LATER, "sweep");

        assertThat(backend.numberOf("SELECT count(*) FROM past_passages")).isZero();
        assertThat(texts(passages.of(AGENT))).containsExactly("sweep");
        assertThat(passages.byWords(List.of("tidy", "forged"), 9).frequencies())
                .containsEntry("tidy", 0L)
                .containsEntry("forged", 0L);
    }

    @Test
    void anEditedRowOfATextThatStaysIsWrittenAnewWithItsOwnVector() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        backend.sql("UPDATE agent_status SET text = 'forged' WHERE text = 'tidy'");

        recordAndTake(AGENT, LATER, "tidy", "sweep", "mend");

        assertThat(texts(passages.of(AGENT))).containsExactly("mend", "sweep", "tidy");
        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
    }

    /** Past work that a hand rewrote has the vector of another text. */
    @Test
    void aTextThatComesBackTakesNothingFromPastWorkThatWasRewritten() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        backend.sql("UPDATE past_passages SET text = 'forged', embedding = NULL");
        queue.demandModel(MODEL, DIMENSION);
        take(AGENT, "sweep");

        recordAndTake(AGENT, LATER.plusSeconds(1), "tidy", "sweep", "mend");

        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
        assertThat(byWords("tidy")).containsExactly("tidy");
        assertThat(passages.byWords(List.of("forged"), 9).numbers()).isEmpty();
    }

    /** The texts of the two have one label, so that either could have taken the other's vector. */
    @Test
    void aVectorThatAHandPutThereIsTakenByNoOtherPassage() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        backend.sql("UPDATE agent_status SET embedding = (SELECT embedding FROM agent_status WHERE text = 'sweep')"
                + " WHERE text = 'tidy'");
        record(OTHER, NOON, "tidy", "sweep");

        assertThat(bring(OTHER, "tidy", "sweep")).extracting(Waiting::text).containsExactly("tidy");
        take(OTHER, "tidy", "sweep");

        assertThat(found(OTHER, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
        assertThat(found(OTHER, "sweep").embedding()).isEqualTo(vectorOf("sweep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"field = NULL", "agent_id = 'no/agent'", "proof = NULL", "field = x'00'"})
    void fromARowThatAHandEditedNothingIsTaken(String edit) {
        recordAndTake(AGENT, NOON, "tidy");
        if (!backend.isTaken("UPDATE agent_status SET " + edit)) {
            return;
        }
        record(OTHER, NOON, "tidy");

        assertThat(bring(OTHER, "tidy")).extracting(Waiting::text).containsExactly("tidy");
    }

    @Test
    void aTextThatComesBackDoesNotTakeAVectorThatAHandPutThere() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "sweep");
        backend.sql("UPDATE past_passages SET embedding = (SELECT embedding FROM agent_status WHERE text = 'sweep')");

        recordAndTake(AGENT, LATER.plusSeconds(1), "tidy", "sweep");

        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
        assertThat(byWords("tidy")).containsExactly("tidy");
    }

    @Test
    void whatAHandMovedToAnotherKeyDoesNotBecomePastWork() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        backend.sql("UPDATE agent_status SET passage = 'text:forged' WHERE text = 'tidy'");

        recordAndTake(AGENT, LATER, "sweep");

        assertThat(backend.numberOf("SELECT count(*) FROM past_passages")).isZero();
    }
}
