package dev.rollcall.lifecycle;

import java.math.BigDecimal;
import java.util.List;

/** What an agent can tell about its own work: the verbs. */
public sealed interface LifecycleCommand {
    record StartCycle() implements LifecycleCommand {}

    record StartMission(String name, Priority priority) implements LifecycleCommand {}

    record UpdatePhase(String phase) implements LifecycleCommand {}

    record AddTask(String name) implements LifecycleCommand {}

    /** @param points may be negative or zero */
    record CompleteTask(String name, BigDecimal points) implements LifecycleCommand {}

    record AddBlocker(String text) implements LifecycleCommand {}

    record ClearBlockers() implements LifecycleCommand {}

    record AddAchievement(String text) implements LifecycleCommand {}

    record SetNextActions(List<String> actions) implements LifecycleCommand {}

    record CompleteMission() implements LifecycleCommand {}

    record EndCycle() implements LifecycleCommand {}

    /** How urgent a mission is. */
    enum Priority {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW
    }
}
