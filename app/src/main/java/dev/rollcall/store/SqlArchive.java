package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.PastVersion;
import dev.rollcall.roll.RollArchive;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds versions of the past to {@code status_history}, gaps between them, and what they had as past work. */
final class SqlArchive implements RollArchive {
    private static final String OF_AGENT = " FROM status_history WHERE swarm = ?1 AND agent_id = ?2";
    private static final String LATEST = " ORDER BY observed_at DESC, revision DESC LIMIT 1";
    private static final String OF_LINE = " AND " + HistoryTable.IN_FORCE;

    private static final String HEAD = "SELECT observed_at, coalesce(content_sha256, '')" + OF_AGENT + OF_LINE + LATEST;

    private static final String FIRST_SEEN =
            "SELECT observed_at" + OF_AGENT + " AND NOT " + HistoryTable.IMPORTED + " ORDER BY observed_at LIMIT 1";

    private static final String NEXT_SEEN = "SELECT observed_at" + OF_AGENT + " AND NOT " + HistoryTable.IMPORTED
            + " AND observed_at > ?3 ORDER BY observed_at LIMIT 1";

    /** Git tells the second in which a commit was made; what a look at the file saw in it was seen before the commit. */
    private static final String SEEN_BETWEEN = "SELECT 1" + OF_AGENT + " AND NOT " + HistoryTable.IMPORTED
            + " AND observed_at >= ?3 AND observed_at < ?4 AND content_sha256 = ?5 LIMIT 1";

    private static final String HAS_ROW = "SELECT EXISTS (SELECT 1 FROM agent_workspaces WHERE swarm = ?1"
            + " AND agent_id = ?2), EXISTS (SELECT 1 FROM rejected_documents WHERE swarm = ?1 AND agent_id = ?2)";

    /** What the version at ?3 follows unless it says so itself: imports leave no order among commits of one moment. */
    private static final String BEFORE = "SELECT coalesce(content_sha256, '')" + OF_AGENT
            + " AND observed_at <= ?3 AND (observed_at < ?3 OR NOT " + HistoryTable.IMPORTED + ")" + OF_LINE + LATEST;

    private static final String IN_FORCE =
            "SELECT coalesce(content_sha256, '')" + OF_AGENT + " AND observed_at <= ?3" + OF_LINE + LATEST;

    private static final String BASE =
            "SELECT revision, coalesce(delta_depth, 0)" + OF_AGENT + " AND observed_at <= ?3" + LATEST;

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryTable history;
    private final GapTable gaps;

    private final ImportedVersions imported;
    private final ImportedWork work;

    /** The version added last, by agent: mostly what the next one differs from. */
    private final Map<AgentId, HistoryTable.Predecessor> lastAdded = new HashMap<>();

    private final Map<AgentId, Condition> conditions = new HashMap<>();
    private long dataVersion;

    SqlArchive(SqlConnection connection, SwarmName swarm, HistoryTable history) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.history = history;
        this.gaps = new GapTable(connection, swarm);
        this.imported = new ImportedVersions(connection, swarm, history);
        this.work = new ImportedWork(connection, swarm, history);
    }

    /**
     * How an agent stands when a transaction begins.
     *
     * @param head when the latest version of a followed agent was observed; null for an agent that nobody follows
     * @param headSha256 of that version
     * @param until where imported gaps end that no version seen in the file ends before; null for an agent that nobody
     *     follows
     * @param mayCut whether what lasts of its gaps is ended by an acceptable version
     */
    private record Condition(
            @Nullable String head,
            @Nullable String headSha256,
            @Nullable String until,
            boolean mayCut) {}

    @Override
    public List<Outcome> archive(List<PastVersion> versions, List<Gap> between, Durability durability) {
        if (versions.isEmpty() && between.isEmpty()) {
            return List.of();
        }
        history.prepare(List.of());
        try {
            return connection.write(durability, () -> {
                forgetWhatMayHaveChanged();
                List<Outcome> outcomes = new ArrayList<>(versions.size());
                for (PastVersion version : versions) {
                    outcomes.add(archive(version));
                }
                for (Gap gap : between) {
                    add(gap);
                }
                return List.copyOf(outcomes);
            });
        } catch (RuntimeException rolledBack) {
            imported.forget();
            lastAdded.clear();
            throw rolledBack;
        }
    }

    @Override
    public void keepWork(Collection<AgentId> agents) {
        agents.forEach(work::keep);
    }

    private void forgetWhatMayHaveChanged() throws SQLException {
        conditions.clear();
        // Kept from the transaction before, documents would add up to one for each agent.
        lastAdded.clear();
        long version = connection.engine().othersChanges();
        if (version != dataVersion) {
            dataVersion = version;
            imported.forget();
        }
    }

    private Outcome archive(PastVersion version) throws SQLException {
        String at = Timestamps.text(version.at());
        Condition condition = condition(version.agent());
        Outcome outcome = judge(version, at, condition);
        if (outcome == Outcome.RECORDED) {
            add(version, at);
        }
        if (condition.mayCut() && !version.isBeside()) {
            gaps.cut(version.agent(), at);
        }
        return outcome;
    }

    private Outcome judge(PastVersion version, String at, Condition condition) throws SQLException {
        boolean isAfterHead = condition.head() != null && at.compareTo(condition.head()) >= 0;
        if (version.writing().isAtEnd()) {
            return isAfterHead || isInForce(version, at) ? Outcome.KNOWN : Outcome.RECORDED;
        }
        switch (imported.acquaintance(version)) {
            case SAME -> {
                return Outcome.KNOWN;
            }
            case REWRITTEN -> {
                imported.rename(version);
                return Outcome.REWRITTEN;
            }
            case MOVED -> {
                if (version.isBeside() || !isAfterHead) {
                    imported.move(version, at, condition.head());
                    return Outcome.KNOWN;
                }
            }
            case NONE -> {
                if (gaps.isPruned(version.agent(), at)) {
                    return Outcome.PRUNED;
                }
                if (version.isBeside()) {
                    return Outcome.RECORDED;
                }
            }
        }
        String sha256 = version.content().sha256();
        if (isAfterHead) {
            return sha256.equals(condition.headSha256()) ? Outcome.UNCHANGED : Outcome.NEWER;
        }
        if (wasSeenInItsSecond(version, at)) {
            return Outcome.UNCHANGED;
        }
        String before = version.follows() == null
                ? connection
                        .first(
                                BEFORE,
                                row -> row.getString(1),
                                swarm,
                                version.agent().value(),
                                at)
                        .orElse("")
                : version.follows();
        return sha256.equals(before) ? Outcome.UNCHANGED : Outcome.RECORDED;
    }

    private boolean wasSeenInItsSecond(PastVersion version, String at) throws SQLException {
        return connection
                .first(
                        SEEN_BETWEEN,
                        row -> true,
                        swarm,
                        version.agent().value(),
                        at,
                        Timestamps.text(version.at().plusSeconds(1)),
                        version.content().sha256())
                .isPresent();
    }

    private boolean isInForce(PastVersion version, String at) throws SQLException {
        return connection
                .first(IN_FORCE, row -> row.getString(1), swarm, version.agent().value(), at)
                .filter(version.content().sha256()::equals)
                .isPresent();
    }

    private void add(PastVersion version, String at) throws SQLException {
        HistoryTable.Predecessor base = base(version.agent(), at);
        long revision = history.add(version, base);
        lastAdded.put(
                version.agent(),
                new HistoryTable.Predecessor(
                        revision,
                        base == null ? 0 : base.deltaDepth() + 1,
                        version.content().bytes()));
        imported.added(version);
    }

    /** What stands before the version and can still carry a difference; null where nothing does. */
    private HistoryTable.@Nullable Predecessor base(AgentId agent, String at) throws SQLException {
        HistoryTable.Predecessor before = connection
                .first(BASE, SqlArchive::base, swarm, agent.value(), at)
                .orElse(null);
        if (before == null || before.deltaDepth() + 1 >= HistoryCodec.CHAIN) {
            return null;
        }
        HistoryTable.Predecessor last = lastAdded.get(agent);
        if (last != null && last.revision() == before.revision()) {
            return last;
        }
        return history.document(agent, before.revision()) instanceof StoredDocument.Intact intact
                ? new HistoryTable.Predecessor(before.revision(), before.deltaDepth(), intact.bytes())
                : null;
    }

    private static HistoryTable.Predecessor base(ResultSet row) throws SQLException {
        return new HistoryTable.Predecessor(row.getLong(1), row.getInt(2), new byte[0]);
    }

    private void add(Gap gap) throws SQLException {
        String from = Timestamps.text(gap.from());
        String until = Timestamps.textOrNull(gap.until());
        String followedFrom = condition(gap.agent()).until();
        if (followedFrom == null) {
            gaps.add(gap, until, false);
            return;
        }
        String limit = connection
                .first(NEXT_SEEN, row -> row.getString(1), swarm, gap.agent().value(), from)
                .orElse(followedFrom);
        if (from.compareTo(limit) < 0) {
            gaps.add(gap, until == null || until.compareTo(limit) > 0 ? limit : until, true);
        }
    }

    private Condition condition(AgentId agent) throws SQLException {
        Condition condition = conditions.get(agent);
        if (condition == null) {
            condition = read(agent);
            conditions.put(agent, condition);
        }
        return condition;
    }

    private Condition read(AgentId agent) throws SQLException {
        boolean[] has = connection
                .first(HAS_ROW, row -> new boolean[] {row.getBoolean(1), row.getBoolean(2)}, swarm, agent.value())
                .orElseThrow();
        Optional<String> firstSeen = connection.first(FIRST_SEEN, row -> row.getString(1), swarm, agent.value());
        Optional<String[]> head =
                connection.first(HEAD, row -> new String[] {row.getString(1), row.getString(2)}, swarm, agent.value());
        boolean isFollowed = head.isPresent() && (has[0] || firstSeen.isPresent());
        return isFollowed
                ? new Condition(head.get()[0], head.get()[1], firstSeen.orElse(head.get()[0]), false)
                : new Condition(null, null, null, !has[1] && gaps.isAnyOpen(agent));
    }
}
