package dev.rollcall.sync;

import dev.rollcall.roll.RejectedDocument;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What a pass did.
 *
 * @param agents how many agents have a status.json
 * @param recorded new revisions
 * @param unchanged agents whose latest revision is still what their file holds
 * @param left agents that the roll called present and whose file is gone
 * @param rejected every document that stands rejected after the pass
 * @param findings how many findings the current documents of these agents have
 * @param elsewhere agents of this swarm that somebody else records: whose file stands outside this root, or which another
 *     source has
 * @param ignored folders with a status.json whose name can not be an agent's id
 */
public record SyncReport(
        int agents,
        int recorded,
        int unchanged,
        int left,
        List<RejectedDocument> rejected,
        long findings,
        List<Elsewhere> elsewhere,
        List<String> ignored,
        Duration elapsed) {
    public SyncReport {
        rejected = rejected.stream()
                .sorted(Comparator.comparing(RejectedDocument::agent))
                .toList();
        elsewhere = List.copyOf(elsewhere);
        ignored = List.copyOf(ignored);
    }

    /** Whether everything that is there is on the roll. */
    public boolean isClean() {
        return rejected.isEmpty() && ignored.isEmpty() && elsewhere.isEmpty();
    }
}
