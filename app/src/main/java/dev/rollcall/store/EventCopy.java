package dev.rollcall.store;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of events out of one database and into another. */
final class EventCopy {
    /** Events of one read. */
    private static final int SLICE = 1_000;

    private static final String COUNT = "SELECT count(*) FROM roll_events WHERE swarm = ?";

    private static final String LAST = "SELECT max(seq) FROM (SELECT seq FROM roll_events WHERE swarm = ?1"
            + " UNION ALL SELECT seq FROM forgotten_events WHERE swarm = ?1) AS told";

    private final Side from;
    private final Side to;

    EventCopy(Side from, Side to) {
        this.from = from;
        this.to = to;
    }

    private record Row(
            long seq,
            String agent,
            String at,
            String kind,
            @Nullable Long revision,
            @Nullable String changes) {}

    /**
     * All in one transaction: they are there all, or none of them is.
     *
     * @param raisedBy as what revisions are raised by
     * @return how many there are
     */
    long run(long raisedBy) throws SQLException {
        long wanted = count(from);
        long there = to.connection().read(() -> count(to));
        if (there == 0 && wanted > 0) {
            long shift = shift();
            to.connection().write(Durability.AT_ONCE, () -> copied(raisedBy, shift));
            there = to.connection().read(() -> count(to));
        }
        if (there != wanted) {
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    to.connection().place() + ": the swarm has " + there + " events already, and the source " + wanted,
                    "Copy into a new database with --to, or into a new swarm.");
        }
        return there;
    }

    private static long count(Side side) throws SQLException {
        return side.connection()
                .first(COUNT, row -> row.getLong(1), side.swarm())
                .orElseThrow();
    }

    /** Beyond every number that the target has given out; nobody there is given those of the copy from here on. */
    private long shift() throws SQLException {
        long last = from.connection()
                .first(LAST, row -> row.getLong(1), from.swarm())
                .orElseThrow();
        return to.connection().writeNumbers(Durability.AT_ONCE, () -> {
            long given = to.connection().engine().lastEvent();
            to.connection().engine().raiseEvents(last + given);
            return given;
        });
    }

    private boolean copied(long raisedBy, long shift) throws SQLException {
        long last = 0;
        List<Row> slice = after(last);
        while (!slice.isEmpty()) {
            for (Row row : slice) {
                to.connection()
                        .update(
                                "INSERT INTO roll_events (seq, swarm, agent_id, at, kind, revision, changes)"
                                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                                row.seq() + shift,
                                to.swarm(),
                                row.agent(),
                                row.at(),
                                row.kind(),
                                row.revision() == null ? null : row.revision() + raisedBy,
                                row.changes());
            }
            last = slice.getLast().seq();
            slice = after(last);
        }
        List<Long> forgotten = from.connection()
                .query("SELECT seq FROM forgotten_events WHERE swarm = ?", row -> row.getLong(1), from.swarm());
        for (long seq : forgotten) {
            to.connection().update("INSERT INTO forgotten_events (swarm, seq) VALUES (?, ?)", to.swarm(), seq + shift);
        }
        return true;
    }

    private List<Row> after(long seq) throws SQLException {
        return from.connection()
                .query(
                        "SELECT seq, agent_id, at, kind, revision, changes FROM roll_events WHERE swarm = ? AND seq > ?"
                                + " ORDER BY seq LIMIT ?",
                        EventCopy::row,
                        from.swarm(),
                        seq,
                        SLICE);
    }

    private static Row row(ResultSet row) throws SQLException {
        long revision = row.getLong(5);
        Long known = row.wasNull() ? null : Long.valueOf(revision);
        return new Row(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), known, row.getString(6));
    }
}
