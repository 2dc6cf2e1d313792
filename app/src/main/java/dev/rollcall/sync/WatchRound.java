package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One round of a daemon: what it holds to be news, and what it has seen. */
final class WatchRound implements Intake.Manner {
    private final Map<AgentId, Standing> standings;
    private final RollStore roll;
    private final StatusSource source;
    private final Doubts doubts;
    private final Map<AgentId, String> seen = new HashMap<>();

    /** Looks may be on another thread. */
    private final Map<AgentId, RuntimeException> bugs = new ConcurrentHashMap<>();

    private StatusSource.@Nullable Scan scan;

    WatchRound(Map<AgentId, Standing> standings, RollStore roll, StatusSource source, Doubts doubts) {
        this.standings = standings;
        this.roll = roll;
        this.source = source;
        this.doubts = doubts;
    }

    @Override
    public Extent extent() {
        return Extent.CHANGES;
    }

    @Override
    public boolean isOutOfPatience(AgentId agent) {
        return doubts.isOutOfPatience().test(agent);
    }

    @Override
    public void failed(AgentId agent, RuntimeException bug) {
        bugs.put(agent, bug);
    }

    /** Bytes that the roll has already, as after a lifecycle verb, cost no transaction. */
    @Override
    public boolean isNews(RollChange change) {
        AgentId agent = change.agent();
        Standing standing = Objects.requireNonNull(standings.get(agent), "a look without a standing");
        if (!(change instanceof RollChange.Departed)) {
            seen.put(agent, change.sighting().stamp());
        }
        return switch (change) {
            case RollChange.Accepted accepted ->
                doubts.isUnfamiliar().test(agent)
                        || !standing.isPresent()
                        || standing.rejectedSha256() != null
                        || roll.latestSha256(agent)
                                .filter(accepted.content().sha256()::equals)
                                .isEmpty();
            // Without bytes all refusals look alike.
            case RollChange.Refused refused ->
                refused.bytes().length == 0 || !refused.contentSha256().equals(standing.rejectedSha256());
            case RollChange.Departed departed -> isReallyGone(agent);
            case RollChange.Rested rested -> true;
        };
    }

    /** An unmounted root looks like everybody leaving, and another root's file like a missing one. */
    private boolean isReallyGone(AgentId agent) {
        if (isRootEmpty()) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "watch: the workspaces root holds no agent any more; nobody is marked as left",
                    "Check that the root is mounted.");
        }
        return SyncEngine.elsewhere(agent, roll, source).isEmpty();
    }

    /** Looked at once: many may go at the same time. */
    private boolean isRootEmpty() {
        if (scan == null) {
            scan = source.scan();
        }
        return scan.files().isEmpty();
    }

    /**
     * What is asked of an agent beside its file.
     *
     * @param isOutOfPatience whether its file was in the middle of being written for as long as a writer may take
     * @param isUnfamiliar whether what its row says has to be written again, whatever its bytes are
     */
    record Doubts(Predicate<AgentId> isOutOfPatience, Predicate<AgentId> isUnfamiliar) {}

    /** Agents at whose turn Rollcall itself failed. */
    Map<AgentId, RuntimeException> bugs() {
        return bugs;
    }

    /** The stamp text of each file that was judged; empty where it must be looked at again. */
    Map<AgentId, String> seen() {
        return seen;
    }
}
