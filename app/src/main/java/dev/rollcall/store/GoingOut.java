package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Overwrite;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.RollItem.Lost;
import dev.rollcall.roll.RollItem.Proof;
import dev.rollcall.roll.Seal;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads agents out of the tables, inside the caller's transaction. */
final class GoingOut {
    private static final String VERSIONS = "SELECT revision, observed_at, source_modified_at, origin, content_sha256,"
            + " seal, kept_head, kept_tail FROM status_history WHERE swarm = ? AND agent_id = ? ORDER BY revision";

    private static final String ROW = "SELECT presence, left_at, coalesce(source_path, ''), source_modified_at,"
            + " synced_at, last_activity_at FROM agent_workspaces WHERE swarm = ? AND agent_id = ?";

    /** The order of versions. */
    private static final Comparator<Noted> ORDER = Comparator.comparing(
                    (Noted noted) -> noted.facts() == null ? "" : noted.facts().observedAt())
            .thenComparingLong(Noted::revision);

    private final SqlConnection connection;
    private final SwarmName swarm;
    private final HistoryTable history;
    private final Seals seals;
    private final RejectionTable rejections;
    private final GapTable gaps;
    private final Consumer<RollItem> each;

    GoingOut(SqlConnection connection, SwarmName swarm, HistoryTable history, Consumer<RollItem> each) {
        this.connection = connection;
        this.swarm = swarm;
        this.history = history;
        this.seals = new Seals(connection, swarm);
        this.rejections = new RejectionTable(connection, swarm);
        this.gaps = new GapTable(connection, swarm);
        this.each = each;
    }

    /**
     * What history notes of a version.
     *
     * @param facts null where a hand has made them unreadable
     */
    private record Noted(
            long revision,
            @Nullable Seal facts,
            Proof proof,
            @Nullable Overwrite overwrite) {}

    void agent(String id) throws SQLException {
        if (AgentId.objectionTo(id).isPresent()) {
            each.accept(new Lost(id, null, "that can not be an agent's id"));
            return;
        }
        AgentId agent = new AgentId(id);
        Noted latest = versions(agent);
        Optional<RollItem> row = connection.first(ROW, cells -> row(agent, latest, cells), swarm.value(), id);
        row.ifPresent(each);
        Optional<RollItem.Rejection> rejection = rejections.whole(agent);
        rejection.ifPresent(item -> each.accept(RejectionTable.objectionTo(item)
                .<RollItem>map(objection -> new Lost(id, null, objection))
                .orElse(item)));
        for (Optional<Gap> gap : gaps.raw(agent)) {
            each.accept(gap.<RollItem>map(RollItem.Stretch::new)
                    .orElseGet(() -> new Lost(id, null, "one of its gaps can not be read")));
        }
    }

    /** The latest of them; null when there is none, or when it was lost. */
    private @Nullable Noted versions(AgentId agent) throws SQLException {
        List<Noted> versions = connection.query(VERSIONS, row -> noted(agent, row), swarm.value(), agent.value());
        PastDocuments.Chain chain = history.documents().of(agent);
        Noted latest = versions.stream().max(ORDER).orElse(null);
        for (Noted version : versions) {
            RollItem item = version(agent, version, chain);
            each.accept(item);
            if (version.equals(latest) && item instanceof Lost) {
                latest = null;
            }
        }
        return latest;
    }

    private static RollItem version(AgentId agent, Noted version, PastDocuments.Chain chain) throws SQLException {
        Seal facts = version.facts();
        if (facts == null) {
            return new Lost(agent.value(), version.revision(), "its time, origin or digest can not be read");
        }
        return switch (chain.document(version.revision())) {
            case StoredDocument.Intact intact ->
                new RollItem.Version(
                        version.revision(), agent, facts, version.proof(), intact.bytes(), version.overwrite());
            case StoredDocument.Damaged damaged -> new Lost(agent.value(), version.revision(), damaged.reason());
        };
    }

    private Noted noted(AgentId agent, ResultSet row) throws SQLException {
        long revision = row.getLong(1);
        Optional<Seal> sealed = seals.read(agent, revision, Cells.text(row, 6));
        Seal facts = sealed.isPresent() ? sealed.get() : columns(row);
        long head = row.getLong(7);
        boolean isOverwrite = !row.wasNull();
        long tail = row.getLong(8);
        Overwrite overwrite = isOverwrite && head >= 0 && tail >= 0 ? new Overwrite(head, tail) : null;
        return new Noted(revision, facts, sealed.isPresent() ? Proof.SEALED : Proof.UNPROVEN, overwrite);
    }

    private static @Nullable Seal columns(ResultSet row) throws SQLException {
        String modifiedAt = row.getString(3);
        String origin = row.getString(4);
        String sha256 = row.getString(5);
        Instant observedAt = Timestamps.read(row.getString(2)).orElse(null);
        boolean isReadable = (modifiedAt == null || Timestamps.read(modifiedAt).isPresent())
                && origin != null
                && Origin.isKnown(origin)
                && sha256 != null
                && ComingIn.isSha256(sha256);
        return isReadable && observedAt != null
                ? new Seal(
                        Timestamps.text(observedAt),
                        Timestamps.textOrNull(Timestamps.read(modifiedAt).orElse(null)),
                        origin,
                        sha256)
                : null;
    }

    private static RollItem row(AgentId agent, @Nullable Noted latest, ResultSet row) throws SQLException {
        return latest == null
                ? new Lost(agent.value(), null, "its row has no latest version that can be read")
                : new RollItem.Row(
                        agent,
                        latest.revision(),
                        StandingsReader.presence(row.getString(1)),
                        Timestamps.read(row.getString(2)).orElse(null),
                        row.getString(3),
                        Timestamps.read(row.getString(4)).orElse(null),
                        Timestamps.read(row.getString(5)).orElse(null),
                        Timestamps.read(row.getString(6)).orElse(null));
    }
}
