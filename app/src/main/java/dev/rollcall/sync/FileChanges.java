package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hints that status files may have changed. A hint only means "look here"; what is not hinted at is found by scanning.
 *
 * <p><b>What one call does.</b> {@link #watch} makes sure that hints come for these agents, as far as the system allows;
 * {@link #next} waits for hints and hands over all that have come; {@link #coverage} tells for whom hints come at all.
 * <b>Atomic:</b> nothing. A change after {@code watch} has returned is hinted at, or coverage tells that it is not, or
 * {@code next} tells to look everywhere. <b>A second call</b> of {@code watch} with the same agents registers only those
 * that were lost; a second {@code next} tells only what came since. <b>Absent:</b> an agent without a folder is not
 * watched; no hints within the patience are {@link Hints#NONE}. <b>Exceptions:</b> none for what the system can not do:
 * that is coverage. {@link dev.rollcall.problem.ProblemException} WORKSPACE_UNREADABLE when the calling thread was
 * interrupted while it waited. <b>Threads:</b> one at a time.
 */
public interface FileChanges extends AutoCloseable {
    void watch(Collection<AgentId> agents);

    Hints next(Duration patience);

    Coverage coverage();

    @Override
    void close();

    /**
     * @param agents whose files may have changed
     * @param isEverywhere whether hints were lost, or agents may have come or gone: a scan is due
     */
    record Hints(Set<AgentId> agents, boolean isEverywhere) {
        public static final Hints NONE = new Hints(Set.of(), false);
    }

    /**
     * For whom hints come.
     *
     * @param watched agents whose folder is watched
     * @param unwatched agents whose folder could not be watched; they are found by scans alone
     * @param lost how often the system dropped hints since the start; each time a scan made up for it
     * @param reason why some, or all, are not watched; null when all are
     */
    record Coverage(
            int watched, int unwatched, long lost, @Nullable String reason) {
        public boolean isComplete() {
            return reason == null;
        }
    }
}
