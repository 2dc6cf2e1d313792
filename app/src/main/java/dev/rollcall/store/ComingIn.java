package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.document.StorableText;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.RollItem.Proof;
import dev.rollcall.roll.Seal;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes items into tables that hold nothing of the swarm, inside the caller's write transaction. */
final class ComingIn {
    /** Numbers that every reader of JSON keeps exact, and far more than anybody records. */
    private static final long LARGEST_REVISION = (1L << 53) - 1;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryTable history;
    private final WorkspaceTable workspaces;
    private final PassageTable passages;
    private final RejectionTable rejections;
    private final GapTable gaps;
    private final ReadingRules rules;
    private final long raisedBy;
    private long largestRevision;

    /** The version taken in last, by whose difference the agent's next one is told. */
    private @Nullable AgentId lastAgent;

    private HistoryTable.@Nullable Predecessor last;

    ComingIn(SqlConnection connection, SwarmName swarm, HistoryTable history, ReadingRules rules, long raisedBy) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.history = history;
        this.workspaces = new WorkspaceTable(connection, swarm);
        this.passages = new PassageTable(connection, swarm);
        this.rejections = new RejectionTable(connection, swarm);
        this.gaps = new GapTable(connection, swarm);
        this.rules = rules;
        this.raisedBy = raisedBy;
    }

    static boolean isSha256(String text) {
        return SHA256.matcher(text).matches();
    }

    /** Of those taken in; 0 without any. */
    long largestRevision() {
        return largestRevision;
    }

    void take(RollItem item) throws SQLException {
        switch (item) {
            case RollItem.Version version -> version(version);
            case RollItem.Row row -> row(row);
            case RollItem.Rejection rejection -> rejection(rejection);
            case RollItem.Stretch stretch -> gap(stretch.gap());
            case RollItem.Lost lost -> {}
        }
    }

    private void version(RollItem.Version version) throws SQLException {
        AgentId agent = version.agent();
        String name = "revision " + version.revision() + " of " + agent;
        Seal facts = facts(version, name);
        long revision = version.revision() + raisedBy;
        demand(
                version.revision() >= 1 && version.revision() <= LARGEST_REVISION,
                name + ": that number can not be a revision's");
        demand(isFree(revision), name + ": there is a revision of this number before it");
        StatusDocument document = parsed(version.bytes(), name);
        demand(
                document.sha256().equals(facts.contentSha256()),
                name + ": its document has another SHA-256 than is told");
        Instant modifiedAt = Timestamps.read(facts.sourceModifiedAt()).orElse(Instant.EPOCH);
        HistoryTable.Predecessor base = base(agent, revision);
        history.versions()
                .insert(
                        revision,
                        new NewVersions.Addition(
                                agent,
                                document.content(),
                                columns(agent, document, modifiedAt),
                                facts,
                                base,
                                version.overwrite()));
        if (version.proof() == Proof.UNPROVEN) {
            // A new seal would vouch for what nobody can prove.
            connection.update("UPDATE status_history SET seal = NULL WHERE revision = ?", revision);
        }
        largestRevision = Math.max(largestRevision, revision);
        lastAgent = agent;
        last = new HistoryTable.Predecessor(revision, base == null ? 0 : base.deltaDepth() + 1, version.bytes());
    }

    private static Seal facts(RollItem.Version version, String name) {
        Seal facts = version.facts();
        Optional<Instant> observedAt = Timestamps.read(facts.observedAt());
        Optional<Instant> modifiedAt = Timestamps.read(facts.sourceModifiedAt());
        demand(observedAt.isPresent(), name + ": observed_at is no time");
        demand(facts.sourceModifiedAt() == null || modifiedAt.isPresent(), name + ": source_modified_at is no time");
        demand(Origin.isKnown(facts.origin()), name + ": no version has such an origin");
        demand(isSha256(facts.contentSha256()), name + ": content_sha256 is no SHA-256");
        return new Seal(
                Timestamps.text(observedAt.orElseThrow()),
                Timestamps.textOrNull(modifiedAt.orElse(null)),
                facts.origin(),
                facts.contentSha256());
    }

    private boolean isFree(long revision) throws SQLException {
        return connection
                .first("SELECT 1 FROM status_history WHERE revision = ?", row -> true, revision)
                .isEmpty();
    }

    private HistoryTable.@Nullable Predecessor base(AgentId agent, long revision) {
        HistoryTable.Predecessor before = last;
        return before != null
                        && agent.equals(lastAgent)
                        && before.revision() < revision
                        && before.deltaDepth() + 1 < HistoryCodec.CHAIN
                ? before
                : null;
    }

    private static StatusDocument parsed(byte[] bytes, String name) {
        return switch (StatusParser.parse(bytes)) {
            case ParseResult.Parsed parsed -> parsed.document();
            case ParseResult.Rejected rejected ->
                throw refused(name + ": its document can not be accepted: " + rejected.message());
        };
    }

    private StatusColumns columns(AgentId agent, StatusDocument document, Instant modifiedAt) {
        return StatusView.columns(document, agent, rules, modifiedAt);
    }

    private void row(RollItem.Row row) throws SQLException {
        AgentId agent = row.agent();
        long revision = row.revision() + raisedBy;
        long latest = connection
                .first(
                        "SELECT revision FROM status_history WHERE swarm = ? AND agent_id = ? AND "
                                + HistoryTable.IN_FORCE + " ORDER BY observed_at DESC, revision DESC LIMIT 1",
                        cells -> cells.getLong(1),
                        swarm,
                        agent.value())
                .orElse(-1L);
        demand(
                revision == latest,
                "the row of " + agent + " tells of revision " + row.revision() + ", which is not its latest one here");
        demand(
                connection
                        .first(
                                "SELECT 1 FROM agent_workspaces WHERE swarm = ? AND agent_id = ?",
                                cells -> true,
                                swarm,
                                agent.value())
                        .isEmpty(),
                agent + " has two rows");
        if (history.document(agent, revision) instanceof StoredDocument.Intact intact) {
            write(row, revision, parsed(intact.bytes(), "revision " + row.revision() + " of " + agent));
        } else {
            throw new IllegalStateException("revision " + revision + " does not come back as it was written");
        }
    }

    private void write(RollItem.Row row, long revision, StatusDocument document) throws SQLException {
        AgentId agent = row.agent();
        Instant modifiedAt = row.sourceModifiedAt();
        Instant syncedAt = Objects.requireNonNullElse(row.syncedAt(), Instant.EPOCH);
        RollChange.Accepted change = new RollChange.Accepted(
                new Sighting(agent, 0, "", "", StorableText.of(row.sourcePath()), modifiedAt, syncedAt),
                document.content(),
                columns(agent, document, modifiedAt == null ? Instant.EPOCH : modifiedAt),
                Passages.ofKnownMembers(document),
                Origin.SYNC,
                RollChange.Extent.EVERYTHING);
        workspaces.write(change, revision, Timestamps.textOrNull(row.lastActivityAt()));
        connection.update(
                "UPDATE agent_workspaces SET presence = ?, left_at = ?, synced_at = ? WHERE swarm = ? AND agent_id = ?",
                row.presence().name(),
                Timestamps.textOrNull(row.leftAt()),
                Timestamps.textOrNull(row.syncedAt()),
                swarm,
                agent.value());
        passages.add(agent, revision, Timestamps.text(syncedAt), change.passages());
        passages.queue(agent);
    }

    private void rejection(RollItem.Rejection rejection) throws SQLException {
        AgentId agent = rejection.document().agent();
        RejectionTable.objectionTo(rejection).ifPresent(objection -> {
            throw refused(agent + ": " + objection);
        });
        demand(isSha256(rejection.document().contentSha256()), agent + ": content_sha256 is no SHA-256");
        demand(rejections.take(rejection), agent + " has two rejected documents");
    }

    private void gap(Gap gap) throws SQLException {
        Instant until = gap.until();
        demand(until == null || !until.isBefore(gap.from()), gap.agent() + ": a gap ends before it begins");
        demand(gaps.take(gap), gap.agent() + ": two gaps of one kind begin at once");
    }

    private static void demand(boolean isSo, String objection) {
        if (!isSo) {
            throw refused(objection);
        }
    }

    private static ProblemException refused(String sentence) {
        return new ProblemException(
                ProblemCode.REFUSED, sentence, "Nothing was brought in; take an export that nobody has changed.");
    }
}
