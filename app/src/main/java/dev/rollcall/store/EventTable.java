package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.EventText;
import dev.rollcall.document.FieldChange;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.FreshnessTurn;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollEvent.Kind;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table {@code roll_events}: what happened, in the order in which it was taken over. */
final class EventTable {
    /** What the row keeps of the version before and history does not. */
    static final List<StatusField> ONLY_IN_ROW = List.of(StatusField.CURRENT_PHASE, StatusField.BLOCKERS);

    /** What is told of a version that changed, in the order of {@link Known.Head#columns}. */
    static final List<StatusField> FIELDS =
            Stream.concat(HistoryTable.FIELDS.stream(), ONLY_IN_ROW.stream()).toList();

    private static final String INSERT =
            "INSERT INTO roll_events (swarm, agent_id, at, kind, revision, changes) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String NOTE = "INSERT INTO roll_events (swarm, agent_id, at, kind, revision)"
            + " SELECT swarm, agent_id, ?3, ?4, revision FROM agent_workspaces"
            + " WHERE swarm = ?1 AND agent_id = ?2 AND presence IS DISTINCT FROM 'LEFT'";

    private static final String AFTER = "SELECT seq, agent_id, at, kind, revision, changes FROM roll_events"
            + " WHERE swarm = ? AND seq > ? ORDER BY seq LIMIT ?";

    private static final String NEWEST = "SELECT seq FROM roll_events WHERE swarm = ? ORDER BY seq DESC LIMIT 1";

    private final SqlConnection connection;
    private final String swarm;

    EventTable(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    /** What an acceptable file ends: absence, or a rejection. */
    void accepted(Sighting sighting, Known known, long revision) throws SQLException {
        if (known.presence() == Presence.LEFT) {
            add(sighting, Kind.RETURNED, revision, null);
        }
        if (known.isRejected()) {
            add(sighting, Kind.RECOVERED, revision, null);
        }
    }

    void joined(Sighting sighting, long revision) throws SQLException {
        add(sighting, Kind.JOINED, revision, null);
    }

    /**
     * @param before the latest version until now
     * @param fields what is known of it: without a row, which a hand must have erased, nobody knows what only the row keeps
     */
    void changed(RollChange.Accepted change, Known.Head before, List<StatusField> fields, long revision)
            throws SQLException {
        List<FieldChange> changes = FieldChange.between(before.columns(), change.columns(), fields);
        add(
                change.sighting(),
                FieldChange.isAmong(changes, StatusField.STATE) ? Kind.STATE_CHANGED : Kind.CHANGED,
                revision,
                EventText.ofChanges(changes));
    }

    void refused(RollChange.Refused change, Known known) throws SQLException {
        Long revision = revision(known);
        if (known.presence() == Presence.LEFT) {
            add(change.sighting(), Kind.RETURNED, revision, null);
        }
        if (!RejectionTable.mark(change).equals(known.rejection())) {
            add(change.sighting(), Kind.REJECTED, revision, EventText.ofRejection(change.rejection()));
        }
    }

    void departed(Sighting sighting, Known known) throws SQLException {
        if (known.presence() == Presence.PRESENT || known.isRejected()) {
            add(sighting, Kind.LEFT, revision(known), null);
        }
    }

    /** Those of agents that are no other source's. */
    void note(List<FreshnessTurn> turns, SourceTable sources) throws SQLException {
        for (FreshnessTurn turn : turns) {
            if (!sources.isOthers(turn.agent())) {
                note(turn);
            }
        }
    }

    private void note(FreshnessTurn turn) throws SQLException {
        Kind kind = switch (turn.direction()) {
            case STALE -> Kind.STALE;
            case LIVE -> Kind.LIVE;
        };
        connection.update(NOTE, swarm, turn.agent().value(), Timestamps.text(turn.at()), kind.label());
    }

    private static @Nullable Long revision(Known known) {
        Known.Head head = known.head();
        return head == null ? null : Long.valueOf(head.revision());
    }

    private void add(Sighting sighting, Kind kind, @Nullable Long revision, @Nullable String changes)
            throws SQLException {
        connection.lastly(
                INSERT,
                swarm,
                sighting.agent().value(),
                Timestamps.text(sighting.observedAt()),
                kind.label(),
                revision,
                changes);
    }

    List<RollEvent> after(long cursor, int limit) throws SQLException {
        List<RollEvent> events = new ArrayList<>();
        long from = cursor;
        int missing = limit;
        while (missing > 0) {
            List<Row> rows = connection.query(AFTER, EventTable::row, swarm, from, missing);
            for (Row row : rows) {
                from = row.seq();
                event(row).ifPresent(events::add);
            }
            // Fewer events than rows: a hand has edited some; those after them must not be taken for missing.
            missing = rows.size() < missing ? 0 : limit - events.size();
        }
        return List.copyOf(events);
    }

    long newest() throws SQLException {
        return connection.first(NEWEST, row -> row.getLong(1), swarm).orElse(RollFeed.BEGINNING);
    }

    private record Row(
            long seq,
            String agent,
            @Nullable String at,
            String kind,
            @Nullable Long revision,
            @Nullable String changes) {}

    private static Row row(ResultSet row) throws SQLException {
        long number = row.getLong(5);
        Long revision = row.wasNull() ? null : Long.valueOf(number);
        return new Row(
                row.getLong(1), row.getString(2), row.getString(3), row.getString(4), revision, row.getString(6));
    }

    private static Optional<RollEvent> event(Row row) {
        Optional<Instant> at = Timestamps.read(row.at());
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(known -> known.label().equals(row.kind()))
                .findFirst();
        return at.isEmpty()
                        || kind.isEmpty()
                        || AgentId.objectionTo(row.agent()).isPresent()
                ? Optional.empty()
                : event(row, kind.get(), at.get());
    }

    private static Optional<RollEvent> event(Row row, Kind kind, Instant at) {
        String told = row.changes() == null ? "" : row.changes();
        AgentId agent = new AgentId(row.agent());
        return switch (kind) {
            case CHANGED, STATE_CHANGED ->
                EventText.changes(told)
                        .map(changes -> new RollEvent(row.seq(), at, agent, kind, row.revision(), changes, null));
            case REJECTED ->
                EventText.rejection(told)
                        .map(rejection ->
                                new RollEvent(row.seq(), at, agent, kind, row.revision(), List.of(), rejection));
            default -> Optional.of(new RollEvent(row.seq(), at, agent, kind, row.revision(), List.of(), null));
        };
    }
}
