package dev.rollcall.sync;

import static dev.rollcall.git.CommittedRepository.Change.delete;
import static dev.rollcall.git.CommittedRepository.Change.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.git.CommittedRepository;
import dev.rollcall.git.GitHistory;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Gap.Kind;
import dev.rollcall.roll.RollArchive;
import dev.rollcall.roll.RollArchive.Outcome;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.StoredAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HistoryImportTest {
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
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + ", \"current_tasks\": [\"lamp " + cycle + "\"]}";
    }

    private ImportReport run(String root) {
        return run(root, workshop.store().archive());
    }

    private ImportReport run(String root, RollArchive roll) {
        try (GitHistory history = new GitHistory(repository.folder, 1 << 20)) {
            return new HistoryImport(history, () -> roll, Workshop.RULES, workshop.clock()).run(root, Progress.NONE);
        }
    }

    private RollPast past() {
        return workshop.store().past();
    }

    /** Everything but the numbers of revisions: those tell in which order things went in. */
    private List<String> told(String agent) {
        List<String> told = new ArrayList<>();
        workshop.store()
                .history(new AgentId(agent))
                .forEach(version -> told.add(version.observedAt() + " " + version.origin() + " "
                        + version.columns().cycleCount().map(String::valueOf).orElse("?")));
        past().gaps(new AgentId(agent)).forEach(gap -> told.add(gap.toString()));
        return told;
    }

    private void assertClean() {
        assertThat(workshop.verifyAll()).allMatch(Verification::isClean, "is clean");
    }

    @Test
    void everyAcceptableVersionIsRecordedAtTheTimeOfItsCommit() {
        int first = repository.commit(hour(1), write(FILE, document(1)));
        int second = repository.commit(hour(2), write(FILE, document(2)), first);
        repository.commit(hour(3), write("notes.txt", "no version"), second);
        repository.done();

        ImportReport report = run(ROOT);

        assertThat(report.commits()).isEqualTo(new ImportReport.Commits(3, 0, 0));
        assertThat(report.versions().count(Outcome.RECORDED)).isEqualTo(2);
        assertThat(report.isComplete()).isTrue();
        assertThat(told("Agent-7"))
                .containsExactly(
                        hour(1) + " git:" + repository.id(first) + " 1",
                        hour(2) + " git:" + repository.id(second) + " 2");
        assertThat(run(ROOT).versions().count(Outcome.KNOWN)).isEqualTo(2);
    }

    @Test
    void brokenVersionsAndDeletionsAreGapsUntilTheNextAcceptableOne() {
        int first = repository.commit(hour(1), write(FILE, document(1)));
        int second = repository.commit(
                hour(2),
                write(FILE, "<<<<<<< HEAD\n" + document(1) + "\n=======\n" + document(2) + "\n>>>>>>> x\n"),
                first);
        int third = repository.commit(hour(3), write(FILE, document(1)), second);
        int fourth = repository.commit(hour(4), delete(FILE), third);
        int fifth = repository.commit(hour(5), write(FILE, "{"), fourth);
        repository.commit(hour(6), write(FILE, document(6)), fifth);
        repository.done();

        ImportReport report = run(ROOT);

        assertThat(report.versions().rejected())
                .containsOnlyKeys(RejectionCode.CONFLICT_MARKERS, RejectionCode.TRUNCATED);
        assertThat(report.versions().deletions()).isEqualTo(1);
        assertThat(report.versions().count(Outcome.UNCHANGED)).isEqualTo(1);
        assertThat(past().gaps(SEVEN))
                .containsExactly(
                        new Gap(SEVEN, Kind.REJECTED, hour(2), hour(3), "conflict_markers"),
                        new Gap(SEVEN, Kind.LEFT, hour(4), hour(5), ""),
                        new Gap(SEVEN, Kind.REJECTED, hour(5), hour(6), "truncated"));
    }

    @Test
    void clocksThatAreAheadOrOutOfOrderMoveNothingButThemselves() {
        int first = repository.commit(hour(5), write(FILE, document(1)));
        int second = repository.commit(hour(2), write(FILE, document(2)), first);
        int third = repository.commit(Instant.parse("2099-01-01T00:00:00Z"), write(FILE, document(3)), second);
        repository.commit(hour(9), write(FILE, document(4)), third);
        repository.done();

        assertThat(run(ROOT).commits().adjusted()).isEqualTo(2);

        assertThat(told("Agent-7"))
                .map(HistoryImportTest::withoutOrigin)
                .containsExactly(hour(5) + " 1", hour(5) + " 2", hour(5) + " 3", hour(9) + " 4");
        assertThat(run(ROOT).versions().count(Outcome.KNOWN)).isEqualTo(4);
    }

    @Test
    void otherRootsAreNamedAndLeftAlone() {
        int first = repository.commit(
                hour(1),
                write(FILE, document(1))
                        .and("agent_workspaces/meeting/agent_workspaces/Agent-7/status.json", document(70))
                        .and("Agent-7/status.json", document(700))
                        .and("status.json", document(7000)));
        repository.commit(
                hour(2), write("crew/Agent-7/status.json", document(2)).andDelete(FILE), first);
        repository.done();

        ImportReport report = run(ROOT);

        assertThat(report.otherRoots()).containsOnlyKeys("", "crew", "agent_workspaces/meeting/agent_workspaces");
        assertThat(report.versions().total()).isEqualTo(1);
        assertThat(run("").versions().total()).isEqualTo(1);
    }

    @Test
    void aRootThatWasRenamedIsOneHistoryInWhicheverOrderItsPartsComeIn() {
        int first = repository.commit(hour(1), write("crew/Agent-7/status.json", document(1)));
        int second =
                repository.commit(hour(2), delete("crew/Agent-7/status.json").and(FILE, document(1)), first);
        repository.commit(hour(3), write(FILE, document(3)), second);
        repository.done();

        run("crew");
        run(ROOT);
        run("crew");
        List<String> oldFirst = told("Agent-7");
        workshop.close();
        workshop = new Workshop(folder.resolve("again"));
        run(ROOT);
        run("crew");

        assertThat(oldFirst).map(HistoryImportTest::withoutOrigin).containsExactly(hour(1) + " 1", hour(3) + " 3");
        // The version of the move was the first when the new root came in first.
        assertThat(told("Agent-7"))
                .map(HistoryImportTest::withoutOrigin)
                .containsExactly(hour(1) + " 1", hour(2) + " 1", hour(3) + " 3");
    }

    private static String withoutOrigin(String told) {
        return told.replaceAll(" git:[0-9a-f]+", "");
    }

    @Test
    void aFolderWhoseNameIsNoIdIsToldAndPassedOver() {
        repository.commit(hour(1), write(FILE, document(1)).and(ROOT + "/CON/status.json", document(2)));
        repository.done();

        assertThat(run(ROOT).ignored()).containsExactly("CON");
    }

    @Test
    void whatIsMissingIsNamedAndTheRestIsRecorded() throws Exception {
        int first = repository.commit(hour(1), write(FILE, document(1)));
        int second = repository.commit(hour(2), write(FILE, document(2)), first);
        repository.commit(hour(3), write(FILE, document(3)), second);
        repository.done().unpack();
        String lost =
                repository.git("rev-parse", repository.id(second) + ":" + FILE).getFirst();
        Files.delete(repository.looseObject(lost));

        ImportReport report = run(ROOT);

        assertThat(report.missing().total()).isEqualTo(1);
        assertThat(report.missing().named().getFirst()).contains(lost, FILE, repository.id(second));
        assertThat(report.versions().count(Outcome.RECORDED)).isEqualTo(2);
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void anEmptyRepositoryAndARootThatNeverWasLeaveNoDatabase() {
        RollArchive untouchable = new EndingArchive(workshop.store().archive(), 0);
        assertThatThrownBy(() -> run(ROOT, untouchable)).hasMessageContaining("has no commits");

        repository.commit(hour(1), write("crew/Agent-7/status.json", document(1)));
        repository.done();

        assertThatThrownBy(() -> run(ROOT, untouchable))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().hint()).contains("crew"));
    }

    @Test
    void anImportAfterASyncGoesBetweenAndChangesNothingOfNow() {
        workshop.write("Agent-7", document(5));
        workshop.syncAll();
        int first = repository.commit(hour(1), write(FILE, document(1)));
        int second = repository.commit(hour(2), delete(FILE), first);
        Instant later = workshop.clock().instant().plus(Duration.ofHours(1));
        int third = repository.commit(later, write(FILE, document(6)), second);
        repository.commit(later.plusSeconds(1), write(FILE, document(5)), third);
        repository.done();
        workshop.clock().advance(Duration.ofHours(2));
        StoredAgent before = workshop.store().stored(SEVEN).orElseThrow();

        ImportReport report = run(ROOT);

        assertThat(report.versions().count(Outcome.RECORDED)).isEqualTo(1);
        assertThat(report.versions().count(Outcome.NEWER)).isEqualTo(1);
        assertThat(report.versions().count(Outcome.UNCHANGED)).isEqualTo(1);
        assertThat(report.isComplete()).isFalse();
        assertThat(workshop.store().stored(SEVEN))
                .hasValueSatisfying(now -> assertThat(now)
                        .usingRecursiveComparison()
                        .ignoringFields("past")
                        .isEqualTo(before));
        assertThat(past().gaps(SEVEN))
                .containsExactly(new Gap(SEVEN, Kind.LEFT, hour(2), Instant.parse("2026-01-01T00:00:00Z"), ""));
        assertClean();
    }

    @Test
    void aSyncAfterAnImportTakesTheLatestVersionOver() {
        int first = repository.commit(hour(1), write(FILE, document(1)));
        int second = repository.commit(hour(2), write(FILE, document(2)), first);
        repository.commit(
                hour(3),
                write(ROOT + "/Agent-8/status.json", document(8)).and(ROOT + "/Agent-9/status.json", document(9)),
                second);
        repository.done();
        run(ROOT);
        workshop.write("Agent-7", document(2));
        workshop.write("Agent-8", document(88));
        assertThat(workshop.verify("Agent-7").verdict()).isEqualTo(Verdict.UNSYNCED);
        assertThat(workshop.verify("Agent-9").verdict()).isEqualTo(Verdict.LEFT);
        assertThat(workshop.verify("Agent-9").isClean()).isTrue();

        assertThat(workshop.syncAll().recorded()).isEqualTo(1);

        assertThat(told("Agent-7")).hasSize(2);
        assertThat(told("Agent-8")).hasSize(2);
        assertClean();
        Instant active =
                workshop.store().find(new AgentId("Agent-8")).orElseThrow().lastActivityAt();
        workshop.force();
        assertClean();
        assertThat(workshop.store().find(new AgentId("Agent-8")).orElseThrow().lastActivityAt())
                .isEqualTo(active);
    }

    @Test
    void aBrokenFileOfAnAgentWithAnImportedHistoryIsNoDrift() {
        int first = repository.commit(hour(1), write(FILE, document(1)));
        repository.commit(hour(2), delete(FILE), first);
        repository.done();
        run(ROOT);
        workshop.write("Agent-7", "{\"status\": ");
        workshop.syncAll();

        assertThat(workshop.verify("Agent-7").drift()).isEmpty();
        assertThat(past().gaps(SEVEN))
                .hasSize(2)
                .last()
                .satisfies(gap -> assertThat(gap.kind()).isEqualTo(Kind.REJECTED));

        workshop.clock().advance(Duration.ofHours(1));
        workshop.remove("Agent-7");
        workshop.write("Agent-8", document(8));
        workshop.syncAll();
        assertThat(past().gaps(SEVEN))
                .hasSize(3)
                .last()
                .satisfies(gap -> assertThat(gap.kind()).isEqualTo(Kind.LEFT));
        assertClean();
    }

    @Test
    void endedAtAnyBatchAndRunAgainItGivesWhatOneRunGives() {
        int parent = repository.commit(hour(0), write(FILE, document(0)));
        for (int i = 1; i <= 450; i++) {
            parent = repository.commit(
                    "main",
                    hour(i / 3),
                    i % 50 == 0 ? delete(FILE) : write(FILE, i % 7 == 0 ? "{" : document(i % 5)),
                    parent);
        }
        repository.done();
        RollArchive roll = workshop.store().archive();
        for (int batches = 0; batches < 2; batches++) {
            RollArchive ending = new EndingArchive(roll, batches);
            assertThatThrownBy(() -> run(ROOT, ending)).hasMessage("the power is gone");
        }
        assertThat(told("Agent-7")).isNotEmpty();
        run(ROOT);
        List<String> resumed = told("Agent-7");
        workshop.close();

        workshop = new Workshop(folder.resolve("at-once"));
        run(ROOT);

        assertThat(resumed).isEqualTo(told("Agent-7"));
        assertThat(run(ROOT).versions().count(Outcome.RECORDED)).isZero();
        assertThat(resumed).isEqualTo(told("Agent-7"));
    }
}
