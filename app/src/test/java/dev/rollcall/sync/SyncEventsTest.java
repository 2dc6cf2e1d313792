package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollEvent.Kind;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.store.HandEdit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes over real files leave in the log of events. */
class SyncEventsTest {
    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder);
        workshop.write("Anchor", "{\"status\":\"IDLE\"}");
        workshop.syncAll();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private void write(String document) {
        workshop.write("Ada", document);
        workshop.syncAll();
    }

    private List<RollEvent> ofAda() {
        return workshop.store().after(RollFeed.BEGINNING, 1000).stream()
                .filter(event -> event.agent().equals(new AgentId("Ada")))
                .toList();
    }

    private List<Kind> kinds() {
        return ofAda().stream().map(RollEvent::kind).toList();
    }

    @Test
    void aLifeFromJoiningToReturningIsOneEventForEachStep() {
        write("{\"status\":\"ACTIVE\",\"cycle_count\":1}");
        write("{\"status\":\"ACTIVE\",\"cycle_count\":2}");
        write("{\"status\":\"BLOCKED\",\"cycle_count\":2}");
        write("{\"status\":\"BLOCKED\",}");
        write("{\"status\":\"BLOCKED\",\"cycle_count\":2}");
        workshop.remove("Ada");
        workshop.syncAll();
        write("{\"status\":\"BLOCKED\",\"cycle_count\":2}");

        assertThat(kinds())
                .containsExactly(
                        Kind.JOINED,
                        Kind.CHANGED,
                        Kind.STATE_CHANGED,
                        Kind.REJECTED,
                        Kind.RECOVERED,
                        Kind.LEFT,
                        Kind.RETURNED);
        assertThat(ofAda().get(2).changes())
                .extracting(change -> change.field() + " " + change.before() + " " + change.after())
                .containsExactly("STATUS ACTIVE BLOCKED", "STATE ACTIVE BLOCKED");
        assertThat(ofAda().get(3).rejection().code()).isEqualTo(RejectionCode.TRAILING_COMMA);
        assertThat(ofAda().get(3).rejection().position().byteOffset()).isEqualTo(19);
    }

    @Test
    void passesThatFindNothingNewLeaveNothing() {
        write("{\"status\":\"ACTIVE\"}");
        workshop.write("Broken", "{");
        workshop.syncAll();
        long newest = workshop.store().newest();

        workshop.syncAll();
        workshop.force();
        workshop.engine().pass(new AgentId("Broken"), Extent.EVERYTHING);

        assertThat(workshop.store().newest()).isEqualTo(newest);
    }

    @Test
    void aRepairAfterHandEditsLeavesNothing() {
        write("{\"status\":\"ACTIVE\",\"cycle_count\":1}");
        write("{\"status\":\"IDLE\",\"cycle_count\":2}");
        long newest = workshop.store().newest();

        for (String edit : List.of(
                "UPDATE agent_workspaces SET state = 'ERROR', presence = 'LEFT', blockers = 'x', revision = 99",
                "UPDATE status_history SET state = 'ERROR', content_sha256 = 'x', seal = 'x'",
                "DELETE FROM agent_workspaces",
                "DELETE FROM agent_status",
                "UPDATE agent_readings SET stamp = '', findings = 7")) {
            HandEdit.apply(workshop.database.toString(), edit);
            workshop.force();
        }

        assertThat(workshop.store().newest()).isEqualTo(newest);
    }

    @Test
    void whatAHandPutIntoTheRowIsNotTakenForWhatTheAgentSaidBefore() {
        write("{\"status\":\"ACTIVE\",\"points_earned\":10}");
        HandEdit.apply(workshop.database.toString(), "UPDATE agent_workspaces SET points_earned = 99999");

        write("{\"status\":\"ACTIVE\",\"points_earned\":12}");

        assertThat(ofAda().getLast().changes())
                .extracting(change -> change.field() + " " + change.before() + " " + change.after())
                .containsExactly(StatusField.POINTS_EARNED + " 10 12");
    }
}
