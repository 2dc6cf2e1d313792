package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.passage;
import static dev.rollcall.roll.ChangeFixtures.sighting;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.PassageQueue.Embedded;
import dev.rollcall.search.PassageQueue.Waiting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An empty roll, and short ways to fill and to read it. */
abstract class RollStoreSetup {
    static final AgentId AGENT = new AgentId("Agent-7");
    static final Instant LATER = NOON.plusSeconds(60);

    @TempDir
    Path folder;

    RollBackend backend;
    RollStore store;

    /** A database of its own in this folder. */
    protected abstract RollBackend backendIn(Path folder);

    @BeforeEach
    void openStore() {
        backend = backendIn(folder);
        store = backend.open(SwarmName.DEFAULT);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    RollQuery query() {
        return backend.queryOf(store);
    }

    RecordOutcome record(RollChange change) {
        return store.record(List.of(change), Durability.AT_ONCE).getFirst();
    }

    /** A look at the agent's file by somebody who knows the roll as it is. */
    Sighting next(Instant at) {
        long reading = store.standing(AGENT).map(Standing::reading).orElse(Standing.NEVER_READ);
        return sighting(AGENT.value(), reading, at);
    }

    List<String> passageTexts() {
        return store.stored(AGENT).orElseThrow().passages().stream()
                .map(row -> row.passage().text())
                .sorted()
                .toList();
    }

    StoredAgent.PassageRow passageRow(String text) {
        return store.stored(AGENT).orElseThrow().passages().stream()
                .filter(row -> row.passage().equals(passage(text)))
                .findFirst()
                .orElseThrow();
    }

    void embed(String text) {
        PassageQueue queue = backend.queueOf(store);
        queue.demandModel("test", 2);
        Passage passage = ChangeFixtures.passage(text);
        Waiting waiting = new Waiting(passage.key(), passage.field(), passage.text());
        Embedding vector = Embedding.ofBytes(new byte[] {1, 2});
        queue.settle(queue.open(AGENT).orElseThrow(), "test", List.of(new Embedded(waiting, vector)));
    }

    byte[] bytesOf(long revision) {
        return ((StoredDocument.Intact) store.document(AGENT, revision)).bytes();
    }
}
