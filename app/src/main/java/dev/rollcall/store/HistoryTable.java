package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Overwrite;
import dev.rollcall.roll.PastVersion;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.Seal;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code status_history}: versions go in compressed and come back byte for byte. */
final class HistoryTable {
    static final List<StatusField> FIELDS = Revision.KEPT;

    /** True of a version that was taken from a commit. */
    static final String IMPORTED = "coalesce(origin LIKE 'git:%' OR origin LIKE 'git-branch:%', FALSE)";

    /** False of a version from beside the line. The index {@code status_history_order} tells it without the row. */
    static final String IN_FORCE = "coalesce(origin NOT LIKE 'git-branch:%', TRUE)";

    static final String FULL = "zstd";
    static final String DELTA = "zstd-delta";

    private static final String CURRENT =
            "SELECT document FROM agent_workspaces WHERE swarm = ?1 AND agent_id = ?2 AND document IS NOT NULL";

    private static final String UPDATE_COLUMNS = "UPDATE status_history SET "
            + String.join(
                    ", ",
                    FIELDS.stream()
                            .map(f -> f.column() + " = ?" + (FIELDS.indexOf(f) + 4))
                            .toList())
            + " WHERE swarm = ?1 AND agent_id = ?2 AND revision = ?3 AND ("
            + String.join(
                    " OR ",
                    FIELDS.stream()
                            .map(f -> f.column() + " IS DISTINCT FROM ?" + (FIELDS.indexOf(f) + 4))
                            .toList())
            + ")";

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryCodec codec;
    private final Seals seals;
    private final FirstCopies firstCopies;
    private final NewVersions versions;
    private final PastDocuments documents;

    HistoryTable(SqlConnection connection, SwarmName swarm, HistoryCodec codec, FirstCopies firstCopies) {
        this.firstCopies = firstCopies;
        this.connection = connection;
        this.swarm = swarm.value();
        this.codec = codec;
        this.seals = new Seals(connection, swarm);
        this.versions = new NewVersions(connection, swarm, codec, firstCopies);
        this.documents = new PastDocuments(connection, swarm, codec);
    }

    /** Before each transaction that may {@link #add}. */
    void prepare(List<RollChange> changes) {
        firstCopies.prepare(changes);
    }

    /**
     * Adds a version after the agent's head.
     *
     * @param observedAt not before the head's: the order of versions is (observed_at, revision)
     */
    long add(RollChange.Accepted change, Known known, String observedAt) throws SQLException {
        Known.Head head = known.head();
        boolean isOverwritten = change.sighting().isWrittenOver(known.file());
        boolean isFull = head == null || head.deltaDepth() + 1 >= HistoryCodec.CHAIN;
        byte[] before = head == null || (isFull && !isOverwritten) ? null : bytesOf(change.agent(), head);
        Overwrite overwrite = isOverwritten && before != null
                ? Overwrite.of(before, change.content().bytes())
                : null;
        Seal seal = new Seal(
                observedAt,
                Timestamps.textOrNull(change.sighting().modifiedAt()),
                change.origin().label(),
                change.content().sha256());
        Predecessor base = head == null || isFull || before == null
                ? null
                : new Predecessor(head.revision(), head.deltaDepth(), before);
        return insert(
                new NewVersions.Addition(change.agent(), change.content(), change.columns(), seal, base, overwrite));
    }

    /** Adds a version where its time puts it. */
    long add(PastVersion version, @Nullable Predecessor base) throws SQLException {
        String at = Timestamps.text(version.at());
        Seal seal = new Seal(
                at,
                Timestamps.text(version.writing().at()),
                version.origin().label(),
                version.content().sha256());
        return insert(
                new NewVersions.Addition(version.agent(), version.content(), version.columns(), seal, base, null));
    }

    /** A recorded version that another may be told by its difference to. */
    record Predecessor(long revision, int deltaDepth, byte[] bytes) {}

    private long insert(NewVersions.Addition version) throws SQLException {
        long revision = connection.engine().nextRevision();
        versions.insert(revision, version);
        return revision;
    }

    /** What the versions said. */
    PastDocuments documents() {
        return documents;
    }

    /** Where rows go in, for whoever gives out numbers on its own. */
    NewVersions versions() {
        return versions;
    }

    /** The head's bytes, from the current row where they stand uncompressed, else from history; null when damaged. */
    private byte @Nullable [] bytesOf(AgentId agent, Known.Head head) throws SQLException {
        Optional<byte[]> text = connection.first(CURRENT, HistoryTable::bytes, swarm, agent.value());
        if (text.isPresent() && DocumentContent.sha256Of(text.get()).equals(head.sha256())) {
            return text.get();
        }
        return document(agent, head.revision()) instanceof StoredDocument.Intact intact ? intact.bytes() : null;
    }

    /** The version's bytes, held against the digest its seal tells, or the column where the seal does not fit. */
    StoredDocument document(AgentId agent, long revision) throws SQLException {
        return documents.of(agent).document(revision);
    }

    /**
     * Tells a version by its difference to another one, or by a full copy; false, and nothing is changed, when its
     * document does not come back as it was recorded.
     *
     * @param newBase a version of the same agent with a smaller number; null for a full copy
     */
    boolean rebase(AgentId agent, long revision, @Nullable Long newBase) throws SQLException {
        if (!(document(agent, revision) instanceof StoredDocument.Intact version)) {
            return false;
        }
        StoredDocument base = newBase == null ? null : document(agent, newBase);
        byte[] before = base instanceof StoredDocument.Intact intact ? intact.bytes() : null;
        byte[] frame = before == null ? codec.full(version.bytes()) : codec.delta(version.bytes(), before);
        if (!(codec.decode(frame, before) instanceof StoredDocument.Intact again)
                || !Arrays.equals(again.bytes(), version.bytes())) {
            throw new IllegalStateException("revision " + revision + " does not come back from its new frame");
        }
        connection.update(
                "UPDATE status_history SET encoding = ?, base_revision = ?, document = ? WHERE revision = ?",
                before == null ? FULL : DELTA,
                before == null ? null : newBase,
                frame,
                revision);
        return true;
    }

    /** Writes how many differences lie between the version and a full copy; what it is built on must be counted. */
    void countDepth(long revision) throws SQLException {
        connection.update(
                "UPDATE status_history SET delta_depth = coalesce((SELECT base.delta_depth + 1 FROM status_history AS"
                        + " base WHERE base.revision = status_history.base_revision), 0) WHERE revision = ?",
                revision);
    }

    private static byte[] bytes(ResultSet row) throws SQLException {
        return row.getBytes(1);
    }

    /** Of agents that are about to get another version. */
    void readAhead(List<String> agents) throws SQLException {
        connection.readAhead(CURRENT, HistoryTable::bytes, swarm, agents);
    }

    /** Whether the head is the version with this digest, whatever digest stands beside it. */
    boolean isVersion(AgentId agent, Known.Head head, String sha256) throws SQLException {
        return sha256.equals(head.sha256())
                || (documents.of(agent).unchecked(head.revision()) instanceof StoredDocument.Intact intact
                        && DocumentContent.sha256Of(intact.bytes()).equals(sha256));
    }

    /** Whether the version was the first that a look at the file gave: what came in from commits was before anybody looked. */
    boolean isFirst(AgentId agent, long revision) throws SQLException {
        return connection
                .first(
                        "SELECT 1 FROM status_history WHERE swarm = ? AND agent_id = ? AND revision <> ? AND NOT "
                                + IMPORTED + " LIMIT 1",
                        row -> true,
                        swarm,
                        agent.value(),
                        revision)
                .isEmpty();
    }

    /** Whether a column of the head differs from what its seal tells. */
    boolean isEdited(AgentId agent, Known.Head head) {
        return seals.read(agent, head.revision(), head.seal())
                .map(seal -> !head.agreesWith(seal))
                .orElse(false);
    }

    /** Notes another origin where the seal fits and the columns agree with it; else the row stays as a hand left it. */
    boolean mark(AgentId agent, long revision, Origin origin) throws SQLException {
        return seals.mark(agent, revision, origin);
    }

    /** Puts back what the agent's seals tell of their columns. */
    void restore(AgentId agent) throws SQLException {
        seals.restore(agent);
    }

    /**
     * Writes a new seal where the head's does not fit, over what stands in the row as far as it can be read; and a full
     * copy of the document where it does not come back as these bytes.
     */
    void repairHead(RollChange.Accepted change, Known.Head head) throws SQLException {
        AgentId agent = change.agent();
        DocumentContent content = change.content();
        boolean fits = seals.read(agent, head.revision(), head.seal())
                .filter(seal -> seal.contentSha256().equals(content.sha256()))
                .isPresent();
        if (!fits) {
            seals.renew(agent, head.revision(), presentValues(change, head));
        }
        if (document(agent, head.revision()) instanceof StoredDocument.Damaged) {
            connection.update(
                    "UPDATE status_history SET encoding = ?, base_revision = NULL, delta_depth = 0, document = ?"
                            + " WHERE revision = ?",
                    FULL,
                    codec.full(content.bytes()),
                    head.revision());
        }
    }

    private static Seal presentValues(RollChange.Accepted change, Known.Head head) {
        Instant observedAt =
                Timestamps.read(head.observedAt()).orElse(change.sighting().observedAt());
        Instant modifiedAt = Timestamps.read(head.sourceModifiedAt())
                .orElse(change.sighting().modifiedAt());
        Origin origin = Optional.ofNullable(head.origin())
                .filter(Origin::isKnown)
                .map(Origin::new)
                .orElse(change.origin());
        return new Seal(
                Timestamps.text(observedAt),
                Timestamps.textOrNull(modifiedAt),
                origin.label(),
                change.content().sha256());
    }

    /** Writes what differs of a version's columns. */
    void repairColumns(AgentId agent, long revision, StatusColumns columns) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(swarm);
        values.add(agent.value());
        values.add(revision);
        FIELDS.forEach(field -> values.add(Cells.value(columns, field)));
        connection.update(UPDATE_COLUMNS, values.toArray());
    }
}
