package dev.rollcall.store;

import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How versions of {@code status_history} are told: by a full copy, or by the difference to another one. */
final class VersionLinks {
    /** No version has the number. */
    static final long NONE = -1;

    private static final String LINK = "SELECT version.agent_id, version.revision, version.encoding,"
            + " coalesce(version.base_revision, version.revision)";

    private final SqlConnection connection;
    private final String swarm;
    private final String steps;

    VersionLinks(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
        // Several chains that join are walked once from there on, because a row that is there already is not added.
        this.steps = " UNION " + LINK + " FROM chain CROSS JOIN "
                + connection.engine().versionWhoseNumber("= base")
                + " AND version.swarm = ?1 AND version.agent_id = agent AND chain.encoding = '" + HistoryTable.DELTA
                + "' AND base < link AND base <> ?2) SELECT agent, link, chain.encoding, base, version.document"
                + " FROM chain CROSS JOIN " + connection.engine().versionWhoseNumber("= link");
    }

    /** @param agent whose version it is */
    record Link(String agent, @Nullable String encoding, long baseRevision, byte[] frame) {}

    /**
     * By number, the versions and those they build on. One statement for all, as each costs more than what it brings.
     *
     * @param known where a chain needs to go no further; {@link #NONE} for nowhere
     */
    Map<Long, Link> of(List<Long> revisions, long known) throws SQLException {
        Map<Long, Link> links = new HashMap<>();
        List<@Nullable Object> values = new ArrayList<>(List.of(swarm, known));
        values.addAll(revisions);
        connection.query(
                "WITH RECURSIVE chain (agent, link, encoding, base) AS (" + LINK + " FROM "
                        + connection.engine().versionWhoseNumber("IN (" + Cells.places(3, revisions.size()) + ")")
                        + " AND version.swarm = ?1" + steps,
                row -> links.put(row.getLong(2), link(row)),
                values.toArray());
        return links;
    }

    private static Link link(ResultSet row) throws SQLException {
        byte[] frame = row.getBytes(5);
        return new Link(row.getString(1), row.getString(3), row.getLong(4), frame == null ? new byte[0] : frame);
    }
}
