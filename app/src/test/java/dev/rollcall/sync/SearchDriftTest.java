package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.search.Embedder;
import dev.rollcall.search.Indexing;
import dev.rollcall.search.LettersEmbedder;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.store.HandEdit;
import dev.rollcall.sync.Drift.Where;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Search entries under verification: while they wait, when they are complete, and after a hand has been at them. */
class SearchDriftTest {
    private static final Embedder LETTERS = new LettersEmbedder();

    /** Two passages of known members, and further ones: the profile and two notes. */
    private static final String DOCUMENT = """
            {"status": "ACTIVE", "cycle_count": 4, "agent_name": "Ada", "current_mission": "Keep the roll true",
             "notes": {"today": "mended the north gate"}, "lessons": ["never trust a clock", 7]}
            """;

    private static final int KNOWN = 2;
    private static final int FURTHER = 3;

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void sync() {
        workshop = new Workshop(folder);
        workshop.write("Ada", DOCUMENT);
        workshop.write("Bo", "{\"status\": \"IDLE\", \"current_phase\": \"resting now\"}");
        workshop.syncAll();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private void index() {
        PassageQueue queue = workshop.store().passageQueue();
        queue.demandModel(LETTERS.model(), LETTERS.dimension());
        new Indexing(queue, LETTERS).drain(Indexing.Progress.NONE, () -> false);
        assertThat(queue.size()).isZero();
    }

    private void edit(String statement) {
        HandEdit.apply(workshop.database.toString(), statement);
    }

    private int entries() {
        return workshop.store()
                .stored(new AgentId("Ada"))
                .orElseThrow()
                .passages()
                .size();
    }

    @Test
    void whatWaitsIsPendingAndNoDrift() {
        Verification ada = workshop.verify("Ada");

        assertThat(ada.isClean()).isTrue();
        assertThat(ada.verdict()).isEqualTo(Verdict.SYNCED);
        assertThat(ada.searchPending()).isEqualTo(KNOWN);
        assertThat(entries()).isEqualTo(KNOWN);
    }

    @Test
    void onceNothingWaitsEveryEntryIsComparedAndNoneIsPending() {
        index();

        assertThat(workshop.verifyAll()).allSatisfy(agent -> {
            assertThat(agent.isClean()).isTrue();
            assertThat(agent.searchPending()).isZero();
        });
        assertThat(entries()).isEqualTo(KNOWN + FURTHER);
    }

    @Test
    void afterAChangeTheEntriesOfTheOldTextsWaitToGoAndAreNoDrift() {
        index();
        workshop.write("Ada", DOCUMENT.replace("north gate", "south gate").replace("Keep", "Make"));
        workshop.syncAll();

        Verification ada = workshop.verify("Ada");
        assertThat(ada.isClean()).isTrue();
        assertThat(ada.searchPending()).isEqualTo(1);

        index();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        assertThat(entries()).isEqualTo(KNOWN + FURTHER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DELETE FROM agent_status WHERE text = 'mended the north gate' | passage
                    DELETE FROM agent_status WHERE field = 'profile' AND agent_id = 'Ada' | passage
                    DELETE FROM agent_status WHERE agent_id = 'Ada' | passage
                    UPDATE agent_status SET text = 'forged' WHERE field = 'notes.today' | text
                    UPDATE agent_status SET text_sha256 = '00' WHERE field = 'lessons' | text_sha256
                    UPDATE agent_status SET field = 'profile' WHERE field = 'lessons' | field
                    UPDATE agent_status SET revision = 99 WHERE field = 'lessons' | revision
                    UPDATE agent_status SET passage = 'text:forged' WHERE field = 'lessons' | passage
                    INSERT INTO agent_status (swarm, agent_id, passage, field, text, text_sha256, revision, updated_at) VALUES ('default', 'Ada', 'text:forged', 'notes', 'the captain', '00', 1, '2026-01-01') | passage
                    UPDATE agent_status SET embedding = zeroblob(256) WHERE field = 'lessons' | embedding
                    UPDATE agent_status SET embedding = x'0102' WHERE field = 'mission' | embedding
                    UPDATE agent_status SET embedding = printf('%256s', 'no vector') WHERE field = 'lessons' | embedding
                    UPDATE agent_status SET model = 'another/256' WHERE field = 'lessons' | embedding
                    UPDATE agent_status SET model = NULL WHERE field = 'profile' AND agent_id = 'Ada' | embedding
                    UPDATE agent_status SET embedding = (SELECT embedding FROM agent_status WHERE agent_id = 'Bo' LIMIT 1) WHERE field = 'lessons' | embedding
                    UPDATE agent_status SET embedding = (SELECT embedding FROM agent_status WHERE agent_id = 'Bo' LIMIT 1), proof = (SELECT proof FROM agent_status WHERE agent_id = 'Bo' LIMIT 1) WHERE field = 'mission' | embedding
                    UPDATE agent_status SET proof = NULL WHERE field = 'lessons' | embedding
                    DELETE FROM passage_words WHERE rowid = (SELECT number FROM agent_status WHERE field = 'lessons') | words
                    DELETE FROM passage_words WHERE rowid IN (SELECT number FROM agent_status WHERE agent_id = 'Ada') | words
                    UPDATE passage_words SET words = 'forged' WHERE rowid = (SELECT number FROM agent_status WHERE field = 'lessons') | words
                    UPDATE agent_status SET number = 99 WHERE field = 'lessons' | words
                    UPDATE agent_status SET number = 'x' WHERE field = 'lessons' | words
                    """)
    void anEditOfACompleteAgentsEntryIsNamedAndMended(String statement, String field) {
        index();
        edit(statement);

        Verification ada = workshop.verify("Ada");
        assertThat(ada.verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(ada.drift())
                .isNotEmpty()
                .allSatisfy(drift -> assertThat(drift.where()).isEqualTo(Where.SEARCH));
        assertThat(ada.drift()).extracting(Drift::field).contains(field);
        assertThat(workshop.verify("Bo").isClean()).isTrue();

        workshop.force();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        index();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        assertThat(workshop.verify("Ada").searchPending()).isZero();
        assertThat(entries()).isEqualTo(KNOWN + FURTHER);
    }

    /** With work that has left the document: one text that was a mission, and one that was a note. */
    private void leaveWork() {
        index();
        workshop.write(
                "Ada", DOCUMENT.replace("Keep the roll", "Make the bread").replace("north gate", "south gate"));
        workshop.syncAll();
        index();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
    }

    private int pastWork() {
        return workshop.store().stored(new AgentId("Ada")).orElseThrow().past().size();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    UPDATE past_passages SET text = 'forged' WHERE field = 'mission' | past_passage | 1
                    INSERT INTO past_passages (swarm, agent_id, passage, field, text, text_sha256, revision, left_at) VALUES ('default', 'Ada', 'mission:b2a7f3a6e2f5d6b1', 'mission', 'the captain', '00', 1, '2026-01-01T00:00:00Z') | past_passage | 0
                    UPDATE past_passages SET field = 'blocker' WHERE field = 'mission' | past_passage | 1
                    UPDATE past_passages SET text_sha256 = '00' WHERE field = 'mission' | past_passage | 1
                    UPDATE past_passages SET revision = 99 WHERE field = 'mission' | past_passage | 1
                    UPDATE past_passages SET left_at = '2020-01-01T00:00:00Z' WHERE field = 'mission' | past_passage | 1
                    UPDATE past_passages SET passage = 'mission:forged' WHERE field = 'mission' | past_passage | 1
                    UPDATE past_passages SET seal = NULL WHERE field = 'mission' | past_passage | 1
                    INSERT INTO past_passages (swarm, agent_id, passage, field, text, text_sha256, revision, left_at, seal) SELECT 'default', 'Ada', passage, field, text, text_sha256, revision, '2026-01-01T00:00:00Z', proof FROM agent_status WHERE agent_id = 'Bo' AND field = 'phase' | past_passage | 0
                    INSERT INTO past_passages (swarm, agent_id, passage, field, text, text_sha256, revision, left_at, model, embedding, proof, seal) SELECT swarm, agent_id, (SELECT passage FROM agent_status WHERE agent_id = 'Ada' AND field = 'mission'), field, text, text_sha256, revision, left_at, model, embedding, proof, seal FROM past_passages WHERE field = 'mission' | past_passage | 0
                    UPDATE past_passages SET embedding = (SELECT embedding FROM agent_status WHERE agent_id = 'Bo' LIMIT 1) WHERE field = 'mission' | embedding | 0
                    DELETE FROM passage_words WHERE rowid IN (SELECT number FROM past_passages) | words | 0
                    """)
    void anEditOfPastWorkIsNamedAndMended(String statement, String field, int lost) {
        leaveWork();
        int before = pastWork();
        edit(statement);

        Verification ada = workshop.verify("Ada");
        assertThat(ada.verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(ada.drift()).isNotEmpty().allSatisfy(drift -> {
            assertThat(drift.where()).isEqualTo(Where.SEARCH);
            assertThat(drift.field()).isEqualTo(field);
            assertThat(drift.expected()).isNotEqualTo(drift.actual());
        });
        assertThat(workshop.verify("Bo").isClean()).isTrue();

        workshop.force();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        index();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        assertThat(pastWork()).isEqualTo(before - lost);
    }

    @Test
    void workThatLeftBeforeItWasEmbeddedIsPastWorkLikeAnyOther() {
        workshop.write("Ada", DOCUMENT.replace("Keep", "Make"));
        workshop.syncAll();

        assertThat(pastWork()).isEqualTo(1);
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        workshop.force();
        index();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        assertThat(pastWork()).isEqualTo(1);
    }

    @Test
    void aVectorOfAnotherModelIsDrawnAnewForPastWorkToo() {
        leaveWork();
        int before = pastWork();
        workshop.store().passageQueue().demandModel("another/3", 3);

        assertThat(workshop.verify("Ada").isClean()).isTrue();
        index();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        assertThat(pastWork()).isEqualTo(before);
    }

    @Test
    void anAgentThatVerifiesWhileItsIndexOfWordsIsDamagedIsNotRefused() {
        index();
        edit("DELETE FROM passage_words_data");

        assertThat(workshop.verify("Ada").isClean()).isTrue();
        index();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
    }

    @Test
    void aVectorThatIsGoneIsPendingAndNoDrift() {
        index();
        edit("UPDATE agent_status SET embedding = NULL, model = NULL WHERE field = 'lessons'");

        assertThat(workshop.verify("Ada").isClean()).isTrue();
        assertThat(workshop.verify("Ada").searchPending()).isEqualTo(1);
        index();
        assertThat(workshop.verify("Ada").searchPending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE agent_status SET text = 'forged' WHERE field = 'mission'",
                "DELETE FROM agent_status WHERE field = 'mission'",
                "UPDATE agent_status SET passage = 'mission:forged' WHERE field = 'mission'",
                "INSERT INTO agent_status (swarm, agent_id, passage, field, text, text_sha256, revision, updated_at)"
                        + " VALUES ('default', 'Ada', 'mission:forged', 'mission', 'rest', '00', 1, '2026-01-01')"
            })
    void anEditOfAKnownMembersEntryIsDriftWhileTheAgentWaitsToo(String statement) {
        edit(statement);

        assertThat(workshop.verify("Ada").drift())
                .isNotEmpty()
                .allSatisfy(drift -> assertThat(drift.where()).isEqualTo(Where.SEARCH));
        workshop.force();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        assertThat(workshop.verify("Ada").searchPending()).isEqualTo(KNOWN);
    }

    @Test
    void anAgentTakenOffTheQueueByHandLacksItsFurtherEntries() {
        edit("DELETE FROM passage_queue");

        assertThat(workshop.verify("Ada").drift()).hasSize(FURTHER).allSatisfy(drift -> {
            assertThat(drift.field()).isEqualTo("passage");
            assertThat(drift.actual()).isNull();
        });
        assertThat(workshop.verify("Ada").drift())
                .extracting(Drift::expected)
                .containsExactlyInAnyOrderElementsOf(
                        List.of("Ada, Keep the roll true", "mended the north gate", "never trust a clock"));
        workshop.force();
        index();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
        assertThat(entries()).isEqualTo(KNOWN + FURTHER);
    }
}
