package dev.rollcall.sync;

import static dev.rollcall.git.CommittedRepository.Change.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.document.AgentId;
import dev.rollcall.git.CommittedRepository;
import dev.rollcall.git.GitHistory;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollArchive;
import dev.rollcall.search.Embedder;
import dev.rollcall.search.Indexing;
import dev.rollcall.search.LettersEmbedder;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What committed versions said is past work, whatever happens between an import and the first look at the file. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportedWorkTest {
    private static final Embedder LETTERS = new LettersEmbedder();
    private static final Instant START = Instant.parse("2025-11-01T00:00:00Z");
    private static final AgentId ADA = new AgentId("Ada");
    private static final String ROOT = "agent_workspaces";
    private static final int CYCLES = 420;

    /** Every tenth task stands in two documents, and one in all of them. */
    private static final int TASKS = 5;

    @TempDir
    private Path folder;

    private CommittedRepository repository;

    @BeforeEach
    void commit() {
        repository = new CommittedRepository(folder.resolve("ship"));
        int parent = 0;
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            parent = repository.commit(
                    "main",
                    hour(cycle),
                    write(ROOT + "/Ada/status.json", document("steer", "lamp " + cycle / TASKS, "gate " + cycle % 7)),
                    parent == 0 ? new int[0] : new int[] {parent});
        }
        int side = repository.commit(
                "side", hour(3), write(ROOT + "/Ada/status.json", document("smuggle")), parent - CYCLES + 1);
        assertThat(side).isPositive();
        repository.done();
    }

    private static Instant hour(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private static String document(String... tasks) {
        return Stream.of(tasks)
                .collect(Collectors.joining("\", \"", "{\"status\": \"ACTIVE\", \"current_tasks\": [\"", "\"]}"));
    }

    private void run(Workshop workshop, RollArchive roll) {
        try (GitHistory history = new GitHistory(repository.folder, 1 << 20)) {
            new HistoryImport(history, () -> roll, Workshop.RULES, workshop.clock()).run(ROOT, Progress.NONE);
        }
    }

    private void run(Workshop workshop) {
        run(workshop, workshop.store().archive());
    }

    private static void look(Workshop workshop) {
        workshop.write("Ada", document("steer", "gate 3", "rest"));
        workshop.syncAll();
    }

    private static void index(Workshop workshop) {
        PassageQueue queue = workshop.store().passageQueue();
        queue.demandModel(LETTERS.model(), LETTERS.dimension());
        new Indexing(queue, LETTERS).drain(Indexing.Progress.NONE, () -> false);
        assertThat(queue.size()).isZero();
    }

    /** What can be found, with the time of the revision that it came from; the profile and the like left out. */
    private static List<String> found(Workshop workshop) {
        index(workshop);
        assertThat(workshop.verifyAll()).allMatch(Verification::isClean, "is clean");
        List<Revision> history = workshop.store().history(ADA);
        return workshop.store().passages().of(ADA).stream()
                .filter(passage -> passage.field().equals("current_task"))
                .map(passage -> told(passage, history))
                .sorted()
                .toList();
    }

    private static String told(FoundPassage passage, List<Revision> history) {
        Instant said = history.stream()
                .filter(version -> version.revision() == passage.revision())
                .findFirst()
                .orElseThrow()
                .observedAt();
        return passage.text() + ", " + passage.when() + ", said " + said
                + (passage.when() == When.BEFORE ? ", gone " + passage.at() : "");
    }

    private List<String> importedAfterTheFirstLook() {
        try (Workshop workshop = new Workshop(folder.resolve("after"))) {
            look(workshop);
            index(workshop);
            run(workshop);
            return found(workshop);
        }
    }

    @Test
    void everyTextIsFoundWithTheLastVersionThatHadItAndWhenItWasGone() {
        List<String> found = importedAfterTheFirstLook();

        assertThat(found)
                .hasSize(3 + CYCLES / TASKS + 1 + 6)
                .contains(
                        "steer, NOW, said 2026-01-01T00:00:00Z",
                        "gate 3, NOW, said 2026-01-01T00:00:00Z",
                        "lamp 0, BEFORE, said " + hour(4) + ", gone " + hour(5),
                        "lamp 7, BEFORE, said " + hour(39) + ", gone " + hour(40),
                        "lamp 84, BEFORE, said " + hour(420) + ", gone 2026-01-01T00:00:00Z",
                        "gate 6, BEFORE, said " + hour(419) + ", gone " + hour(420))
                .noneMatch(text -> text.contains("smuggle"));
    }

    @Test
    void itIsTheSameBeforeTheFirstLookAndAnotherImportChangesNothing() {
        try (Workshop workshop = new Workshop(folder.resolve("before"))) {
            run(workshop);
            assertThat(workshop.store().stored(ADA).orElseThrow().past()).isEmpty();
            assertThat(workshop.store().passageQueue().size()).isZero();
            assertThat(workshop.verifyAll()).allMatch(Verification::isClean, "is clean");
            look(workshop);

            List<String> found = found(workshop);
            assertThat(found).isEqualTo(importedAfterTheFirstLook());
            var before = workshop.store().stored(ADA);
            run(workshop);
            assertThat(workshop.store().stored(ADA)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void endedAtAnyMomentAndRunAgainItGivesWhatOneRunGives(int calls) {
        try (Workshop workshop = new Workshop(folder.resolve("ended"))) {
            look(workshop);
            RollArchive ending = new EndingArchive(workshop.store().archive(), calls);
            assertThatThrownBy(() -> run(workshop, ending)).hasMessage("the power is gone");
            assertThat(workshop.verifyAll()).allMatch(Verification::isClean, "is clean");

            run(workshop);
            assertThat(found(workshop)).isEqualTo(importedAfterTheFirstLook());
        }
    }

    @Test
    void endedBeforeTheFirstLookAndRunAgainAfterItItGivesTheSame() {
        try (Workshop workshop = new Workshop(folder.resolve("ended"))) {
            RollArchive ending = new EndingArchive(workshop.store().archive(), 1);
            assertThatThrownBy(() -> run(workshop, ending)).hasMessage("the power is gone");
            look(workshop);
            assertThat(workshop.verifyAll()).allMatch(Verification::isClean, "is clean");

            run(workshop);
            assertThat(found(workshop)).isEqualTo(importedAfterTheFirstLook());
        }
    }
}
