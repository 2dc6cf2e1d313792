package dev.rollcall.report;

import dev.rollcall.document.State;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Which documents a report reads. Tasks and blockers stand in documents only, and a document costs some 30 microseconds:
 * all are read while {@value #MOST} are enough. Of an agent with more than its share are read: the version in force at the
 * window's beginning, the last of each day in UTC, the last of all, and the first of each run of BLOCKED versions.
 */
final class DocumentPlan {
    /** Documents read at most when all versions are read: about half a second. */
    static final int MOST = 20_000;

    /** Whatever the size of the swarm, a handful of versions of an agent is always read. */
    private static final int FEWEST = 12;

    private final Window window;
    private final int share;

    DocumentPlan(Window window, int agents) {
        this.window = window;
        this.share = Math.max(FEWEST, MOST / Math.max(1, agents));
    }

    /** @param versions of one agent, oldest first */
    List<Long> wanted(List<Revision> versions) {
        List<Long> wanted = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            if (versions.size() <= share || isWanted(versions, i)) {
                wanted.add(versions.get(i).revision());
            }
        }
        return wanted;
    }

    private boolean isWanted(List<Revision> versions, int at) {
        boolean isAtAnEnd = at == 0 || at == versions.size() - 1;
        return isAtAnEnd
                || !day(versions.get(at)).equals(day(versions.get(at + 1)))
                || (isBlocked(versions.get(at)) && !isBlocked(versions.get(at - 1)));
    }

    private Instant day(Revision version) {
        return Window.later(window.from(), version.observedAt()).truncatedTo(ChronoUnit.DAYS);
    }

    private static boolean isBlocked(Revision version) {
        return version.columns().state() == State.BLOCKED;
    }
}
