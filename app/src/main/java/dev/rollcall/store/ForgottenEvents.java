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

    private final SqliteConnection connection;
    private final String swarm;

    /** All events up to here are beyond the number to keep: found once for many slices, as finding walks over them all. */
    private long surplus = RollFeed.BEGINNING;

    ForgottenEvents(SqliteConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    long upTo() throws SQLException {
        return connection
                .first("SELECT seq FROM forgotten_events WHERE swarm = ?", row -> row.getLong(1), swarm)
                .orElse(RollFeed.BEGINNING);
    }

    private record Event(long seq, String at) {}

    /** Of the oldest events, at most so many, the last to forget; {@link RollFeed#BEGINNING} when all are to be kept. */
    long next(EventLimits limits, Instant now, int atMost) throws SQLException {
        List<Event> oldest =
                connection.query(OLDEST, row -> new Event(row.getLong(1), row.getString(2)), swarm, atMost);
        if (oldest.isEmpty()) {
            return RollFeed.BEGINNING;
        }
        String before = Timestamps.text(now.minus(limits.keepFor()));
        findSurplus(oldest.getFirst().seq(), limits.keep());
        long last = RollFeed.BEGINNING;
        for (Event event : oldest) {
            if (event.seq() > surplus && event.at().compareTo(before) >= 0) {
                break;
            }
            last = event.seq();
        }
        return last;
    }

    /** Other swarms' events take numbers, too: without enough numbers there are not enough events, but not the reverse. */
    private void findSurplus(long oldest, long keep) throws SQLException {
        long newest = connection
                .first("SELECT coalesce(max(seq), 0) FROM roll_events", row -> row.getLong(1))
                .orElseThrow();
        if (oldest > surplus && newest - oldest >= keep) {
            surplus =
                    connection.first(BEYOND, row -> row.getLong(1), swarm, keep).orElse(surplus);
        }
    }

    /** Inside a write transaction; how many events went. */
    int forget(long last) throws SQLException {
        int forgotten = connection.update("DELETE FROM roll_events WHERE swarm = ? AND seq <= ?", swarm, last);
        connection.update(
                "INSERT INTO forgotten_events (swarm, seq) VALUES (?, ?)"
                        + " ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)",
                swarm,
                last);
        return forgotten;
    }
}
