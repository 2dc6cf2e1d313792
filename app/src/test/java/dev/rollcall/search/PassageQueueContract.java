package dev.rollcall.search;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.forced;
import static dev.rollcall.roll.ChangeFixtures.passage;
import static dev.rollcall.roll.ChangeFixtures.passages;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.PassageQueue.Embedded;
import dev.rollcall.search.PassageQueue.Opened;
import dev.rollcall.search.PassageQueue.Waiting;
import dev.rollcall.search.RollPassages.When;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link PassageQueue} promises, sentence by sentence. A backend only subclasses this. */
public abstract class PassageQueueContract extends PassageSetup {
    @Test
    void recordingPutsAnAgentInTheQueueInTheTransactionOfTheChangeItself() {
        backend.refuse("INSERT", "agent_status", "new.agent_id = '" + OTHER + "'");
        record(AGENT, NOON, "tidy");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> record(OTHER, NOON, "mend"));

        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.queued(null, 10)).containsExactly(AGENT);
    }

    @Test
    void agentsThatWaitComeByIdAboveTheGivenOneSoManyAtMost() {
        for (String id : List.of("Agent-3", "Agent-1", "Agent-10", "Agent-2")) {
            record(new AgentId(id), NOON, "tidy");
        }

        assertThat(queue.queued(null, 2)).containsExactly(new AgentId("Agent-1"), new AgentId("Agent-10"));
        assertThat(queue.queued(new AgentId("Agent-10"), 9))
                .containsExactly(new AgentId("Agent-2"), new AgentId("Agent-3"));
        assertThat(queue.queued(new AgentId("Agent-3"), 9)).isEmpty();
    }

    @Test
    void openBringAndSettleTakeOneAgentOutOfTheQueue() {
        record(OTHER, NOON, "mend");
        long revision = record(AGENT, NOON, "tidy", "sweep");

        Opened opened = queue.open(AGENT).orElseThrow();
        assertThat(opened.revision()).isEqualTo(revision);
        assertThat(opened.document().text()).contains("\"tidy\", \"sweep\"");
        List<Waiting> waiting = queue.bring(opened, passages("tidy", "sweep"), MODEL);
        assertThat(waiting)
                .extracting(Waiting::key)
                .containsExactlyInAnyOrder(
                        passage("tidy").key(), passage("sweep").key());
        queue.settle(opened, MODEL, embedded(waiting));

        assertThat(queue.queued(null, 9)).containsExactly(OTHER);
        assertThat(found(AGENT, "sweep").embedding()).isEqualTo(vectorOf("sweep"));
        assertThat(byWords("tidy")).containsExactly("tidy");
        assertThat(vectorNumbers()).hasSize(2);
    }

    @Test
    void aSettleThatFailsHalfwayWritesNothing() {
        record(AGENT, NOON, "tidy", "sweep");
        List<Embedded> embedded = embedded(bring(AGENT, "tidy", "sweep"));
        String text = embedded.getLast().passage().text();
        backend.refuse("UPDATE", "agent_status", "new.text = '" + text + "' AND new.number IS NOT NULL");
        Opened opened = queue.open(AGENT).orElseThrow();

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> queue.settle(opened, MODEL, embedded));

        assertThat(passages.of(AGENT)).isEmpty();
        assertThat(passages.byWords(List.of("tidy", "sweep"), 9).numbers()).isEmpty();
        assertThat(passages.place().newest()).isZero();
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
    }

    @Test
    void anAgentOfWhichSomethingStillWaitsStaysInTheQueue() {
        record(AGENT, NOON, "tidy", "sweep");
        Opened opened = queue.open(AGENT).orElseThrow();
        List<Waiting> waiting = queue.bring(opened, passages("tidy", "sweep"), MODEL);
        queue.settle(opened, MODEL, embedded(waiting.subList(0, 1)));
        assertThat(queue.size()).isEqualTo(1);
        assertThat(bring(AGENT, "tidy", "sweep")).isEqualTo(waiting.subList(1, 2));

        queue.settle(opened, MODEL, embedded(waiting.subList(1, 2)));
        assertThat(queue.size()).isZero();
    }

    @Test
    void aSecondCallKeepsNumberAndVector() {
        record(AGENT, NOON, "tidy");
        Opened opened = queue.open(AGENT).orElseThrow();
        List<Waiting> waiting = queue.bring(opened, passages("tidy"), MODEL);
        queue.settle(opened, MODEL, embedded(waiting));
        var first = passages.of(AGENT);

        queue.settle(opened, MODEL, List.of(new Embedded(waiting.getFirst(), LETTERS.embed("something else"))));
        queue.settle(opened, "", wordsOnly(waiting));
        assertThat(queue.bring(opened, passages("tidy"), MODEL)).isEmpty();

        assertThat(passages.of(AGENT)).isEqualTo(first);
        assertThat(passages.place().newest()).isEqualTo(1);
    }

    @Test
    void twoThatTakeTheSameAgentHarmNothing() {
        record(AGENT, NOON, "tidy", "sweep");
        try (RollStore second = backend.open(SwarmName.DEFAULT)) {
            PassageQueue its = backend.queueOf(second);
            Opened ours = queue.open(AGENT).orElseThrow();
            Opened theirs = its.open(AGENT).orElseThrow();
            List<Waiting> waiting = queue.bring(ours, passages("tidy", "sweep"), MODEL);
            assertThat(its.bring(theirs, passages("tidy", "sweep"), MODEL)).isEqualTo(waiting);
            queue.settle(ours, MODEL, embedded(waiting));
            var settled = passages.of(AGENT);

            its.settle(theirs, MODEL, embedded(waiting));

            assertThat(passages.of(AGENT)).isEqualTo(settled);
            assertThat(queue.size()).isZero();
            assertThat(backend.numberOf("SELECT count(*) FROM passage_words")).isEqualTo(2);
        }
    }

    @Test
    void afterAnEndBetweenAnyTwoCallsTheAgentIsStillQueued() {
        record(AGENT, NOON, "tidy");
        assertThat(queue.open(AGENT)).isPresent();
        reopen();
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
        bring(AGENT, "tidy");
        reopen();
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);

        take(AGENT, "tidy");
        reopen();
        assertThat(queue.size()).isZero();
        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
    }

    @Test
    void anAgentWithoutARowOrADocumentLeavesTheQueueWhenItIsOpened() {
        record(AGENT, NOON, "tidy");
        backend.sql("UPDATE agent_workspaces SET document = NULL");
        backend.sql("INSERT INTO passage_queue (swarm, agent_id) VALUES ('default', 'Agent-8')");
        assertThat(queue.size()).isEqualTo(2);

        assertThat(queue.open(AGENT)).isEmpty();
        assertThat(queue.open(OTHER)).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'{'", "'[1]'", "''", "x'00ff'", "7"})
    void anAgentWhoseDocumentAHandHasMadeUnreadableLeavesTheQueueAndAForcedSyncQueuesItAgain(String document) {
        var change = accepted(sighting(AGENT.value(), Standing.NEVER_READ, NOON), 1, "tidy");
        store.record(List.of(change), Durability.AT_ONCE);
        if (!backend.isTaken("UPDATE agent_workspaces SET document = " + document)) {
            return;
        }

        assertThat(new Indexing(queue, LETTERS).drain(Indexing.Progress.NONE, () -> false))
                .isZero();
        assertThat(queue.size()).isZero();

        long reading = store.standing(AGENT).orElseThrow().reading();
        store.record(List.of(forced(accepted(sighting(AGENT.value(), reading, NOON), 1, "tidy"))), Durability.AT_ONCE);
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
        assertThat(queue.open(AGENT)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'no/agent'", "''", "x'4167656e742d37'", "x'00'", "' '"})
    void whatCanNotBeAnAgentsIdLeavesTheQueueWhenItIsMet(String id) {
        record(AGENT, NOON, "tidy");
        if (!backend.isTaken("INSERT INTO passage_queue (swarm, agent_id) VALUES ('default', " + id + ")")) {
            return;
        }
        assertThat(queue.size()).isEqualTo(2);

        assertThat(queue.queued(null, 1)).containsExactly(AGENT);
        assertThat(queue.queued(AGENT, 1)).isEmpty();

        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void aPassageThatWentWhileItWasEmbeddedIsPassedOver() {
        record(AGENT, NOON, "tidy");
        List<Embedded> embedded = embedded(bring(AGENT, "tidy"));
        backend.sql("DELETE FROM agent_status");

        queue.settle(queue.open(AGENT).orElseThrow(), MODEL, embedded);

        assertThat(passages.of(AGENT)).isEmpty();
        assertThat(passages.byWords(List.of("tidy"), 9).numbers()).isEmpty();
    }

    @Test
    void anAgentThatChangedWhileItWasEmbeddedIsStillQueued() {
        record(AGENT, NOON, "tidy");
        Opened opened = queue.open(AGENT).orElseThrow();
        List<Embedded> embedded = embedded(queue.bring(opened, passages("tidy"), MODEL));
        record(AGENT, LATER, "tidy", "sweep");

        queue.settle(opened, MODEL, embedded);

        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
        assertThat(bring(AGENT, "tidy", "sweep")).extracting(Waiting::text).containsExactly("sweep");
    }

    /** What it says outside the known members has not been brought yet, though nothing else of it waits. */
    @Test
    void anAgentWhoseNewDocumentSaysNothingNewInItsKnownMembersIsStillQueuedToo() {
        record(AGENT, NOON, "tidy", "sweep");
        Opened opened = queue.open(AGENT).orElseThrow();
        List<Embedded> embedded = embedded(queue.bring(opened, passages("tidy", "sweep"), MODEL));
        record(AGENT, LATER, "tidy");

        queue.settle(opened, MODEL, embedded);

        assertThat(bring(AGENT, "tidy")).isEmpty();
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
    }

    @Test
    void aPassageWhoseTextChangedWhileItWasEmbeddedDoesNotTakeTheVectorOfTheOther() {
        record(AGENT, NOON, "tidy");
        List<Embedded> embedded = embedded(bring(AGENT, "tidy"));
        backend.sql("UPDATE agent_status SET text = 'forged'");

        queue.settle(queue.open(AGENT).orElseThrow(), MODEL, embedded);

        assertThat(passages.of(AGENT)).isEmpty();
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
    }

    @Test
    void passagesBecomeWhatTheDocumentImpliesTextsOutsideTheKnownMembersToo() {
        record(AGENT, NOON, "tidy");
        Opened opened = queue.open(AGENT).orElseThrow();

        List<Waiting> waiting = queue.bring(opened, List.of(passage("tidy"), further("mend it")), MODEL);
        assertThat(waiting).extracting(Waiting::text).containsExactlyInAnyOrder("tidy", "mend it");
        queue.settle(opened, MODEL, embedded(waiting));
        queue.bring(opened, List.of(passage("tidy"), further("paint it")), MODEL);

        assertThat(store.stored(AGENT).orElseThrow().passages())
                .extracting(row -> row.passage().text())
                .containsExactlyInAnyOrder("tidy", "paint it");
        assertThat(found(AGENT, "mend it").when()).isEqualTo(When.BEFORE);
    }

    @Test
    void nothingIsBroughtOfADocumentThatIsNoLongerTheLatest() {
        record(AGENT, NOON, "tidy");
        Opened opened = queue.open(AGENT).orElseThrow();
        long newer = record(AGENT, LATER, "tidy", "sweep");

        queue.bring(opened, List.of(passage("tidy"), further("of the older one")), MODEL);

        assertThat(store.stored(AGENT).orElseThrow().passages())
                .allMatch(row -> row.revision() == newer)
                .extracting(row -> row.passage().text())
                .containsExactlyInAnyOrder("tidy", "sweep");
    }

    @Test
    void aTextThatIsEmbeddedAnywhereTakesThatVectorUnderTheSameLabelAndModel() {
        recordAndTake(AGENT, NOON, "tidy", "sweep");
        recordAndTake(AGENT, LATER, "tidy");
        record(OTHER, NOON, "tidy", "sweep", "mend");
        Opened opened = queue.open(OTHER).orElseThrow();

        assertThat(queue.bring(opened, passages("tidy", "sweep", "mend"), "another/256"))
                .hasSize(3);
        assertThat(queue.bring(opened, passages("tidy", "sweep", "mend"), MODEL))
                .extracting(Waiting::text)
                .containsExactly("mend");

        assertThat(found(OTHER, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
        assertThat(found(OTHER, "sweep").embedding()).isEqualTo(vectorOf("sweep"));
        assertThat(byWords("sweep")).hasSize(2);
    }

    @Test
    void aTextUnderAnotherLabelIsEmbeddedAnewAndUnderTheSameLastNameItIsNot() {
        recordAndTake(AGENT, NOON, "tidy the yard");
        record(OTHER, NOON, "mend");
        Passage note = further("log.note", "tidy the yard");
        Passage task = further("log.current_task", "tidy the yard");

        assertThat(queue.bring(queue.open(OTHER).orElseThrow(), List.of(passage("mend"), note, task), MODEL))
                .extracting(Waiting::key)
                .containsExactlyInAnyOrder(passage("mend").key(), note.key());
    }

    @Test
    void pastWorkWaitsAsWell() {
        record(AGENT, NOON, "tidy");
        record(AGENT, LATER, "sweep");

        take(AGENT, "sweep");

        assertThat(queue.size()).isZero();
        assertThat(found(AGENT, "tidy").when()).isEqualTo(When.BEFORE);
        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
        assertThat(byWords("tidy")).containsExactly("tidy");
    }

    @Test
    void withoutVectorsOnlyWordsAreWrittenAndTheAgentStaysQueued() {
        record(AGENT, NOON, "tidy");
        Opened opened = queue.open(AGENT).orElseThrow();
        queue.settle(opened, "", wordsOnly(queue.bring(opened, passages("tidy"), "")));

        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
        assertThat(byWords("tidy")).containsExactly("tidy");
        assertThat(found(AGENT, "tidy").embedding()).isNull();
        assertThat(vectorNumbers()).isEmpty();
        long number = found(AGENT, "tidy").number();

        take(AGENT, "tidy");

        assertThat(queue.size()).isZero();
        assertThat(byWords("tidy")).containsExactly("tidy");
        assertThat(passages.byWords(List.of("tidy"), 9).frequencies()).containsEntry("tidy", 1L);
        assertThat(vectorNumbers()).hasSize(1).allMatch(its -> its > number);
        assertThat(passages.found(List.of(number))).isEmpty();
    }

    @Test
    void anotherSwarmHasAQueueOfItsOwn() {
        record(AGENT, NOON, "tidy");
        try (RollStore night = backend.open(new SwarmName("night-shift"))) {
            PassageQueue its = backend.queueOf(night);
            assertThat(its.size()).isZero();
            assertThat(its.queued(null, 9)).isEmpty();
            assertThat(its.open(AGENT)).isEmpty();
        }
        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
    }

    private static Passage further(String text) {
        return further("notes", text);
    }

    private static Passage further(String path, String text) {
        String key = "text:" + passage(path + "\n" + text).textSha256().substring(0, 16);
        return new Passage(key, path, text, passage(text).textSha256());
    }
}
