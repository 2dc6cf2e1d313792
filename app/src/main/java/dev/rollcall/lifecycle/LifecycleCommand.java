package dev.rollcall.lifecycle;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.problem.Suggestion;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What an agent can tell about its own work: the verbs. Each refuses values that say nothing with
 * {@link ProblemException} and WRONG_USAGE.
 */
public sealed interface LifecycleCommand {
    record StartCycle() implements LifecycleCommand {}

    record StartMission(String name, Priority priority) implements LifecycleCommand {
        public StartMission {
            requireText("mission name", name);
        }
    }

    record UpdatePhase(String phase) implements LifecycleCommand {
        public UpdatePhase {
            requireText("phase", phase);
        }
    }

    record AddTask(String name) implements LifecycleCommand {
        public AddTask {
            requireText("task name", name);
        }
    }

    /** @param points may be negative or zero */
    record CompleteTask(String name, BigDecimal points) implements LifecycleCommand {
        public CompleteTask {
            requireText("task name", name);
            if (!Sum.isModest(points)) {
                throw wrong(
                        "points have more than " + Sum.MAX_DIGITS + " digits", "Give a plain number, for example 150.");
            }
        }
    }

    record AddBlocker(String text) implements LifecycleCommand {
        public AddBlocker {
            requireText("blocker", text);
        }
    }

    record ClearBlockers() implements LifecycleCommand {}

    record AddAchievement(String text) implements LifecycleCommand {
        public AddAchievement {
            requireText("achievement", text);
        }
    }

    record SetNextActions(List<String> actions) implements LifecycleCommand {
        public SetNextActions {
            actions = List.copyOf(actions);
            if (actions.isEmpty()) {
                throw wrong("no next action is given", "Name at least one.");
            }
            actions.forEach(action -> requireText("next action", action));
        }
    }

    record CompleteMission() implements LifecycleCommand {}

    record EndCycle() implements LifecycleCommand {}

    /** The verb as it is written on the command line, for example {@code start-cycle}. */
    default String verb() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** How urgent a mission is. */
    enum Priority {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW;

        /**
         * The priority of that name in any case.
         *
         * @throws ProblemException WRONG_USAGE when there is none
         */
        public static Priority named(String name) {
            return Arrays.stream(values())
                    .filter(priority -> priority.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            "priority \"" + ShownText.of(name) + "\" is none of " + names(),
                            Suggestion.sentence(name, names(), "Leave it out for MEDIUM.")));
        }

        private static List<String> names() {
            return Arrays.stream(values()).map(Priority::name).toList();
        }
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()) {
            throw wrong(what + " is blank", "Say it in a few words.");
        }
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw wrong(what + " contains half of a character, which no file can hold", "Type the text anew.");
        }
    }

    private static ProblemException wrong(String message, String hint) {
        return new ProblemException(ProblemCode.WRONG_USAGE, message, hint);
    }
}
