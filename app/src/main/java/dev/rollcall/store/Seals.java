package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Seal;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The column {@code seal} of {@code status_history}, and the columns it vouches for. */
final class Seals {
    private static final String VALUES =
            "observed_at || ' ' || coalesce(source_modified_at, '-') || ' ' || origin || ' ' || content_sha256 || ' '";

    /** True of a row whose columns are what its seal begins with; says nothing about the seal's digest. */
    static final String AS_SEALED =
            "(typeof(observed_at) = 'text' AND substr(seal, 1, length(" + VALUES + ")) = " + VALUES + ") IS TRUE";

    private static final String RESTORE = "UPDATE status_history SET observed_at = ?4, source_modified_at = ?5,"
            + " origin = ?6, content_sha256 = ?7 WHERE swarm = ?1 AND agent_id = ?2 AND revision = ?3"
            + " AND (observed_at IS DISTINCT FROM ?4 OR source_modified_at IS DISTINCT FROM ?5"
            + " OR origin IS DISTINCT FROM ?6 OR content_sha256 IS DISTINCT FROM ?7)";

    private final SqlConnection connection;
    private final String swarm;

    Seals(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    private Seal.Row row(AgentId agent, long revision) {
        return new Seal.Row(swarm, agent.value(), revision);
    }

    String text(AgentId agent, long revision, Seal seal) {
        return seal.text(row(agent, revision));
    }

    Optional<Seal> read(AgentId agent, long revision, @Nullable String text) {
        return Seal.read(text, row(agent, revision));
    }

    private record Sealed(long revision, @Nullable String text) {}

    /** Puts back what a hand has edited of the columns of each revision whose seal fits. */
    void restore(AgentId agent) throws SQLException {
        List<Sealed> rows = connection.query(
                "SELECT revision, seal FROM status_history WHERE swarm = ? AND agent_id = ?",
                row -> new Sealed(row.getLong(1), Cells.text(row, 2)),
                swarm,
                agent.value());
        for (Sealed row : rows) {
            Optional<Seal> seal = read(agent, row.revision(), row.text());
            if (seal.isPresent()) {
                write(agent, row.revision(), seal.get());
            }
        }
    }

    /** Writes another origin and a seal over it; false, and nothing is changed, where the row is not as it was sealed. */
    boolean mark(AgentId agent, long revision, Origin origin) throws SQLException {
        Optional<Seal> sealed = connection
                .first(
                        "SELECT seal FROM status_history WHERE swarm = ? AND agent_id = ? AND revision = ? AND "
                                + AS_SEALED,
                        row -> read(agent, revision, Cells.text(row, 1)),
                        swarm,
                        agent.value(),
                        revision)
                .flatMap(seal -> seal);
        if (sealed.isEmpty()) {
            return false;
        }
        Seal seal = sealed.get();
        renew(
                agent,
                revision,
                new Seal(seal.observedAt(), seal.sourceModifiedAt(), origin.label(), seal.contentSha256()));
        return true;
    }

    /** Writes the columns and a seal over them. */
    void renew(AgentId agent, long revision, Seal seal) throws SQLException {
        write(agent, revision, seal);
        connection.update(
                "UPDATE status_history SET seal = ? WHERE swarm = ? AND agent_id = ? AND revision = ?",
                text(agent, revision, seal),
                swarm,
                agent.value(),
                revision);
    }

    private void write(AgentId agent, long revision, Seal seal) throws SQLException {
        connection.update(
                RESTORE,
                swarm,
                agent.value(),
                revision,
                seal.observedAt(),
                seal.sourceModifiedAt(),
                seal.origin(),
                seal.contentSha256());
    }
}
