package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.HandEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every finding of evidence, reached by files and syncs, and where it is shown. */
class EvidenceCommandsTest {
    @TempDir
    Path folder;

    private Shell shell;
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void anHonestAgentHasNone() throws IOException {
        for (int cycle = 1; cycle <= 6; cycle++) {
            Instant at = now.minusSeconds(70 - 10 * cycle);
            version(
                    "\"agent_id\":\"Agent-7\",\"status\":\"ACTIVE\",\"fsm_state\":\"active\",\"points_earned\":"
                            + 10 * cycle + ",\"cycle_count\":" + cycle + ",\"blockers\":[],\"last_updated\":\"" + at
                            + "\"",
                    at);
        }
        assertThat(shell.run("get", "Agent-7", "--json").out()).contains("\"findings\":[]");
    }

    @Test
    void theLifecycleGivesNone() {
        for (String line : List.of(
                "start-cycle",
                "start-mission Light",
                "add-task trim",
                "add-task polish",
                "complete-task trim --points 5",
                "update-phase oil",
                "add-achievement lit",
                "add-blocker dark",
                "clear-blockers",
                "end-cycle")) {
            shell.run((line + " --agent Agent-7").split(" "));
            // The document of a new agent has a current_phase and no current_focus.
            assertThat(shell.run("get", "Agent-7", "--json").out())
                    .as(line)
                    .contains("\"findings\":[{\"code\":\"from_current_phase\"")
                    .containsOnlyOnce("\"code\":");
        }
    }

    @Test
    void aCycleCountThatStays() throws IOException {
        for (int change = 0; change < 4; change++) {
            version("\"status\":\"IDLE\",\"cycle_count\":41,\"note\":" + change, now.minusSeconds(60));
        }
        assertFound("cycle_count_unchanged", "\"cycle_count\"", "cycle_count stayed at 41");
    }

    @Test
    void activeWithBlockers() throws IOException {
        version("\"status\":\"ACTIVE\",\"blockers\":[\"no oil\"]", now);
        assertFound("active_with_blockers", "\"blockers\"", "1 blocker is listed");
    }

    @Test
    void pointsThatFell() throws IOException {
        version("\"status\":\"IDLE\",\"points_earned\":350", now);
        version("\"status\":\"IDLE\",\"points_earned\":20", now);
        assertFound("points_fell", "\"points_earned\"", "from 350 to 20");
    }

    @Test
    void aStatusThatContradictsTheFsmState() throws IOException {
        version("\"status\":\"ACTIVE\",\"fsm_state\":\"complete\"", now);
        assertFound("status_contradicts_fsm", "\"fsm_state\"", "says ACTIVE, and fsm_state complete says COMPLETE");
    }

    @Test
    void aClaimThatStays() throws IOException {
        for (int change = 0; change < 4; change++) {
            version(
                    "\"status\":\"IDLE\",\"last_updated\":\"" + now.minusSeconds(300) + "\",\"note\":" + change,
                    now.minusSeconds(200 - 40 * change));
        }
        assertFound("time_unchanged", "\"last_updated\"", "over the latest 3 changes");
    }

    @Test
    void aClaimAfterItWasSeenByAClockThatIsAheadAsWell() throws IOException {
        version("\"status\":\"IDLE\",\"last_updated\":\"" + now.plusSeconds(1800) + "\"", now.plusSeconds(1800));
        assertFound("time_after_seen", "\"last_updated\"", "earlier");
    }

    @Test
    void clocksThatAreApart() throws IOException {
        version("\"status\":\"IDLE\"", now);
        version("\"status\":\"IDLE\",\"last_updated\":\"" + now.minus(Duration.ofHours(3)) + "\"", now);
        assertFound("clocks_apart", "\"last_updated\"", "claimed " + now.minus(Duration.ofHours(3)) + ", file time ");
    }

    @Test
    void aDocumentThatShrankToAStub() throws IOException {
        version("\"status\":\"IDLE\",\"notes\":\"" + "x".repeat(1000) + "\"", now);
        version("\"status\":\"IDLE\"", now);
        assertFound("document_shrunk", "null", "from 1028 to 17 bytes");
    }

    @Test
    void aMixtureThatAnInPlaceWriterLeftStanding() throws IOException {
        version("\"status\":\"IDLE\",\"phase\":\"old old\"", now.minusSeconds(30));
        version("\"status\":\"BUSY\",\"phase\":\"new old\"", now.minusSeconds(20));
        version("\"status\":\"BUSY\",\"phase\":\"new new\"", now.minusSeconds(10));
        assertFound("in_place_writer", "null", "revision 2 may hold a mixture");
    }

    @Test
    void aFileThatStandsRejected() throws IOException {
        version("\"status\":\"IDLE\"", now);
        write("{\"status\":", now.minusSeconds(60));
        assertFound("rejected_since", "null", "last good version");
    }

    @Test
    void aStepThatTheLifecycleDoesNotKnow() throws IOException {
        version("\"status\":\"IDLE\",\"fsm_state\":\"start\"", now);
        version("\"status\":\"IDLE\",\"fsm_state\":\"blocked\"", now);
        assertFound("unusual_step", "\"fsm_state\"", "from start to blocked");
    }

    @Test
    void evidenceIsNotStoredAndNoDrift() throws IOException {
        version("\"agent_id\":\"Agent-7\",\"status\":\"ACTIVE\",\"blockers\":[\"no oil\"]", now);

        assertThat(shell.run("verify", "--all", "--deep").exitCode()).isZero();
        assertThat(shell.run("sync", "--all", "--json").out()).contains("\"findings\":1");
        HandEdit.apply(shell.database().toString(), "UPDATE agent_workspaces SET findings = '[]'");
        assertThat(shell.run("get", "Agent-7", "--json").out())
                .contains("\"status\":\"ACTIVE\"")
                .contains("\"state\":\"ACTIVE\"")
                .contains("\"findings\":[{\"code\":\"active_with_blockers\"");
    }

    @Test
    void damagedHistoryGivesNoFindingAndNoFailure() throws IOException {
        version("\"status\":\"ACTIVE\",\"cycle_count\":3,\"points_earned\":5", now);
        version("\"status\":\"ACTIVE\",\"cycle_count\":4,\"points_earned\":6", now);
        HandEdit.apply(
                shell.database().toString(),
                "UPDATE status_history SET observed_at = 'soon', source_modified_at = 'x', points_earned = 'many',"
                        + " last_updated = 7, cycle_count = 'many', fsm_state = x'00ff', document = NULL, origin = NULL");

        for (String command : List.of("get Agent-7 --json", "list --json", "get Agent-7", "list")) {
            assertThat(shell.run(command.split(" ")).exitCode()).as(command).isZero();
        }
        assertThat(shell.run("doctor", "--json").exitCode()).isLessThan(2);
    }

    private void version(String members, Instant modified) throws IOException {
        write("{" + members + "}", modified);
    }

    private void write(String document, Instant modified) throws IOException {
        shell.write("Agent-7", document);
        Files.setLastModifiedTime(shell.file("Agent-7"), FileTime.from(modified));
        shell.run("sync", "--agent", "Agent-7", "--json");
    }

    /** In get and list, beside the document's own; in doctor; and in the published table. */
    private void assertFound(String code, String member, String message) throws IOException {
        String found = "{\"code\":\"" + code + "\",\"member\":" + member + ",\"message\":\"";
        for (String command : List.of("get Agent-7 --json", "list --json", "doctor --json")) {
            assertThat(shell.run(command.split(" ")).out())
                    .as(command)
                    .contains(found)
                    .contains(message);
        }
        assertThat(shell.run("get", "Agent-7").out()).contains("finding     " + code);
        assertThat(shell.run("doctor", "-v").out()).contains("  " + code + ": ");
        assertThat(Files.readString(Path.of("..", "docs", "status-json.md"))).contains("| `" + code + "` |");
    }
}
