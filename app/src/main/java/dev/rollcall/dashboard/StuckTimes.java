package dev.rollcall.dashboard;

import dev.rollcall.app.LiveRoll.Look;
import dev.rollcall.app.OpenRolls;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import java.time.Instant;
import java.util.HashMap;
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

    /**
     * Without those of whom nobody can tell. The database is asked of those whose version is another than last time, and
     * only as long as it answers: that it does not is told elsewhere.
     *
     * @param stuck those of the look who can not go on
     */
    Map<AgentId, Instant> of(List<RollEntry> stuck, Look look) {
        boolean isAnswering = look.trouble() == null;
        Map<AgentId, Instant> times = new HashMap<>();
        for (RollEntry entry : stuck) {
            Known last = known.get(entry.agent());
            if (isAnswering && (last == null || last.revision() != entry.revision())) {
                try {
                    last = new Known(entry.revision(), read(entry));
                    known.put(entry.agent(), last);
                } catch (ProblemException unavailable) {
                    isAnswering = false;
                }
            }
            if (last != null && last.since() != null) {
                times.put(entry.agent(), last.since());
            }
        }
        return times;
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
