package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.roll.Thinned;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes versions out of the middle of an agent's history; those that stay are told anew where they were built on them. */
final class HistoryThinning {
    /** Versions of one transaction: some ten milliseconds for which nobody else records. */
    private static final int SLICE = 128;

    private static final String VERSIONS = "SELECT revision, observed_at, coalesce(base_revision, 0), "
            + Seals.AS_SEALED + " AND " + HistoryTable.IN_FORCE + ", length(document) FROM status_history"
            + " WHERE swarm = ? AND agent_id = ? AND revision > ?";

    /** What only the version before could prove. */
    private static final String WITHOUT_OVERWRITE = "UPDATE status_history SET kept_head = NULL, kept_tail = NULL"
            + " WHERE swarm = ? AND agent_id = ? AND revision = ? AND kept_head IS NOT NULL";

    private static final String DELETE = "DELETE FROM status_history WHERE swarm = ? AND agent_id = ? AND revision = ?";

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryTable history;
    private final GapTable gaps;

    HistoryThinning(SqlConnection connection, SwarmName swarm, HistoryTable history) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.history = history;
        this.gaps = new GapTable(connection, swarm);
    }

    Thinned plan(AgentId agent, Instant keepFrom) {
        VersionForest forest = forest(agent, keepFrom);
        return new Thinned(forest.count(), forest.bytes(), 0);
    }

    Thinned thin(AgentId agent, Instant keepFrom) {
        VersionForest forest = forest(agent, keepFrom);
        Thinned all = Thinned.NOTHING;
        while (forest.count() > 0) {
            all = all.plus(connection.write(Durability.AT_ONCE, () -> slice(agent, forest)));
        }
        return all;
    }

    private VersionForest forest(AgentId agent, Instant keepFrom) {
        VersionForest forest = new VersionForest();
        forest.add(connection.read(() -> versionsAfter(agent, 0)));
        forest.doom(Timestamps.text(keepFrom));
        return forest;
    }

    private List<VersionNode> versionsAfter(AgentId agent, long revision) throws SQLException {
        return connection.query(VERSIONS, HistoryThinning::version, swarm, agent.value(), revision);
    }

    private static VersionNode version(ResultSet row) throws SQLException {
        String observedAt = row.getString(2);
        return new VersionNode(
                row.getLong(1),
                observedAt == null ? "" : observedAt,
                row.getLong(3),
                row.getBoolean(4) && Timestamps.read(observedAt).isPresent(),
                row.getLong(5));
    }

    /** A run of versions that lie side by side and are gone. */
    private record Run(VersionNode next, String from, long versions) {
        Run with(VersionNode another) {
            return new Run(next, another.observedAt().compareTo(from) < 0 ? another.observedAt() : from, versions + 1);
        }
    }

    private Thinned slice(AgentId agent, VersionForest forest) throws SQLException {
        // Whoever recorded meanwhile may have built on a version that is told anew here.
        forest.add(versionsAfter(agent, forest.newest()));
        Thinned done = Thinned.NOTHING;
        Set<Long> rebased = new HashSet<>();
        Set<VersionNode> gone = new HashSet<>();
        for (VersionNode version : forest.next(SLICE)) {
            if (!isFreed(agent, forest, version, rebased)) {
                forest.stays(version);
                done = done.plus(new Thinned(0, 0, 1));
                continue;
            }
            forest.gone(version);
            // None: another process was faster, and has marked it.
            if (connection.update(DELETE, swarm, agent.value(), version.revision()) == 1) {
                gone.add(version);
                done = done.plus(new Thinned(1, version.bytes(), 0));
            }
        }
        for (long revision : forest.withAllBuiltOn(rebased)) {
            history.countDepth(revision);
        }
        mark(agent, forest, gone);
        return done;
    }

    /** Tells those that build on the version without it; false when one of them can not be read. */
    private boolean isFreed(AgentId agent, VersionForest forest, VersionNode version, Set<Long> rebased)
            throws SQLException {
        VersionNode base = forest.baseThatStays(version);
        @Nullable Long newBase = base == null ? null : Long.valueOf(base.revision());
        for (VersionNode dependent : forest.builtOn(version)) {
            if (!history.rebase(agent, dependent.revision(), newBase)) {
                return false;
            }
            forest.moved(dependent, newBase == null ? 0 : newBase);
            rebased.add(dependent.revision());
        }
        return true;
    }

    private void mark(AgentId agent, VersionForest forest, Set<VersionNode> gone) throws SQLException {
        TreeMap<Long, Run> runs = new TreeMap<>();
        for (VersionNode version : gone) {
            VersionNode next = forest.after(version);
            if (next != null) {
                runs.merge(next.revision(), new Run(next, version.observedAt(), 1), (run, more) -> run.with(version));
            }
        }
        for (Run run : runs.values()) {
            gaps.pruned(agent, run.from(), run.next().observedAt(), run.versions());
            connection.update(
                    WITHOUT_OVERWRITE, swarm, agent.value(), run.next().revision());
        }
    }
}
