package dev.rollcall.search;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.passages;
import static dev.rollcall.roll.ChangeFixtures.sighting;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.PassageQueue.Embedded;
import dev.rollcall.search.PassageQueue.Opened;
import dev.rollcall.search.PassageQueue.Waiting;
import dev.rollcall.search.RollPassages.FoundPassage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An empty roll whose texts can be embedded, and short ways to fill and to read it. */
abstract class PassageSetup {
    static final AgentId AGENT = new AgentId("Agent-7");
    static final AgentId OTHER = new AgentId("Agent-8");
    static final Instant LATER = NOON.plusSeconds(60);
    static final Embedder LETTERS = new LettersEmbedder();
    static final String MODEL = LETTERS.model();

    @TempDir
    Path folder;

    RollBackend backend;
    RollStore store;
    PassageQueue queue;
    RollPassages passages;

    /** A database of its own in this folder. */
    protected abstract RollBackend backendIn(Path folder);

    @BeforeEach
    void openStore() {
        backend = backendIn(folder);
        reopen();
        queue.demandModel(MODEL, LETTERS.dimension());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** As after the end of a process: nothing is remembered but what the database holds. */
    void reopen() {
        if (store != null) {
            store.close();
        }
        store = backend.open(SwarmName.DEFAULT);
        queue = backend.queueOf(store);
        passages = backend.passagesOf(store);
    }

    /** A document of these tasks. */
    long record(AgentId agent, Instant at, String... tasks) {
        long reading = store.standing(agent).map(Standing::reading).orElse(Standing.NEVER_READ);
        return ((RecordOutcome.Recorded) store.record(
                                List.of(accepted(sighting(agent.value(), reading, at), tasks.length, tasks)),
                                Durability.AT_ONCE)
                        .getFirst())
                .revision();
    }

    List<Waiting> bring(AgentId agent, String... tasks) {
        return queue.bring(queue.open(agent).orElseThrow(), passages(tasks), MODEL);
    }

    /** Takes the agent out of the queue. */
    void take(AgentId agent, String... tasks) {
        Opened opened = queue.open(agent).orElseThrow();
        queue.settle(opened, MODEL, embedded(queue.bring(opened, passages(tasks), MODEL)));
    }

    /** A document of these tasks, and its passages with all they wait for. */
    long recordAndTake(AgentId agent, Instant at, String... tasks) {
        long revision = record(agent, at, tasks);
        take(agent, tasks);
        return revision;
    }

    static List<Embedded> embedded(List<Waiting> waiting) {
        return waiting.stream()
                .map(passage -> new Embedded(passage, LETTERS.embed(PassageText.of(passage.field(), passage.text()))))
                .toList();
    }

    static List<Embedded> wordsOnly(List<Waiting> waiting) {
        return waiting.stream().map(passage -> new Embedded(passage, null)).toList();
    }

    static Embedding vectorOf(String task) {
        return LETTERS.embed(PassageText.of("current_task", task));
    }

    FoundPassage found(AgentId agent, String text) {
        return passages.of(agent).stream()
                .filter(passage -> passage.text().equals(text))
                .reduce((one, two) -> {
                    throw new AssertionError(one + " and " + two);
                })
                .orElseThrow(() -> new AssertionError(passages.of(agent).toString()));
    }

    static List<String> texts(List<FoundPassage> found) {
        return found.stream().map(FoundPassage::text).sorted().toList();
    }

    List<String> byWords(String... words) {
        return passages.byWords(List.of(words), 100).numbers().stream()
                .map(number -> passages.found(List.of(number)).getFirst().text())
                .toList();
    }

    List<Long> vectorNumbers() {
        List<Long> numbers = new ArrayList<>();
        passages.vectors(MODEL, 0, vector -> numbers.add(vector.number()));
        return numbers;
    }
}
