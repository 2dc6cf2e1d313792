package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.PassageTable.Range;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes changes over into the tables, one after the other, inside the caller's write transaction. */
final class Recorder {
    private static final String KNOWN = "SELECT readings.reading, readings.presence,"
            + " CASE WHEN present.agent_id IS NULL THEN NULL ELSE coalesce(present.presence, '') END,"
            + " (SELECT " + RejectionTable.MARK + " FROM rejected_documents WHERE swarm = ?1 AND agent_id = ?2),"
            + " EXISTS (SELECT 1 FROM agent_status WHERE swarm = ?1 AND agent_id = ?2),"
            + " head.revision, head.observed_at, head.source_modified_at, head.origin, head.content_sha256, head.seal,"
            + " head.delta_depth, readings.file,"
            + " (SELECT source FROM agent_sources WHERE swarm = ?1 AND agent_id = ?2), "
            + names("head", HistoryTable.FIELDS)
            + ", " + names("present", EventTable.ONLY_IN_ROW)
            + " FROM (SELECT 1) LEFT JOIN agent_readings AS readings ON readings.swarm = ?1 AND readings.agent_id = ?2"
            + " LEFT JOIN agent_workspaces AS present ON present.swarm = ?1 AND present.agent_id = ?2"
            + " LEFT JOIN (SELECT * FROM status_history WHERE swarm = ?1 AND agent_id = ?2 AND "
            + HistoryTable.IN_FORCE + " ORDER BY observed_at DESC, revision DESC LIMIT 1) AS head ON TRUE";

    private static final String NO_FINDINGS = "[]";

    private final SqlConnection connection;
    private final String swarm;
    private final HistoryTable history;
    private final WorkspaceTable workspaces;
    private final PassageTable passages;
    private final ImportedWork imported;
    private final RejectionTable rejections;
    private final EventTable events;
    private final GapTable gaps;
    private final SourceTable sources;

    Recorder(SqlConnection connection, SwarmName swarm, HistoryTable history, SourceTable sources) {
        this.connection = connection;
        this.swarm = swarm.value();
        this.history = history;
        this.workspaces = new WorkspaceTable(connection, swarm);
        this.passages = new PassageTable(connection, swarm);
        this.imported = new ImportedWork(connection, swarm, history);
        this.rejections = new RejectionTable(connection, swarm);
        this.sources = sources;
        this.events = new EventTable(connection, swarm);
        this.gaps = new GapTable(connection, swarm);
    }

    private static String names(String table, List<StatusField> fields) {
        return String.join(
                ", ", fields.stream().map(field -> table + "." + field.column()).toList());
    }

    /**
     * One outcome for each change, in order.
     *
     * @param scope what nobody else writes to
     */
    List<RecordOutcome> record(List<RollChange> changes, WriteScope scope) throws SQLException {
        if (changes.size() > 1) {
            readAhead(changes);
        }
        List<RecordOutcome> outcomes = new ArrayList<>(changes.size());
        for (RollChange change : changes) {
            outcomes.add(record(change, scope));
        }
        return List.copyOf(outcomes);
    }

    private void readAhead(List<RollChange> changes) throws SQLException {
        connection.readAhead(
                KNOWN,
                Recorder::known,
                swarm,
                changes.stream().map(change -> change.agent().value()).toList());
        List<String> accepted = changes.stream()
                .filter(change -> change instanceof RollChange.Accepted one
                        && one.extent() == RollChange.Extent.CHANGES
                        && one.sighting().expectedReading() != Standing.NEVER_READ)
                .map(change -> change.agent().value())
                .toList();
        history.readAhead(accepted);
        passages.readAhead(accepted);
        connection.engine().expectRevisions(changes.size());
    }

    private RecordOutcome record(RollChange change, WriteScope scope) throws SQLException {
        Known known = known(change.agent());
        Optional<RecordOutcome> objection = sources.objection(change.agent(), known, scope);
        if (objection.isPresent()) {
            return objection.get();
        }
        if (known.reading() != change.sighting().expectedReading()) {
            return new RecordOutcome.Superseded();
        }
        return switch (change) {
            case RollChange.Accepted accepted -> accept(accepted, restored(accepted, known));
            case RollChange.Refused refused -> refuse(refused, known);
            case RollChange.Departed departed -> depart(departed, known);
            case RollChange.Rested rested -> rest(rested, known);
        };
    }

    private Known known(AgentId agent) throws SQLException {
        return connection.first(KNOWN, Recorder::known, swarm, agent.value()).orElseThrow();
    }

    private static Known known(ResultSet row) throws SQLException {
        String reading = row.getString(2);
        String workspace = row.getString(3);
        String presence = reading == null ? workspace : reading;
        long revision = row.getLong(6);
        Known.Head head = row.wasNull()
                ? null
                : new Known.Head(
                        revision,
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        Cells.text(row, 11),
                        row.getInt(12),
                        Cells.columns(row, 15, EventTable.FIELDS));
        return new Known(
                row.getLong(1),
                presence == null ? null : StandingsReader.presence(presence),
                row.getString(4),
                row.getString(13),
                row.getString(14),
                workspace != null,
                row.getBoolean(5),
                head);
    }

    /** An edited column can make another revision look like the head, or the head like another version. */
    private Known restored(RollChange.Accepted change, Known known) throws SQLException {
        Known.Head head = known.head();
        if (head == null || (change.extent() == RollChange.Extent.CHANGES && !history.isEdited(change.agent(), head))) {
            return known;
        }
        history.restore(change.agent());
        return known(change.agent());
    }

    private RecordOutcome accept(RollChange.Accepted change, Known known) throws SQLException {
        RecordOutcome outcome;
        Known.Head head = known.head();
        if (head == null || !isVersion(change, head)) {
            outcome = new RecordOutcome.Recorded(addVersion(change, known));
        } else {
            if (change.extent() == RollChange.Extent.EVERYTHING || !known.hasRow()) {
                rewrite(change, head);
            } else {
                workspaces.refresh(change, head.revision());
            }
            history.repairColumns(change.agent(), head.revision(), change.columns());
            passages(change, head.revision(), known);
            if (known.isOnlyImported()) {
                events.joined(change.sighting(), head.revision());
            }
            events.accepted(change.sighting(), known, head.revision());
            outcome = new RecordOutcome.Noted(head.revision());
        }
        gaps.accepted(change.sighting(), known);
        if (known.isRejected()) {
            rejections.remove(change.agent());
        }
        countReading(
                change.sighting(),
                Presence.PRESENT,
                change.columns().text(StatusField.FINDINGS).orElse(NO_FINDINGS));
        return outcome;
    }

    /** Only a full repair opens the head's document: its digest may be what a hand has edited. */
    private boolean isVersion(RollChange.Accepted change, Known.Head head) throws SQLException {
        String sha256 = change.content().sha256();
        return switch (change.extent()) {
            case CHANGES -> sha256.equals(head.sha256());
            case EVERYTHING -> history.isVersion(change.agent(), head, sha256);
        };
    }

    private long addVersion(RollChange.Accepted change, Known known) throws SQLException {
        Known.Head head = known.head();
        String seenAt = Timestamps.text(change.sighting().observedAt());
        String observedAt = head == null || head.observedAt().compareTo(seenAt) < 0 ? seenAt : head.observedAt();
        long revision = history.add(change, known, observedAt);
        events.accepted(change.sighting(), known, revision);
        boolean isFirst = head == null || known.isOnlyImported();
        if (head == null || isFirst) {
            events.joined(change.sighting(), revision);
        } else {
            // Before the row is overwritten: it tells what history does not keep.
            events.changed(change, head, known.hasRow() ? EventTable.FIELDS : HistoryTable.FIELDS, revision);
        }
        workspaces.write(
                change,
                revision,
                isFirst
                        ? firstActivity(
                                change, modifiedAt(change), change.sighting().observedAt())
                        : observedAt);
        passages(change, revision, known);
        return revision;
    }

    private void rewrite(RollChange.Accepted change, Known.Head head) throws SQLException {
        history.repairHead(change, head);
        Instant modifiedAt = Timestamps.read(head.sourceModifiedAt()).orElse(modifiedAt(change));
        Instant observedAt =
                Timestamps.read(head.observedAt()).orElse(change.sighting().observedAt());
        workspaces.write(
                change,
                head.revision(),
                history.isFirst(change.agent(), head.revision())
                        ? firstActivity(change, modifiedAt, observedAt)
                        : Timestamps.text(observedAt));
    }

    private void passages(RollChange.Accepted change, long revision, Known known) throws SQLException {
        String updatedAt = Timestamps.text(change.sighting().observedAt());
        if (change.extent() == RollChange.Extent.EVERYTHING) {
            passages.dropUnfitVectors(change.agent());
        }
        if (known.hasPassages()) {
            passages.bring(change.agent(), revision, updatedAt, change.passages(), Range.KNOWN_MEMBERS);
        } else {
            passages.add(change.agent(), revision, updatedAt, change.passages());
            if (known.head() != null) {
                passages.giveBack(change.agent());
            }
        }
        if (known.isOnlyImported()) {
            imported.keepAtFirstSight(change.agent());
        }
        passages.queue(change.agent());
    }

    private static Instant modifiedAt(RollChange.Accepted change) {
        Instant modifiedAt = change.sighting().modifiedAt();
        return modifiedAt == null ? change.sighting().observedAt() : modifiedAt;
    }

    private static String firstActivity(RollChange.Accepted change, Instant modifiedAt, Instant observedAt) {
        return Timestamps.text(
                Freshness.atFirstSight(change.columns().lastUpdated().orElse(null), modifiedAt, observedAt));
    }

    /** The row stays as the last good revision left it, but for the presence of a workspace that came back. */
    private RecordOutcome refuse(RollChange.Refused change, Known known) throws SQLException {
        events.refused(change, known);
        gaps.refused(change, known);
        rejections.write(change);
        workspaces.markPresent(change.agent());
        countReading(change.sighting(), known.hasRow() ? Presence.PRESENT : null, null);
        return new RecordOutcome.Noted(known.revision());
    }

    private RecordOutcome rest(RollChange.Rested change, Known known) throws SQLException {
        connection.update(
                "UPDATE agent_readings SET stamp = ? WHERE swarm = ? AND agent_id = ?",
                change.sighting().stamp(),
                swarm,
                change.agent().value());
        return new RecordOutcome.Noted(known.revision());
    }

    private RecordOutcome depart(RollChange.Departed change, Known known) throws SQLException {
        events.departed(change.sighting(), known);
        gaps.departed(change.sighting(), known);
        rejections.remove(change.agent());
        workspaces.markLeft(change.agent(), change.sighting().observedAt());
        boolean hadVersions = known.head() != null || known.hasRow();
        if (hadVersions) {
            countReading(change.sighting(), known.hasRow() ? Presence.LEFT : null, null);
        } else {
            connection.update(
                    "DELETE FROM agent_readings WHERE swarm = ? AND agent_id = ?",
                    swarm,
                    change.agent().value());
        }
        return new RecordOutcome.Noted(known.revision());
    }

    /**
     * @param presence as in the agent's row; null without one
     * @param findings of the document just accepted, as JSON; null when the last good one stays
     */
    private void countReading(Sighting sighting, @Nullable Presence presence, @Nullable String findings)
            throws SQLException {
        connection.later(
                "INSERT INTO agent_readings (swarm, agent_id, reading, stamp, findings, presence, file)"
                        + " VALUES (?1, ?2, ?3, ?4, coalesce(json_array_length(?5), 0), ?6, ?7)"
                        + " ON CONFLICT (swarm, agent_id) DO UPDATE SET reading = excluded.reading, stamp = excluded.stamp,"
                        + " presence = excluded.presence, file = excluded.file, findings = "
                        + "coalesce(json_array_length(?5), agent_readings.findings)",
                swarm,
                sighting.agent().value(),
                sighting.expectedReading() + 1,
                sighting.stamp(),
                findings,
                presence == null ? null : presence.name(),
                sighting.file());
    }
}
