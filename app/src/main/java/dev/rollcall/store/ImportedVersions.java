package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.PastVersion;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions that came in from commits, by agent: which commits they were taken from, how many have the same bytes and
 * author's time, and whether they stand on the line or beside it. Kept as long as no other process has written.
 */
final class ImportedVersions {
    private static final String OF_AGENT =
            " FROM status_history WHERE swarm = ?1 AND agent_id = ?2 AND " + HistoryTable.IMPORTED;

    private static final String ALL =
            "SELECT origin, coalesce(content_sha256, ''), coalesce(source_modified_at, '')" + OF_AGENT;

    private static final String OF_COMMIT = "SELECT revision, observed_at, origin" + OF_AGENT + " AND origin = ?3";

    /** Mostly a version was committed when it was written, which is where the index is entered. */
    private static final String REWRITTEN =
            "SELECT revision, observed_at, origin" + OF_AGENT + " AND " + HistoryTable.IN_FORCE
                    + " AND content_sha256 = ?3 AND source_modified_at = ?4 AND observed_at >= ?5"
                    + " ORDER BY observed_at, revision LIMIT ?6";

    private static final String ANY_TIME = "";

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryTable history;
    private final Map<AgentId, Held> agents = new HashMap<>();

    ImportedVersions(SqlConnection connection, SwarmName swarm, HistoryTable history) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.history = history;
    }

    /** How an agent has a version already. */
    enum Acquaintance {
        /** It does not. */
        NONE,
        /** As it is. */
        SAME,
        /** From the same commit, which stood on the other side of the line. */
        MOVED,
        /** From another commit, on the line as well. */
        REWRITTEN
    }

    /** What is held of one agent. */
    private static final class Held {
        private final Set<String> origins = new HashSet<>();
        private final Map<Long, Integer> all = new HashMap<>();
        private final Map<Long, Integer> onLine = new HashMap<>();

        boolean add(String origin, long identity) {
            all.merge(identity, 1, Integer::sum);
            if (!Origin.isBeside(origin)) {
                onLine.merge(identity, 1, Integer::sum);
            }
            return origins.add(origin);
        }

        boolean hasMore(PastVersion version, long identity) {
            Map<Long, Integer> counts = version.isBeside() ? all : onLine;
            return counts.getOrDefault(identity, 0) > version.writing().repeats();
        }
    }

    private record Row(long revision, String observedAt, String origin) {}

    void forget() {
        agents.clear();
    }

    Acquaintance acquaintance(PastVersion version) throws SQLException {
        Held held = held(version.agent());
        if (held.origins.contains(version.origin().label())) {
            return Acquaintance.SAME;
        }
        if (held.origins.contains(acrossTheLine(version).label())) {
            return Acquaintance.MOVED;
        }
        if (held.hasMore(version, identity(version))) {
            return version.isBeside() ? Acquaintance.SAME : Acquaintance.REWRITTEN;
        }
        return Acquaintance.NONE;
    }

    void added(PastVersion version) throws SQLException {
        held(version.agent()).add(version.origin().label(), identity(version));
    }

    /**
     * Puts a version that has moved to its side of the line.
     *
     * @param head from when on versions stay as they are; null for never
     */
    void move(PastVersion version, String at, @Nullable String head) throws SQLException {
        String before = acrossTheLine(version).label();
        List<Row> rows = rows(OF_COMMIT + " AND observed_at = ?4", version, before, at);
        if (rows.isEmpty()) {
            rows = rows(OF_COMMIT, version, before);
        }
        for (Row row : rows) {
            if ((head == null || row.observedAt().compareTo(head) < 0) && mark(version, row)) {
                held(version.agent()).onLine.merge(identity(version), version.isBeside() ? -1 : 1, Integer::sum);
            }
        }
    }

    /** Lets the version that stands for this one tell from which commit it can be had now. */
    void rename(PastVersion version) throws SQLException {
        String writtenAt = Timestamps.text(version.writing().at());
        int wanted = version.writing().repeats() + 1;
        String sha256 = version.content().sha256();
        List<Row> rows = rows(REWRITTEN, version, sha256, writtenAt, writtenAt, wanted);
        if (rows.size() < wanted) {
            rows = rows(REWRITTEN, version, sha256, writtenAt, ANY_TIME, wanted);
        }
        if (rows.size() == wanted) {
            mark(version, rows.getLast());
        }
    }

    private boolean mark(PastVersion version, Row row) throws SQLException {
        boolean isMarked = history.mark(version.agent(), row.revision(), version.origin());
        if (isMarked) {
            Held held = held(version.agent());
            held.origins.remove(row.origin());
            held.origins.add(version.origin().label());
        }
        return isMarked;
    }

    private List<Row> rows(String query, PastVersion version, Object... more) throws SQLException {
        Object[] arguments = Stream.concat(Stream.of(swarm, version.agent().value()), Stream.of(more))
                .toArray();
        return connection.query(query, ImportedVersions::row, arguments);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), row.getString(2), row.getString(3));
    }

    private static Origin acrossTheLine(PastVersion version) {
        return version.isBeside() ? version.origin().onLine() : version.origin().besideLine();
    }

    private Held held(AgentId agent) throws SQLException {
        Held held = agents.get(agent);
        if (held == null) {
            Held read = new Held();
            connection.query(
                    ALL,
                    row -> read.add(row.getString(1), identity(row.getString(2), row.getString(3))),
                    swarm,
                    agent.value());
            agents.put(agent, read);
            held = read;
        }
        return held;
    }

    private static long identity(PastVersion version) {
        return identity(
                version.content().sha256(), Timestamps.text(version.writing().at()));
    }

    /** FNV-1a in 64 bits: two that differ are told apart, and a long history takes little memory. */
    private static long identity(String sha256, String writtenAt) {
        long hash = 0xcbf29ce484222325L;
        for (char c : (sha256 + writtenAt).toCharArray()) {
            hash = (hash ^ c) * 0x100000001b3L;
        }
        return hash;
    }
}
