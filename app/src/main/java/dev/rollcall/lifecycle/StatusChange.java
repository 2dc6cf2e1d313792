package dev.rollcall.lifecycle;

import dev.rollcall.document.Finding;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusEdit;
import dev.rollcall.document.StatusField;
import dev.rollcall.lifecycle.LifecycleCommand.AddAchievement;
import dev.rollcall.lifecycle.LifecycleCommand.AddBlocker;
import dev.rollcall.lifecycle.LifecycleCommand.AddTask;
import dev.rollcall.lifecycle.LifecycleCommand.ClearBlockers;
import dev.rollcall.lifecycle.LifecycleCommand.CompleteMission;
import dev.rollcall.lifecycle.LifecycleCommand.CompleteTask;
import dev.rollcall.lifecycle.LifecycleCommand.EndCycle;
import dev.rollcall.lifecycle.LifecycleCommand.SetNextActions;
import dev.rollcall.lifecycle.LifecycleCommand.StartCycle;
import dev.rollcall.lifecycle.LifecycleCommand.StartMission;
import dev.rollcall.lifecycle.LifecycleCommand.UpdatePhase;
import dev.rollcall.problem.ShownText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Which members each verb changes, and to what. Pure. */
final class StatusChange {
    private static final String CURRENT_TASKS = "current_tasks";

    private final StatusDocument document;
    private final StatusColumns columns;
    private final String now;
    private final StatusEdit edit;

    private StatusChange(StatusDocument document, StatusColumns columns, String now) {
        this.document = document;
        this.columns = columns;
        this.now = now;
        this.edit = StatusEdit.of(document);
    }

    /**
     * The file's bytes after the verb.
     *
     * @param columns what the roll shows of the document
     * @param now as it is written into the document
     * @throws dev.rollcall.problem.ProblemException DOCUMENT_NOT_EDITABLE when a member that is added to is of a type that
     *     nothing can be added to
     */
    static byte[] apply(LifecycleCommand command, StatusDocument document, StatusColumns columns, String now) {
        StatusChange change = new StatusChange(document, columns, now);
        change.edit.setText("last_updated", now);
        change.apply(command);
        return change.edit.bytes();
    }

    /** That the task is none of those that the document lists; it counts as completed all the same. */
    static Optional<Finding> unmatched(LifecycleCommand command, StatusDocument document) {
        return command instanceof CompleteTask(String name, BigDecimal _) && !lists(document, name)
                ? Optional.of(new Finding(
                        "unlisted_task",
                        CURRENT_TASKS,
                        "\"" + ShownText.of(name) + "\" was not among " + CURRENT_TASKS + "; it counts as completed"))
                : Optional.empty();
    }

    private static boolean lists(StatusDocument document, String task) {
        return document.root()
                .member(CURRENT_TASKS)
                .filter(member -> member.value() instanceof JsonValue.Arr tasks
                        && tasks.items().stream()
                                .anyMatch(item -> item instanceof JsonValue.Text text
                                        && text.value().equals(task)))
                .isPresent();
    }

    private void apply(LifecycleCommand command) {
        switch (command) {
            case StartCycle start -> startCycle();
            case StartMission(String name, LifecycleCommand.Priority priority) -> startMission(name, priority);
            case UpdatePhase(String phase) -> edit.setText("current_phase", phase);
            case AddTask(String name) -> edit.append(CURRENT_TASKS, name);
            case CompleteTask(String name, BigDecimal points) -> completeTask(name, points);
            case AddBlocker(String text) -> {
                edit.append("blockers", text);
                state("BLOCKED", FsmSteps.BLOCKED);
            }
            case ClearBlockers clear -> {
                edit.setTexts("blockers", List.of());
                state("ACTIVE", FsmSteps.ACTIVE);
            }
            case AddAchievement(String text) -> edit.append("achievements", text);
            case SetNextActions(List<String> actions) -> edit.setTexts("next_actions", actions);
            case CompleteMission complete -> completeMission();
            case EndCycle end -> {}
        }
    }

    private void startCycle() {
        state("ACTIVE", FsmSteps.ACTIVE);
        Sum.add(edit, document, StatusField.CYCLE_COUNT, BigDecimal.ONE);
        edit.setText("last_cycle", now);
    }

    private void startMission(String name, LifecycleCommand.Priority priority) {
        edit.setText("current_mission", name);
        edit.setText("mission_priority", priority.name());
        edit.setText("current_phase", "Mission started");
        state("ACTIVE", FsmSteps.ACTIVE);
        edit.setTexts(CURRENT_TASKS, List.of());
        edit.setTexts("blockers", List.of());
    }

    private void completeTask(String name, BigDecimal points) {
        edit.append("completed_tasks", name);
        edit.remove(CURRENT_TASKS, name);
        if (points.signum() != 0) {
            Sum.add(edit, document, StatusField.POINTS_EARNED, points);
        }
    }

    private void completeMission() {
        String mission = columns.text(StatusField.CURRENT_MISSION).orElse(NewDocument.NO_MISSION);
        state("COMPLETE", FsmSteps.COMPLETE);
        edit.setText("current_phase", mission + " - COMPLETE");
        edit.setTexts(CURRENT_TASKS, List.of());
        edit.setTexts("next_actions", List.of("Await next mission assignment"));
    }

    private void state(String status, String fsmState) {
        edit.setText("status", status);
        edit.setText("fsm_state", fsmState);
    }
}
