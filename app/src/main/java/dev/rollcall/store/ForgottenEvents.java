package dev.rollcall.store;

import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The end of {@code roll_events} that is forgotten, and the table {@code forgotten_events} that tells how far. */
final class ForgottenEvents {
    private static final String OLDEST = "SELECT seq, at FROM roll_events WHERE swarm = ? ORDER BY seq LIMIT ?";

    private static final String BEYOND =
            "SELECT seq FROM roll_events WHERE swarm = ? ORDER BY seq DESC LIMIT 1 OFFSET ?";

    private final SqlConnection connection;
    private final String swarm;

    /** So much of the number to keep may be there beyond it: whoever looks walks over them all. */
    private static final int SHARE = 16;

    /** All events up to here are beyond the number to keep, as far as was seen. */
    private long surplus = RollFeed.BEGINNING;

    /** The newest event, of whatever swarm, and the number to keep, when it was last looked for what is beyond. */
    private long lookedAt = RollFeed.BEGINNING;

    private long lookedFor;

    ForgottenEvents(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    long upTo() throws SQLException {
        return connection
                .first("SELECT seq FROM forgotten_events WHERE swarm = ?", row -> row.getLong(1), swarm)
                .orElse(RollFeed.BEGINNING);
    }

    private record Event(long seq, String at) {}

    /**
     * Of the oldest events, at most so many, the last to forget; {@link RollFeed#BEGINNING} when all are to be kept. One
     * that is dated after now came by a clock that was ahead: it is as old as the next. A young one keeps what came after
     * it, which a clock that was behind may have dated. What a whole slice of wrong dates keeps, the number limits.
     */
    long next(EventLimits limits, Instant now, int atMost) throws SQLException {
        List<Event> oldest =
                connection.query(OLDEST, row -> new Event(row.getLong(1), row.getString(2)), swarm, atMost);
        if (oldest.isEmpty()) {
            return RollFeed.BEGINNING;
        }
        String before = Timestamps.text(now.minus(limits.keepFor()));
        String latest = Timestamps.text(now);
        findSurplus(oldest.getFirst().seq(), limits.keep());
        long last = RollFeed.BEGINNING;
        for (Event event : oldest) {
            if (event.seq() <= surplus || event.at().compareTo(before) < 0) {
                last = event.seq();
            } else if (event.at().compareTo(latest) <= 0) {
                break;
            }
        }
        return last;
    }

    /** Other swarms' events take numbers, too: without enough numbers there are not enough events, but not the reverse. */
    private void findSurplus(long oldest, long keep) throws SQLException {
        long newest = connection
                .first("SELECT coalesce(max(seq), 0) FROM roll_events", row -> row.getLong(1))
                .orElseThrow();
        boolean mayBeMore = keep != lookedFor || newest - lookedAt >= Math.max(1, keep / SHARE);
        if (oldest > surplus && newest - oldest >= keep && mayBeMore) {
            surplus =
                    connection.first(BEYOND, row -> row.getLong(1), swarm, keep).orElse(surplus);
            lookedAt = newest;
            lookedFor = keep;
        }
    }

    /** Inside a write transaction; how many events went. */
    int forget(long last) throws SQLException {
        int forgotten = connection.update("DELETE FROM roll_events WHERE swarm = ? AND seq <= ?", swarm, last);
        connection.update(
                "INSERT INTO forgotten_events (swarm, seq) VALUES (?, ?)"
                        + " ON CONFLICT (swarm) DO UPDATE SET seq = excluded.seq WHERE forgotten_events.seq < excluded.seq",
                swarm,
                last);
        return forgotten;
    }
}
