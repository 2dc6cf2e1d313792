package dev.rollcall.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks that an agent completed: texts that stand in a version's {@code completed_tasks} and did not stand in any
 * earlier one that was read, the one in force at the window's beginning included. So lists that only grow, that are
 * reordered, that are emptied and filled again, and texts that change case or white space only, count nothing twice. The
 * agent's first version ever counts none. A task counts when the version that shows it was observed, also after a gap.
 */
public final class TasksCompleted {
    private TasksCompleted() {}

    public static List<CompletedTask> of(AgentPast past) {
        List<CompletedTask> tasks = new ArrayList<>();
        Set<String> known = new HashSet<>();
        boolean isFirst = true;
        for (PastVersion version : past.versions()) {
            Contents contents = version.contents();
            if (contents == null) {
                continue;
            }
            for (Map.Entry<String, String> task : contents.completed().entrySet()) {
                boolean isNew = known.add(task.getKey()) && !isFirst;
                if (isNew && past.window().reaches(version.observedAt())) {
                    tasks.add(new CompletedTask(version.observedAt(), task.getValue()));
                }
            }
            isFirst = false;
        }
        return List.copyOf(tasks);
    }
}
