package dev.rollcall.sync;

import static dev.rollcall.git.CommittedRepository.Change.delete;
import static dev.rollcall.git.CommittedRepository.Change.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.git.CommittedRepository;
import dev.rollcall.git.CommittedRepository.Change;
import dev.rollcall.git.GitHistory;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollArchive.Outcome;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.StoredAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an import makes of branches, merges and histories that were rewritten. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportLineTest {
    /** Two months before the workshop's clock begins. */
    private static final Instant START = Instant.parse("2025-11-01T00:00:00Z");

    private static final AgentId SEVEN = new AgentId("Agent-7");
    private static final String ROOT = "agent_workspaces";
    private static final String FILE = ROOT + "/Agent-7/status.json";

    @TempDir
    private Path folder;

    private Workshop workshop;
    private CommittedRepository repository;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder);
        repository = new CommittedRepository(folder.resolve("ship"));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private static Instant hour(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private static String document(int cycle) {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + "}";
    }

    /** A version as its author wrote it in that hour. */
    private static Change written(int hour, int cycle) {
        return write(FILE, document(cycle)).writtenAt(hour(hour));
    }

    private ImportReport run() {
        repository.done();
        try (GitHistory history = new GitHistory(repository.folder, 1 << 20)) {
            return new HistoryImport(history, () -> workshop.store().archive(), Workshop.RULES, workshop.clock())
                    .run(ROOT, Progress.NONE);
        }
    }

    private RollPast past() {
        return workshop.store().past();
    }

    /** Hour and cycle of each version that was ever in force. */
    private List<String> inForce() {
        return past().between(SEVEN, START, hour(24 * 365), Revision.KEPT, version -> version).stream()
                .map(version -> Duration.between(START, version.observedAt()).toHours() + ": "
                        + version.columns().cycleCount().orElseThrow())
                .toList();
    }

    /** The same of all that history shows, with a sign for those beside the line. */
    private List<String> history() {
        return workshop.store().history(SEVEN).stream()
                .map(version -> Duration.between(START, version.observedAt()).toHours() + ": "
                        + version.columns().cycleCount().orElseThrow()
                        + (version.origin().startsWith("git-branch:") ? " beside" : ""))
                .toList();
    }

    @Test
    void aRebasedHistoryIsKnown() {
        int first = repository.commit("main", hour(1), written(1, 1));
        int second = repository.commit("main", hour(2), written(2, 2), first);
        repository.commit("main", hour(3), written(3, 3), second);
        run();
        int base = repository.commit("main", hour(50), write("notes.txt", "a new beginning"));
        int rebased = repository.commit("main", hour(51), written(1, 1), base);
        rebased = repository.commit("main", hour(51), written(2, 2), rebased);
        repository.commit("main", hour(52), written(3, 3), rebased);

        assertThat(run().versions().count(Outcome.KNOWN)).isEqualTo(3);
        assertThat(history()).containsExactly("1: 1", "2: 2", "3: 3");
        assertThat(run().versions().count(Outcome.KNOWN)).isEqualTo(3);
        assertThat(history()).containsExactly("1: 1", "2: 2", "3: 3");
        assertThat(workshop.store().history(SEVEN).getLast().origin())
                .isEqualTo("git:" + repository.git("rev-parse", "main").getFirst());
        assertThat(workshop.store().stored(SEVEN).orElseThrow().unsealed()).isEmpty();
    }

    @Test
    void aFilteredHistoryCountsOnceAlsoWhereTheOldOneIsKept() {
        int old = repository.commit("main", hour(1), written(1, 1));
        repository.commit("main", hour(2), written(2, 2), old);
        run();
        repository.git("branch", "kept", "main");
        int base = repository.commit("main", hour(0), write("notes.txt", "filtered"));
        int filtered = repository.commit("main", hour(1), written(1, 1), base);
        repository.commit("main", hour(2), written(2, 2), filtered);

        for (int time = 0; time < 3; time++) {
            run();
            assertThat(inForce()).as("time %d", time).containsExactly("1: 1", "2: 2");
        }
        assertThat(run().versions().count(Outcome.RECORDED)).isZero();
    }

    @Test
    void whatAPullPutOnTopOfOthersVersionsIsInForceThere() {
        int base = repository.commit("main", hour(1), written(1, 1));
        int own = repository.commit("main", hour(3), written(3, 3), base);
        repository.commit("main", hour(4), written(4, 4), own);
        run();
        int theirs = repository.commit("main", hour(50), written(50, 2), base);
        own = repository.commit("main", hour(60), written(3, 3), theirs);
        repository.commit("main", hour(60), written(4, 4), own);

        for (int time = 0; time < 3; time++) {
            run();
            assertThat(inForce()).as("time %d", time).containsExactly("1: 1", "3: 3", "4: 4", "50: 2", "60: 4");
        }
    }

    @Test
    void whatWasWrittenAgainIsAVersionAgainAlsoAfterARebase() {
        int last = repository.commit("main", hour(1), written(1, 1));
        last = repository.commit("main", hour(2), written(2, 2), last);
        last = repository.commit("main", hour(3), written(3, 1), last);
        last = repository.commit("main", hour(4), written(4, 2), last);
        // Picked once more from the first commit, whose author's time it keeps.
        repository.commit("main", hour(5), written(1, 1), last);
        run();
        assertThat(inForce()).containsExactly("1: 1", "2: 2", "3: 1", "4: 2", "5: 1");

        last = repository.commit("main", hour(60), write("notes.txt", "a new beginning"));
        for (Change change : List.of(written(1, 1), written(2, 2), written(3, 1), written(4, 2), written(1, 1))) {
            last = repository.commit("main", hour(61), change, last);
        }
        run();

        assertThat(inForce()).containsExactly("1: 1", "2: 2", "3: 1", "4: 2", "5: 1");
    }

    @Test
    void threeVersionsOfOneMomentAreThreeAlsoAfterARebase() {
        int last = repository.commit("main", hour(1), written(1, 1));
        last = repository.commit("main", hour(1), written(1, 2), last);
        repository.commit("main", hour(1), written(1, 1), last);
        run();
        last = repository.commit("main", hour(60), write("notes.txt", "a new beginning"));
        for (int cycle : List.of(1, 2, 1)) {
            last = repository.commit("main", hour(61), written(1, cycle), last);
        }
        run();

        assertThat(history()).containsExactly("1: 1", "1: 2", "1: 1");
    }

    @Test
    void aVersionBesideTheLineIsInForceOnlyOnceItIsMerged() {
        int root = repository.commit("main", hour(1), written(1, 1));
        int side = repository.commit("side", hour(2), written(2, 5), root);
        int main = repository.commit("main", hour(3), written(3, 2), root);
        repository.commit("main", hour(4), written(4, 5), main, side);

        ImportReport report = run();

        assertThat(report.versions().beside()).isEqualTo(1);
        assertThat(inForce()).containsExactly("1: 1", "3: 2", "4: 5");
        assertThat(history()).containsExactly("1: 1", "2: 5 beside", "3: 2", "4: 5");
        assertThat(past().at(SEVEN, hour(2)).orElseThrow().observedAt()).isEqualTo(hour(1));
        assertThat(past().at(hour(2)).get(SEVEN).observedAt()).isEqualTo(hour(1));
        assertThat(run().versions().count(Outcome.KNOWN)).isEqualTo(4);
    }

    @Test
    void aMergeThatKeepsItsFirstParentsFileLeavesThatInForce() {
        int root = repository.commit("main", hour(1), written(1, 1));
        int side = repository.commit("side", hour(2), written(2, 5), root);
        side = repository.commit("side", hour(3), delete(FILE), side);
        repository.commit("main", hour(4), write(FILE, document(1)), root, side);
        run();

        assertThat(inForce()).containsExactly("1: 1");
        assertThat(past().gaps(SEVEN)).isEmpty();
        assertThat(past().at(SEVEN, hour(9)).orElseThrow().columns().cycleCount())
                .contains(1L);
    }

    @Test
    void aBranchThatWasRebasedOntoTheLineIsInForceSinceThen() {
        int root = repository.commit("main", hour(1), written(1, 1));
        repository.commit("side", hour(2), written(2, 5), root);
        int main = repository.commit("main", hour(3), written(3, 2), root);
        repository.commit("main", hour(4), written(2, 5), main);
        run();

        assertThat(inForce()).containsExactly("1: 1", "3: 2", "4: 5");
    }

    @Test
    void anotherBranchThatIsCheckedOutIsTheLineOfTheNextImport() {
        int root = repository.commit("main", hour(1), written(1, 1));
        repository.commit("side", hour(2), written(2, 5), root);
        repository.commit("main", hour(3), written(3, 2), root);
        run();
        assertThat(inForce()).containsExactly("1: 1", "3: 2");

        repository.git("symbolic-ref", "HEAD", "refs/heads/side");
        assertThat(run().versions().count(Outcome.KNOWN)).isEqualTo(3);

        assertThat(inForce()).containsExactly("1: 1", "2: 5");
        assertThat(history()).containsExactly("1: 1", "2: 5", "3: 2 beside");
        assertThat(workshop.store().stored(SEVEN).orElseThrow().unsealed()).isEmpty();
    }

    @Test
    void withoutABranchThatIsCheckedOutTheLatestCommitEndsTheLine() {
        int root = repository.commit("one", hour(1), written(1, 1));
        repository.commit("one", hour(3), written(3, 2), root);
        repository.commit("two", hour(5), written(5, 5), root);
        run();

        assertThat(inForce()).containsExactly("1: 1", "5: 5");
    }

    @Test
    void versionsBesideTheLineTellNothingOfNow() {
        int root = repository.commit("main", hour(1), written(1, 1));
        repository.commit("main", hour(2), written(2, 2), root);
        Instant later = workshop.clock().instant().plus(Duration.ofHours(1));
        repository.commit("side", later, write(FILE, document(9)), root);
        repository.commit("other", hour(3), write(ROOT + "/Agent-8/status.json", document(8)), root);
        workshop.write("Agent-7", document(2));
        workshop.syncAll();
        StoredAgent before = workshop.store().stored(SEVEN).orElseThrow();
        workshop.clock().advance(Duration.ofHours(2));

        ImportReport report = run();

        assertThat(report.versions().count(Outcome.NEWER)).isZero();
        assertThat(workshop.store().stored(SEVEN)).contains(before);
        assertThat(workshop.store().latest(SEVEN, 1).getFirst().columns().cycleCount())
                .contains(2L);
        workshop.write("Agent-7", document(3));
        workshop.write("Agent-8", document(8));
        assertThat(workshop.syncAll().recorded()).isEqualTo(2);
        assertThat(workshop.verifyAll()).allMatch(Verification::isClean, "is clean");
        assertThat(past().at(new AgentId("Agent-8"), hour(4))).isEmpty();
        workshop.force();
        assertThat(workshop.verifyAll()).allMatch(Verification::isClean, "is clean");
    }

    @Test
    void deletionsAndBrokenFilesBesideTheLineAreNoGaps() {
        int root = repository.commit("main", hour(1), written(1, 1));
        int side = repository.commit("side", hour(2), delete(FILE), root);
        repository.commit("side", hour(3), write(FILE, "{"), side);
        int main = repository.commit("main", hour(4), delete(FILE), root);
        repository.commit("main", hour(5), written(5, 2), main);
        run();

        assertThat(past().gaps(SEVEN)).containsExactly(new Gap(SEVEN, Gap.Kind.LEFT, hour(4), hour(5), ""));
    }
}
