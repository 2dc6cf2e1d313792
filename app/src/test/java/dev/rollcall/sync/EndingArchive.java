package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.PastVersion;
import dev.rollcall.roll.RollArchive;
import dev.rollcall.roll.RollStore.Durability;
import java.util.Collection;
import java.util.List;

/** Lets so many calls through to another archive; at the next one the power is gone. */
final class EndingArchive implements RollArchive {
    private final RollArchive roll;
    private int left;

    EndingArchive(RollArchive roll, int calls) {
        this.roll = roll;
        this.left = calls;
    }

    @Override
    public List<Outcome> archive(List<PastVersion> versions, List<Gap> gaps, Durability durability) {
        count();
        return roll.archive(versions, gaps, durability);
    }

    @Override
    public void keepWork(Collection<AgentId> agents) {
        count();
        roll.keepWork(agents);
    }

    private void count() {
        if (left-- == 0) {
            throw new IllegalStateException("the power is gone");
        }
    }
}
