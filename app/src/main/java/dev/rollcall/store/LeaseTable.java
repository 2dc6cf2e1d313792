package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code watch_leases}, and the fence that this connection stands behind. */
final class LeaseTable {
    private static final long NO_FENCE = 0;
    private static final Holder NOBODY = new Holder("", NO_FENCE);

    private final SqlConnection connection;
    private final String swarm;
    private final String source;
    private Holder own = NOBODY;

    LeaseTable(SqlConnection connection, SwarmName swarm, SourceTable sources) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.source = sources.name();
    }

    private record Holder(String name, long fence) {}

    long lead(String holder, Instant at) throws SQLException {
        long taken = connection
                .first(
                        "INSERT INTO watch_leases (swarm, source, holder, fence, taken_at) VALUES (?, ?, ?, 1, ?)"
                                + " ON CONFLICT (swarm, source) DO UPDATE SET holder = excluded.holder,"
                                + " fence = watch_leases.fence + 1,"
                                + " taken_at = excluded.taken_at RETURNING watch_leases.fence",
                        row -> row.getLong(1),
                        swarm,
                        source,
                        holder,
                        Timestamps.text(at))
                .orElseThrow();
        // Before anybody can know of the fence: whoever does finds it held.
        hold(new Holder(holder, taken));
        return taken;
    }

    private boolean hold(Holder lead) throws SQLException {
        return connection.engine().hold(String.join("\n", swarm, source, lead.name(), Long.toString(lead.fence())));
    }

    boolean isAbandoned() throws SQLException {
        Optional<Holder> last = last();
        return last.isPresent() && hold(last.get());
    }

    long fence() throws SQLException {
        return last().map(Holder::fence).orElse(NO_FENCE);
    }

    private Optional<Holder> last() throws SQLException {
        return connection.first(
                "SELECT holder, fence FROM watch_leases WHERE swarm = ? AND source = ?",
                row -> new Holder(row.getString(1), row.getLong(2)),
                swarm,
                source);
    }

    boolean standBehind(String holder, long taken) throws SQLException {
        own = new Holder(holder, taken);
        demand();
        return hold(own);
    }

    /** Inside the transaction that is about to change something. */
    void demand() throws SQLException {
        if (own.equals(NOBODY)) {
            return;
        }
        Optional<Holder> now = last();
        if (!now.equals(Optional.of(own))) {
            String leader = now.map(holder -> ShownText.of(holder.name())).orElse("nobody");
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    connection.place() + ": this watch does not lead any more, " + leader + " does",
                    "One watch over a root and a database is enough; end the other one.");
        }
    }
}
