package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ShownText;
import dev.rollcall.sync.WatchState.Trouble;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Agents at whose turn Rollcall itself failed, until a turn of theirs goes well. For one thread at a time. */
final class AgentBugs {
    private final Map<AgentId, Trouble> bugs = new LinkedHashMap<>();

    /** The first failure stays: later ones of the agent are most likely the same. */
    void note(AgentId agent, RuntimeException bug, Instant now) {
        bugs.computeIfAbsent(
                agent, key -> new Trouble(agent + ": a bug in Rollcall, " + describe(bug) + "; please report it", now));
    }

    void over(AgentId agent) {
        bugs.remove(agent);
    }

    /** The oldest one, and how many more agents have one; null without any. */
    @Nullable
    Trouble told() {
        if (bugs.isEmpty()) {
            return null;
        }
        Trouble first = bugs.values().iterator().next();
        int more = bugs.size() - 1;
        return more == 0
                ? first
                : new Trouble(
                        first.message() + ", and " + more + " more " + (more == 1 ? "agent" : "agents"), first.since());
    }

    private static String describe(RuntimeException bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
        String said = bug.getMessage() == null ? "" : " (" + ShownText.of(bug.getMessage()) + ")";
        return bug.getClass().getSimpleName() + said + place;
    }
}
