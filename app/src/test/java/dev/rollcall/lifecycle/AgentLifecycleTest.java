package dev.rollcall.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.files.StatusFiles;
import dev.rollcall.files.Workspaces;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLifecycleTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");
    private static final Instant NOW = Instant.parse("2025-10-15T12:00:00.000000654Z");
    private static final String WORKING = """
            {
              "agent_id": "Agent-7",
              "status": "ACTIVE",  "fsm_state": "active",
              "last_updated": "2025-10-14T09:00:00Z",
              "x_unknown": [1.50, "caf\\u00e9", {"k":  null}],
              "current_mission": "Chart the reef",
              "cycle_count": 41,
              "current_tasks": ["survey", "draw"],
              "completed_tasks": ["pack"],
              "points_earned": 120,
              "blockers": ["fog"],
              "achievements": []
            }
            """;

    @TempDir
    private Path folder;

    private final RollRecorder roll = new RollRecorder();
    private Workspaces workspaces;
    private AgentLifecycle lifecycle;

    @BeforeEach
    void makeRoot() {
        workspaces = Workspaces.in(folder);
        lifecycle = new AgentLifecycle(
                SEVEN,
                new StatusFiles(workspaces.root(), WorkspacesFolder.DEFAULT_MAX_BYTES),
                roll,
                InstantSource.fixed(NOW));
    }

    @Test
    void firstUseCreatesTheDocumentWithTheVerbAppliedInOneWrite() throws IOException {
        LifecycleOutcome outcome = lifecycle.startCycle();

        assertThat(workspaces.text(SEVEN)).isEqualTo("""
                        {
                          "agent_id": "Agent-7",
                          "agent_name": "Agent",
                          "status": "ACTIVE",
                          "fsm_state": "active",
                          "current_phase": "Initialized",
                          "last_updated": "2025-10-15T12:00:00Z",
                          "current_mission": "No mission assigned",
                          "mission_priority": "NONE",
                          "cycle_count": 1,
                          "points_earned": 0,
                          "current_tasks": [],
                          "completed_tasks": [],
                          "achievements": [],
                          "blockers": [],
                          "next_actions": [
                            "Await mission assignment"
                          ],
                          "last_cycle": "2025-10-15T12:00:00Z"
                        }
                        """);
        assertThat(roll.versions()).containsExactly(workspaces.text(SEVEN));
        assertThat(outcome)
                .isEqualTo(new LifecycleOutcome(SEVEN, new RollUpdate.Outcome.Synced(1), 1L, true, List.of()));
    }

    @Test
    void startCycleChangesStatusStateCycleAndTimes() throws IOException {
        assertThat(changed(AgentLifecycle::startCycle))
                .isEqualTo(WORKING.replace("2025-10-14T09:00:00Z", "2025-10-15T12:00:00Z")
                        .replace("\"cycle_count\": 41", "\"cycle_count\": 42")
                        .replace(
                                "\"achievements\": []\n",
                                "\"achievements\": [],\n  \"last_cycle\": \"2025-10-15T12:00:00Z\"\n"));
    }

    @Test
    void startMissionSetsMissionPriorityPhaseAndEmptiesTasksAndBlockers() throws IOException {
        assertThat(changed(agent -> agent.startMission("Light the lamp", Priority.HIGH)))
                .isEqualTo(
                        touched()
                                .replace("Chart the reef", "Light the lamp")
                                .replace("[\"survey\", \"draw\"]", "[]")
                                .replace("[\"fog\"]", "[]")
                                .replace(
                                        "\"achievements\": []\n",
                                        "\"achievements\": [],\n  \"mission_priority\": \"HIGH\",\n  \"current_phase\": \"Mission started\"\n"));
    }

    @Test
    void aMissionIsOfMediumPriorityUnlessSaidOtherwise() throws IOException {
        assertThat(changed(agent -> agent.startMission("Light the lamp"))).contains("\"mission_priority\": \"MEDIUM\"");
    }

    @Test
    void updatePhaseSetsThePhase() throws IOException {
        assertThat(changed(agent -> agent.updatePhase("Drawing")))
                .isEqualTo(touched()
                        .replace(
                                "\"achievements\": []\n", "\"achievements\": [],\n  \"current_phase\": \"Drawing\"\n"));
    }

    @Test
    void addTaskAppendsToTheTasks() throws IOException {
        assertThat(changed(agent -> agent.addTask("colour")))
                .isEqualTo(touched().replace("\"draw\"]", "\"draw\", \"colour\"]"));
    }

    @Test
    void completeTaskMovesTheTaskAndAddsThePoints() throws IOException {
        assertThat(changed(agent -> agent.completeTask("survey", 30)))
                .isEqualTo(touched()
                        .replace("[\"survey\", \"draw\"]", "[\"draw\"]")
                        .replace("[\"pack\"]", "[\"pack\", \"survey\"]")
                        .replace("\"points_earned\": 120", "\"points_earned\": 150"));
    }

    @Test
    void completeTaskWithoutPointsLeavesThePointsAsTheyAreSpelled() throws IOException {
        workspaces.write(SEVEN, "{\"points_earned\": 1.20e2}");

        lifecycle.completeTask("swim");

        assertThat(workspaces.text(SEVEN)).contains("1.20e2").contains("\"completed_tasks\"");
    }

    @Test
    void pointsMayBeTakenAwayAndBeFractions() throws IOException {
        assertThat(changed(agent -> agent.completeTask("survey", new BigDecimal("-0.5"))))
                .contains("119.5");
    }

    @Test
    void addBlockerAppendsAndBlocks() throws IOException {
        assertThat(changed(agent -> agent.addBlocker("no boat")))
                .isEqualTo(touched()
                        .replace("[\"fog\"]", "[\"fog\", \"no boat\"]")
                        .replace("\"ACTIVE\"", "\"BLOCKED\"")
                        .replace("\"active\"", "\"blocked\""));
    }

    @Test
    void clearBlockersEmptiesAndActivates() throws IOException {
        assertThat(changed(AgentLifecycle::clearBlockers)).isEqualTo(touched().replace("[\"fog\"]", "[]"));
    }

    @Test
    void addAchievementAppends() throws IOException {
        assertThat(changed(agent -> agent.addAchievement("first light")))
                .isEqualTo(touched().replace("\"achievements\": []", "\"achievements\": [\"first light\"]"));
    }

    @Test
    void setNextActionsReplacesThem() throws IOException {
        workspaces.write(SEVEN, "{\"next_actions\": [\"old\"], \"a\": 1}");

        lifecycle.setNextActions("one", "two");

        assertThat(workspaces.text(SEVEN))
                .isEqualTo(
                        "{\"next_actions\": [\"one\", \"two\"], \"a\": 1, \"last_updated\": \"2025-10-15T12:00:00Z\"}");
    }

    @Test
    void completeMissionNamesTheMissionInThePhase() throws IOException {
        String written = changed(AgentLifecycle::completeMission);

        assertThat(written)
                .contains("\"status\": \"COMPLETE\"", "\"fsm_state\": \"complete\"", "\"current_tasks\": []")
                .contains("\"current_phase\": \"Chart the reef - COMPLETE\"")
                .contains("Await next mission assignment")
                .contains("\"x_unknown\": [1.50, \"caf\\u00e9\", {\"k\":  null}]");
    }

    @Test
    void completeMissionNamesWhatTheMissionColumnShows() throws IOException {
        workspaces.write(SEVEN, "{\"current_mission\": {\"title\": \"Nested\"}}");
        lifecycle.completeMission();
        assertThat(workspaces.text(SEVEN)).contains("\"Nested - COMPLETE\"");

        workspaces.write(SEVEN, "{}");
        lifecycle.completeMission();
        assertThat(workspaces.text(SEVEN)).contains("\"No mission assigned - COMPLETE\"");
    }

    @Test
    void endCycleChangesTheTimeOnly() throws IOException {
        assertThat(changed(AgentLifecycle::endCycle)).isEqualTo(touched());
    }

    @Test
    void aCounterEditsTheMemberThatItsColumnShows() throws IOException {
        workspaces.write(SEVEN, "{\"points_total\": 500, \"cycles_completed\": 7}");

        lifecycle.startCycle();
        LifecycleOutcome outcome = lifecycle.completeTask("swim", 50);

        assertThat(workspaces.text(SEVEN))
                .contains("\"points_total\": 550", "\"cycles_completed\": 8")
                .doesNotContain("points_earned", "cycle_count");
        assertThat(outcome.cycleCount()).isEqualTo(8L);
    }

    @Test
    void pointsThatAreTextStayText() throws IOException {
        workspaces.write(SEVEN, "{\"points_earned\": \"120\"}");

        lifecycle.completeTask("swim", 5);

        assertThat(workspaces.text(SEVEN)).contains("\"points_earned\": \"125\"");
    }

    @Test
    void ofDuplicateKeysTheLastIsEdited() throws IOException {
        workspaces.write(SEVEN, "{\"cycle_count\": 1, \"status\": \"IDLE\", \"cycle_count\": 10, \"status\": \"X\"}");

        lifecycle.startCycle();

        assertThat(workspaces.text(SEVEN))
                .startsWith("{\"cycle_count\": 1, \"status\": \"IDLE\", \"cycle_count\": 11, \"status\": \"ACTIVE\"");
    }

    @Test
    void missingCountersAreCreatedUnderTheirOwnNames() throws IOException {
        workspaces.write(SEVEN, "{}");

        lifecycle.startCycle();
        lifecycle.completeTask("swim", 5);

        assertThat(workspaces.text(SEVEN)).contains("\"cycle_count\": 1", "\"points_earned\": 5");
    }

    @Test
    void membersThatAVerbSetsAreReplacedWhateverTheirType() throws IOException {
        workspaces.write(SEVEN, "{\"status\": {\"a\": 1}, \"fsm_state\": 3, \"blockers\": \"fog\"}");

        lifecycle.clearBlockers();

        assertThat(workspaces.text(SEVEN))
                .startsWith("{\"status\": \"ACTIVE\", \"fsm_state\": \"active\", \"blockers\": []");
    }

    @Test
    void aByteOrderMarkIsKept() throws IOException {
        workspaces.write(SEVEN, "\uFEFF{\"cycle_count\": 1}");

        lifecycle.startCycle();

        assertThat(workspaces.text(SEVEN)).startsWith("\uFEFF{\"cycle_count\": 2");
    }

    @Test
    void theRollGetsWhatStoodBeforeAndExactlyWhatWasWritten() throws IOException {
        workspaces.write(SEVEN, WORKING);

        LifecycleOutcome outcome = lifecycle.endCycle();

        assertThat(roll.versions()).containsExactly(WORKING, workspaces.text(SEVEN));
        assertThat(outcome.revision()).isEqualTo(2);
        assertThat(outcome.cycleCount()).isEqualTo(41L);
    }

    @Test
    void aRollOutOfReachDoesNotUndoTheWrite() throws IOException {
        roll.goOutOfReach();

        LifecycleOutcome outcome = lifecycle.startCycle();

        assertThat(outcome.isSynced()).isFalse();
        assertThat(outcome.notSyncedBecause()).isEqualTo("the roll is out of reach");
        assertThat(workspaces.text(SEVEN)).contains("\"cycle_count\": 1");
    }

    @Test
    void anUnusualStepIsAllowedAndFound() throws IOException {
        workspaces.write(SEVEN, "{\"fsm_state\": \"complete\"}");

        LifecycleOutcome outcome = lifecycle.startCycle();

        assertThat(outcome.findings()).extracting(Finding::code).containsExactly("unusual_step");
        assertThat(lifecycle.addBlocker("fog").findings()).isEmpty();
    }

    @Test
    void theEndOfACycleIsCommittedUnderItsNumber() throws IOException {
        workspaces.write(SEVEN, WORKING);
        StringBuilder committed = new StringBuilder();
        StatusCommit commit = (agent, message) -> {
            committed.append(agent).append(": ").append(message);
            return new StatusCommit.Outcome.Failed("no repository");
        };

        CycleEnd end = lifecycle.endCycle(commit);

        assertThat(committed).hasToString("Agent-7: status: Agent-7 cycle 41 complete");
        assertThat(end.commit()).isEqualTo(new StatusCommit.Outcome.Failed("no repository"));
        assertThat(end.written().isSynced()).isTrue();
        assertThat(workspaces.text(SEVEN)).isEqualTo(touched());
    }

    @Test
    void verbsAreCalledAsOnTheCommandLine() {
        assertThat(new LifecycleCommand.StartCycle().verb()).isEqualTo("start-cycle");
        assertThat(new LifecycleCommand.SetNextActions(List.of("x")).verb()).isEqualTo("set-next-actions");
    }

    private static String touched() {
        return WORKING.replace("2025-10-14T09:00:00Z", "2025-10-15T12:00:00Z");
    }

    private String changed(Consumer<AgentLifecycle> verb) throws IOException {
        workspaces.write(SEVEN, WORKING);
        verb.accept(lifecycle);
        return workspaces.text(SEVEN);
    }
}
