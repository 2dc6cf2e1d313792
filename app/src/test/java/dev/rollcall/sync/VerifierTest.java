package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Lag;
import dev.rollcall.store.HandEdit;
import dev.rollcall.sync.Drift.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerifierTest {
    private static final String DOCUMENT = """
            {
              "agent_id": "Ada",
              "agent_name": "Keeper of the north light",
              "status": "BLOCKED",
              "fsm_state": "blocked",
              "current_phase": "Waiting",
              "current_mission": "Restore the lamp",
              "mission_priority": "HIGH",
              "last_updated": "2025-12-31T23:00:00",
              "cycle_count": 4,
              "points_earned": 12.5,
              "current_tasks": ["polish the lens", "oil the gears"],
              "completed_tasks": ["order the oil"],
              "achievements": ["no ship lost"],
              "blockers": ["no oil yet"],
              "next_actions": ["row ashore"]
            }
            """;

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void sync() {
        workshop = new Workshop(folder);
        workshop.write("Ada", DOCUMENT.replace("\"cycle_count\": 4", "\"cycle_count\": 3"));
        workshop.syncAll();
        workshop.write("Ada", DOCUMENT);
        workshop.write("Bo", "{\"status\":\"IDLE\"}");
        workshop.syncAll();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void whatWasJustSyncedIsSynced() {
        Verification verification = workshop.verify("Ada");

        assertThat(verification.drift()).isEmpty();
        assertThat(verification.verdict()).isEqualTo(Verdict.SYNCED);
        assertThat(verification.lag()).isEqualTo(new Lag.InStep());
        assertThat(verification.searchPending()).isPositive();
        assertThat(verification.file()).isEqualTo(verification.roll());
    }

    @Test
    void aNewerFileIsLagInSecondsAndCycles() {
        workshop.write(
                "Ada",
                DOCUMENT.replace("\"cycle_count\": 4", "\"cycle_count\": 6"),
                workshop.clock().instant().minusSeconds(20));

        Verification verification = workshop.verify("Ada");

        assertThat(verification.verdict()).isEqualTo(Verdict.LAGGING);
        assertThat(verification.lag()).isEqualTo(new Lag.Behind(40L, 2L));
        assertThat(verification.drift()).isEmpty();
    }

    @Test
    void aFileNeverRecordedIsUnsynced() {
        workshop.write("Cy", "{}");

        assertThat(workshop.verify("Cy").verdict()).isEqualTo(Verdict.UNSYNCED);
    }

    @Test
    void aBrokenFileIsRejectedWithItsReason() {
        workshop.write("Ada", "{\"status\": \"ACTIVE\",}");

        assertThat(workshop.verify("Ada")).satisfies(v -> {
            assertThat(v.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(v.reason()).contains("trailing_comma at line 1, column 20");
            assertThat(v.drift()).isEmpty();
        });
    }

    @Test
    void aFileThatWasNeverAcceptableIsRejectedAndNothingElse() {
        workshop.write("Cy", "not json");
        workshop.syncAll();

        assertThat(workshop.verify("Cy").verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(workshop.verify("Cy").drift()).isEmpty();
    }

    @Test
    void aMissingFileIsMissingUntilTheRollSaysLeft() {
        workshop.remove("Ada");

        assertThat(workshop.verify("Ada").verdict()).isEqualTo(Verdict.MISSING);
        workshop.syncAll();
        assertThat(workshop.verify("Ada").verdict()).isEqualTo(Verdict.LEFT);
    }

    @Test
    void nobodyAtAllIsNotVerified() {
        assertThat(workshop.verifier().verify(new AgentId("Nobody"), Verifier.Depth.HEAD))
                .isEmpty();
    }

    @Test
    void aLaggingRowThatWasAlsoEditedNamesTheEdit() {
        edit("UPDATE agent_workspaces SET points_earned = 99 WHERE agent_id = 'Ada'");
        workshop.write("Ada", "{\"status\":\"ACTIVE\"}");

        Verification verification = workshop.verify("Ada");

        assertThat(verification.verdict()).isEqualTo(Verdict.LAGGING);
        assertThat(verification.drift()).singleElement().satisfies(drift -> {
            assertThat(drift.field()).isEqualTo("points_earned");
            assertThat(drift.expected()).isEqualTo("12.5");
            assertThat(drift.actual()).isEqualTo("99");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.rollcall.sync.HandEdits#all")
    void everyHandEditIsNamedAndRepaired(String statement, Where where, String field) {
        edit(statement);

        Verification verification = workshop.verify("Ada");
        assertThat(verification.verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(verification.drift()).anySatisfy(drift -> {
            assertThat(drift.where()).isEqualTo(where);
            assertThat(drift.field()).isEqualTo(field);
            assertThat(drift.expected()).isNotEqualTo(drift.actual());
        });
        assertThat(workshop.verify("Bo").isClean()).isTrue();

        workshop.force();
        assertThat(workshop.verify("Ada").drift()).isEmpty();
        assertThat(workshop.verify("Ada").verdict()).isEqualTo(Verdict.SYNCED);
    }

    @Test
    void anOlderDocumentThatWasDamagedStaysNamed() {
        edit("UPDATE status_history SET document = x'28b52ffd' WHERE agent_id = 'Ada' AND revision = 1");
        workshop.force();

        assertThat(workshop.verify("Ada").drift()).allSatisfy(drift -> {
            assertThat(drift.where()).isEqualTo(Where.HISTORY);
            assertThat(drift.field()).isEqualTo("document");
            assertThat(drift.entry()).isEqualTo("1");
        });
        assertThat(workshop.verify("Ada").drift()).hasSize(1);
    }

    @Test
    void swappedDocumentsAreBothNamedAndTheHeadsIsMended() {
        edit("UPDATE status_history SET document = other.document, encoding = other.encoding,"
                + " content_sha256 = other.content_sha256 FROM (SELECT * FROM status_history) AS other"
                + " WHERE status_history.agent_id = 'Ada' AND other.agent_id = 'Ada'"
                + " AND other.revision <> status_history.revision");

        assertThat(entriesOf("document")).containsExactlyInAnyOrder("1", "2");
        assertThat(entriesOf("content_sha256")).containsExactlyInAnyOrder("1", "2");

        workshop.force();
        assertThat(entriesOf("document")).containsExactly("1");
        assertThat(workshop.verify("Ada").drift()).hasSize(1);
    }

    @Test
    void anUnreadableSealOfAnOlderVersionStaysNamed() {
        edit("UPDATE status_history SET seal = 'forged', origin = 'lifecycle' WHERE revision = 1");
        workshop.force();

        assertThat(workshop.verify("Ada").drift()).singleElement().satisfies(drift -> {
            assertThat(drift.field()).isEqualTo("seal");
            assertThat(drift.entry()).isEqualTo("1");
            assertThat(drift.actual()).isEqualTo("forged");
        });
    }

    @Test
    void aTimeThatMakesAnOlderVersionLookNewestIsNamedWithoutLookingAtEveryVersion() {
        edit("UPDATE status_history SET observed_at = '2031-01-01T00:00:00.000000Z' WHERE revision = 1");

        Verification quick = workshop.verifier()
                .verify(new AgentId("Ada"), Verifier.Depth.HEAD)
                .orElseThrow();
        assertThat(quick.drift()).singleElement().satisfies(drift -> {
            assertThat(drift.field()).isEqualTo("observed_at");
            assertThat(drift.entry()).isEqualTo("1");
            assertThat(drift.expected()).isEqualTo("2026-01-01T00:00:00.000000Z");
            assertThat(drift.actual()).isEqualTo("2031-01-01T00:00:00.000000Z");
        });
    }

    @Test
    void aNewVersionDoesNotInheritAForgedTime() {
        edit("UPDATE status_history SET observed_at = '2031-01-01T00:00:00.000000Z' WHERE revision = 1");
        workshop.write("Ada", DOCUMENT.replace("\"cycle_count\": 4", "\"cycle_count\": 5"));
        workshop.syncAll();

        assertThat(workshop.verify("Ada").isClean()).isTrue();
    }

    @Test
    void editsOfAnAgentThatLeftAreRepairedToo() {
        workshop.remove("Ada");
        workshop.syncAll();
        edit("UPDATE status_history SET observed_at = 'x', origin = 'x', content_sha256 = 'x' WHERE agent_id = 'Ada'");
        assertThat(workshop.verify("Ada").drift()).hasSize(6);

        workshop.force();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
    }

    private List<@Nullable String> entriesOf(String field) {
        return workshop.verify("Ada").drift().stream()
                .filter(drift -> drift.field().equals(field))
                .map(Drift::entry)
                .toList();
    }

    @Test
    void touchingTheFileIsNoDrift() {
        workshop.write("Ada", DOCUMENT, workshop.clock().instant().minus(Duration.ofDays(700)));

        assertThat(workshop.verify("Ada").isClean()).isTrue();
        workshop.syncAll();
        assertThat(workshop.verify("Ada").isClean()).isTrue();
    }

    private void edit(String statement) {
        HandEdit.apply(workshop.database.toString(), statement);
    }
}
