package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.roll.Overwrite;
import dev.rollcall.roll.Seal;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a version becomes a row of {@code status_history}. */
final class NewVersions {
    private static final String INSERT = "INSERT INTO status_history (" + Cells.names(HistoryTable.FIELDS)
            + ", revision, swarm, agent_id, observed_at, source_modified_at, content_sha256, origin,"
            + " encoding, base_revision, delta_depth, seal, document, kept_head, kept_tail) VALUES ("
            + "?, ".repeat(HistoryTable.FIELDS.size() + 13)
            + "?)";

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryCodec codec;
    private final Seals seals;
    private final FirstCopies firstCopies;

    NewVersions(SqlConnection connection, SwarmName swarm, HistoryCodec codec, FirstCopies firstCopies) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.codec = codec;
        this.seals = new Seals(connection, swarm);
        this.firstCopies = firstCopies;
    }

    /** @param base what it is told by its difference to; null for a full copy */
    record Addition(
            AgentId agent,
            DocumentContent content,
            StatusColumns columns,
            Seal seal,
            HistoryTable.@Nullable Predecessor base,
            @Nullable Overwrite overwrite) {}

    /** @param revision larger than that of the base, and not in use */
    void insert(long revision, Addition version) throws SQLException {
        HistoryTable.Predecessor base = version.base();
        Overwrite overwrite = version.overwrite();
        Seal seal = version.seal();
        List<@Nullable Object> values = new ArrayList<>();
        HistoryTable.FIELDS.forEach(field -> values.add(Cells.value(version.columns(), field)));
        values.add(revision);
        values.add(swarm);
        values.add(version.agent().value());
        values.add(seal.observedAt());
        values.add(seal.sourceModifiedAt());
        values.add(seal.contentSha256());
        values.add(seal.origin());
        values.add(base == null ? HistoryTable.FULL : HistoryTable.DELTA);
        values.add(base == null ? null : base.revision());
        values.add(base == null ? 0 : base.deltaDepth() + 1);
        values.add(seals.text(version.agent(), revision, seal));
        values.add(
                base == null
                        ? fullCopy(version.content())
                        : codec.delta(version.content().bytes(), base.bytes()));
        values.add(overwrite == null ? null : overwrite.head());
        values.add(overwrite == null ? null : overwrite.tail());
        connection.engine().beforeVersionOf(seal.observedAt());
        connection.later(INSERT, values.toArray());
    }

    private byte[] fullCopy(DocumentContent document) {
        byte[] prepared = firstCopies.of(document);
        return prepared == null ? codec.full(document.bytes()) : prepared;
    }
}
