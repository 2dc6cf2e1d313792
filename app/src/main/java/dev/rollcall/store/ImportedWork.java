package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.PastPassages.Leaving;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes past work of the texts that an agent's imported versions had and the next version in force had not. It follows from
 * what stands in the tables alone: however often it is done, and in whatever order versions came in, it gives the same.
 */
final class ImportedWork {
    private static final String OF_AGENT = " WHERE swarm = ?1 AND agent_id = ?2";

    private static final String VERSIONS = "SELECT revision, observed_at, coalesce(origin, '') FROM status_history"
            + OF_AGENT + " ORDER BY observed_at, revision";

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryTable history;
    private final GapTable gaps;
    private final PastPassages past;
    private final PassageTable passages;

    ImportedWork(SqlConnection connection, SwarmName swarm, HistoryTable history) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.history = history;
        this.gaps = new GapTable(connection, swarm);
        this.past = new PastPassages(connection, swarm);
        this.passages = new PassageTable(connection, swarm);
    }

    private record Version(long revision, String at, String origin) {
        boolean isBeside() {
            return Origin.isBeside(origin);
        }

        boolean isImported() {
            return Origin.isCommit(origin);
        }
    }

    /**
     * What an agent's versions tell.
     *
     * @param left by key
     * @param beside versions that are not in force
     */
    private record Told(Map<String, Leaving> left, Set<Long> beside) {}

    /**
     * In a transaction of its own. Of an agent without a row nothing is kept: nobody could be asked about it, and its latest
     * texts may be those of its file. {@link #keepAtFirstSight} makes up for it.
     */
    void keep(AgentId agent) {
        Told told = connection.read(() -> isOnRoll(agent) ? told(agent) : new Told(Map.of(), Set.of()));
        if (!told.left().isEmpty() || !told.beside().isEmpty()) {
            connection.write(Durability.AT_ONCE, () -> {
                if (isOnRoll(agent)) {
                    keep(agent, told);
                }
                return true;
            });
        }
    }

    /** In the transaction that brings an agent onto the roll of which only commits were known, after its passages. */
    void keepAtFirstSight(AgentId agent) throws SQLException {
        keep(agent, told(agent));
    }

    private boolean isOnRoll(AgentId agent) throws SQLException {
        return connection
                .first("SELECT 1 FROM agent_workspaces" + OF_AGENT, row -> true, swarm, agent.value())
                .isPresent();
    }

    private Told told(AgentId agent) throws SQLException {
        List<Version> versions = connection.query(VERSIONS, ImportedWork::version, swarm, agent.value());
        Set<Long> beside = new HashSet<>();
        Map<Long, Version> wanted = new LinkedHashMap<>();
        boolean isAfterImported = false;
        for (Version version : versions) {
            if (version.isBeside()) {
                beside.add(version.revision());
            } else {
                // A look at the file takes over from there: what a version that it gave had is noted when it leaves.
                if (version.isImported() || isAfterImported) {
                    wanted.put(version.revision(), version);
                }
                isAfterImported = version.isImported();
            }
        }
        Leavings leavings = new Leavings();
        history.documents()
                .of(agent)
                .documents(
                        List.copyOf(wanted.keySet()),
                        (revision, document) -> leavings.next(Objects.requireNonNull(wanted.get(revision)), document));
        return new Told(leavings.left, beside);
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(row.getLong(1), row.getString(2), row.getString(3));
    }

    /** Goes from version to version in the order of time. One that can not be read is as if it had not been. */
    private static final class Leavings {
        private final Map<String, Leaving> left = new HashMap<>();
        private List<Passage> before = List.of();
        private long revision;

        void next(Version version, StoredDocument document) {
            if (!(document instanceof StoredDocument.Intact intact)
                    || !(StatusParser.parse(intact.bytes()) instanceof ParseResult.Parsed parsed)) {
                return;
            }
            List<Passage> now = Passages.ofKnownMembers(parsed.document());
            before.forEach(passage -> left.put(passage.key(), new Leaving(passage, revision, version.at())));
            now.forEach(passage -> left.remove(passage.key()));
            before = version.isImported() ? now : List.of();
            revision = version.revision();
        }
    }

    /** All but what stands in the document, left later as far as is known, or left among versions that were thinned out. */
    private void keep(AgentId agent, Told told) throws SQLException {
        Map<String, PastPassages.Left> known = past.known(agent);
        for (var row : Map.copyOf(known).entrySet()) {
            if (told.beside().contains(row.getValue().revision())) {
                past.forget(agent, row.getKey());
                known.remove(row.getKey());
            }
        }
        Set<String> current = passages.keys(agent);
        List<Gap> pruned = gaps.of(agent).stream()
                .filter(gap -> gap.kind() == Gap.Kind.PRUNED)
                .toList();
        List<Leaving> kept = told.left().values().stream()
                .filter(leaving -> !current.contains(leaving.passage().key()))
                .filter(leaving -> leaving.isNews(known.get(leaving.passage().key())))
                .filter(leaving -> pruned.stream().noneMatch(gap -> endsIn(leaving, gap)))
                .toList();
        for (Leaving leaving : kept) {
            past.add(agent, leaving);
        }
        if (!kept.isEmpty()) {
            passages.queue(agent);
        }
    }

    /** The version that ends the stretch is the first one left of those that may have lacked the text. */
    private static boolean endsIn(Leaving leaving, Gap pruned) {
        return Timestamps.text(pruned.from()).compareTo(leaving.leftAt()) < 0
                && (pruned.until() == null || leaving.leftAt().compareTo(Timestamps.text(pruned.until())) <= 0);
    }
}
