package dev.rollcall.dashboard;

import dev.rollcall.app.OpenRolls;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Since when agents have said that they can not go on, read once for each version. Thread-safe. */
final class StuckTimes {
    /** Versions to look back at; who was stuck before all of them is told as stuck since the first. */
    private static final int VERSIONS = 64;

    private final OpenRolls rolls;
    private final Map<AgentId, Known> known = new ConcurrentHashMap<>();

    StuckTimes(OpenRolls rolls) {
        this.rolls = rolls;
    }

    private record Known(long revision, @Nullable Instant since) {}

    /** Null where nobody can tell. */
    @Nullable
    Instant since(RollEntry entry) {
        Known last = known.get(entry.agent());
        if (last == null || last.revision() != entry.revision()) {
            try {
                last = new Known(entry.revision(), read(entry));
            } catch (ProblemException unavailable) {
                return last == null ? null : last.since();
            }
            known.put(entry.agent(), last);
        }
        return last.since();
    }

    private @Nullable Instant read(RollEntry entry) {
        State state = entry.columns().state();
        List<Revision> latest = rolls.ask(rollcall -> rollcall.roll().latest(entry.agent(), VERSIONS));
        Instant since = null;
        for (Revision version : latest.reversed()) {
            if (version.columns().state() != state) {
                break;
            }
            since = version.observedAt();
        }
        return since;
    }
}
