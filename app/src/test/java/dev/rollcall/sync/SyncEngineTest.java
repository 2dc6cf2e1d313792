package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollChange.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncEngineTest {
    private static final AgentId ADA = new AgentId("Ada");

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void theFirstPassRecordsEveryAgentOnce() {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.write("Bo", "{\"status\":\"IDLE\"}");

        SyncReport report = workshop.syncAll();

        assertThat(report.agents()).isEqualTo(2);
        assertThat(report.recorded()).isEqualTo(2);
        assertThat(report.unchanged()).isZero();
        assertThat(workshop.store().history(ADA)).hasSize(1);
    }

    @Test
    void aSecondPassOverTheSameFilesRecordsNothing() {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.syncAll();

        SyncReport report = workshop.syncAll();

        assertThat(report.recorded()).isZero();
        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(workshop.store().history(ADA)).hasSize(1);
    }

    @Test
    void anIdenticalRewriteIsNoNewVersion() {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.syncAll();
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");

        assertThat(workshop.syncAll().recorded()).isZero();
        assertThat(workshop.store().history(ADA)).hasSize(1);
    }

    @Test
    void aChangeThatGoesBackToAnEarlierVersionIsAVersionAgain() {
        for (String status : new String[] {"ACTIVE", "IDLE", "ACTIVE"}) {
            workshop.write("Ada", "{\"status\":\"" + status + "\"}");
            workshop.syncAll();
        }

        assertThat(workshop.store().history(ADA)).hasSize(3);
    }

    @Test
    void aBrokenFileKeepsTheLastGoodVersionAndTouchesNobodyElse() {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.write("Bo", "{\"status\":\"IDLE\"}");
        workshop.syncAll();
        workshop.write("Ada", "{\"status\":\"ACTIVE\",}");
        workshop.write("Bo", "{\"status\":\"BLOCKED\"}");

        SyncReport report = workshop.syncAll();

        assertThat(report.recorded()).isEqualTo(1);
        assertThat(report.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.agent()).isEqualTo(ADA);
            assertThat(rejected.rejection().code()).isEqualTo(RejectionCode.TRAILING_COMMA);
        });
        assertThat(workshop.store().currentDocument(ADA)).contains("{\"status\":\"ACTIVE\"}");
        assertThat(workshop.store().find(ADA).orElseThrow().rejectedSince()).isNotNull();
    }

    @Test
    void aRejectionStandsInEveryReportUntilTheFileIsMended() {
        workshop.write("Ada", "{\"status\":");
        workshop.syncAll();

        assertThat(workshop.syncAll().rejected()).hasSize(1);

        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        assertThat(workshop.syncAll().rejected()).isEmpty();
        assertThat(workshop.store().find(ADA).orElseThrow().rejectedSince()).isNull();
    }

    @Test
    void aFileThatGoesBackToItsLastGoodVersionIsNoLongerRejected() {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.syncAll();
        workshop.write("Ada", "nonsense");
        workshop.syncAll();
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");

        SyncReport report = workshop.syncAll();

        assertThat(report.rejected()).isEmpty();
        assertThat(report.recorded()).isZero();
        assertThat(workshop.verify("Ada").verdict()).isEqualTo(Verdict.SYNCED);
    }

    @Test
    void aFreshTornFileIsWaitedForAndThenJudged() {
        workshop.write("Ada", "{\"status\":", workshop.clock().instant());

        SyncReport report = workshop.syncAll();

        assertThat(report.rejected()).hasSize(1);
        assertThat(report.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2600));
    }

    @Test
    void allUnsettledFilesOfAPassWaitTogether() {
        for (int i = 0; i < 50; i++) {
            workshop.write("Agent-" + i, "{\"status\":", workshop.clock().instant());
        }

        assertThat(workshop.syncAll().elapsed()).isLessThan(Duration.ofMillis(2600));
    }

    @Test
    void aWorkspaceThatIsGoneIsMarkedAndComesBack() {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.write("Bo", "{\"status\":\"IDLE\"}");
        workshop.syncAll();
        workshop.remove("Ada");

        assertThat(workshop.syncAll().left()).isEqualTo(1);
        assertThat(workshop.store().find(ADA).orElseThrow().presence()).isEqualTo(Presence.LEFT);
        assertThat(workshop.syncAll().left()).isZero();
        assertThat(workshop.verify("Ada").verdict()).isEqualTo(Verdict.LEFT);

        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        assertThat(workshop.syncAll().recorded()).isZero();
        assertThat(workshop.store().find(ADA).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
        assertThat(workshop.store().history(ADA)).hasSize(1);
    }

    @Test
    void aFileThatIsReplacedByMovingTheOldOneAwayIsWaitedFor() throws IOException {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.write("Bo", "{}");
        workshop.syncAll();
        Path moved = workshop.file("Ada").resolveSibling("status.json.bak");
        Files.move(workshop.file("Ada"), moved);
        Pause comesBack = duration -> {
            workshop.clock().advance(duration);
            workshop.write("Ada", "{\"status\":\"IDLE\"}");
        };

        SyncReport report = new SyncEngine(
                        workshop.source(), workshop::store, Workshop.RULES, workshop.clock(), comesBack)
                .pass(Extent.CHANGES, Progress.NONE);

        assertThat(report.left()).isZero();
        assertThat(report.recorded()).isEqualTo(1);
        assertThat(workshop.store().find(ADA).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void aFileThatStaysAwayIsGoneAfterAWhile() throws IOException {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.write("Bo", "{}");
        workshop.syncAll();
        Files.delete(workshop.file("Ada"));

        SyncReport report = workshop.syncAll();

        assertThat(report.left()).isEqualTo(1);
        assertThat(report.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2600));
    }

    @Test
    void anAgentWhoseOnlyFileWasBrokenLeavesNoRejectionBehindWhenItGoes() {
        workshop.write("Ada", "nonsense");
        workshop.write("Bo", "{}");
        workshop.syncAll();
        workshop.remove("Ada");

        assertThat(workshop.syncAll().rejected()).isEmpty();
    }

    @Test
    void aRootThatHoldsNobodyAnyMoreIsRefused() {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.syncAll();
        workshop.remove("Ada");

        assertThatThrownBy(workshop::syncAll)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE));
        assertThat(workshop.store().find(ADA).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void aRootThatIsMissingIsRefusedForOneAgentToo() throws IOException {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.syncAll();
        Files.move(workshop.root, folder.resolve("unmounted"));

        assertThatThrownBy(() -> workshop.engine().pass(ADA, Extent.CHANGES)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(workshop::syncAll).isInstanceOf(ProblemException.class);
        assertThat(workshop.store().find(ADA).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void oneKnownAgentWhoseFolderIsGoneIsMarked() {
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");
        workshop.syncAll();
        workshop.remove("Ada");

        assertThat(workshop.engine().pass(ADA, Extent.CHANGES).left()).isEqualTo(1);
        assertThat(workshop.store().find(ADA).orElseThrow().presence()).isEqualTo(Presence.LEFT);
    }

    @Test
    void oneAgentNobodyEverSawIsRefused() {
        workshop.write("Bo", "{}");

        assertThatThrownBy(() -> workshop.engine().pass(ADA, Extent.CHANGES))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE));
    }

    @Test
    void newReadingRulesAreAppliedToUntouchedFilesWithoutANewVersion() {
        workshop.write("Ada", "{\"status\":\"HARBOURING\"}");
        workshop.syncAll();
        var own = dev.rollcall.document.StateVocabulary.with(
                java.util.Map.of("HARBOURING", dev.rollcall.document.State.WAITING));
        var rules = new dev.rollcall.document.ReadingRules(Workshop.RULES.zone(), own);

        new SyncEngine(workshop.source(), workshop::store, rules, workshop.clock(), workshop.clock()::advance)
                .pass(Extent.CHANGES, Progress.NONE);

        assertThat(workshop.store().find(ADA).orElseThrow().columns().state())
                .isEqualTo(dev.rollcall.document.State.WAITING);
        assertThat(workshop.store().history(ADA)).hasSize(1);
    }

    @Test
    void progressReachesItsTotal() {
        for (int i = 0; i < 1200; i++) {
            workshop.write("Agent-" + i, "{\"cycle_count\":" + i + "}");
        }
        var seen = new java.util.ArrayList<String>();

        workshop.engine().pass(Extent.CHANGES, (done, total) -> seen.add(done + "/" + total));

        assertThat(seen).last().isEqualTo("1200/1200");
    }
}
