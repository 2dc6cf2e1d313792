package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.Position;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.document.StorableText;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.SwarmName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code rejected_documents}: the version of each agent's file that stands rejected. */
final class RejectionTable {
    /** How much of a rejected file is kept to look at (contract, section 6). */
    static final int MAX_BYTES = 64 << 10;

    private static final String SELECT =
            "SELECT agent_id, code, message, line, \"column\", byte_offset, since, source_path, content_sha256"
                    + " FROM rejected_documents WHERE swarm = ?1";

    /** What tells one rejection from another, in SQL; {@link #mark} is the same of a change. */
    static final String MARK = "content_sha256 || ' ' || code";

    private final SqlConnection connection;
    private final String swarm;

    RejectionTable(SqlConnection connection, SwarmName swarm) {
        this.connection = connection;
        this.swarm = swarm.value();
    }

    static String mark(RollChange.Refused change) {
        return change.contentSha256() + " " + change.rejection().code().label();
    }

    /** While an agent stays rejected, {@code since} stays. */
    void write(RollChange.Refused change) throws SQLException {
        Position position = change.rejection().position();
        connection.update(
                "INSERT INTO rejected_documents (swarm, agent_id, code, message, line, \"column\", byte_offset,"
                        + " since, content_sha256, source_path, size, bytes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (swarm, agent_id) DO UPDATE SET"
                        + " code = excluded.code, message = excluded.message, line = excluded.line,"
                        + " \"column\" = excluded.\"column\", byte_offset = excluded.byte_offset,"
                        + " content_sha256 = excluded.content_sha256, source_path = excluded.source_path,"
                        + " size = excluded.size, bytes = excluded.bytes",
                swarm,
                change.agent().value(),
                change.rejection().code().label(),
                change.rejection().message(),
                position == null ? null : position.line(),
                position == null ? null : position.column(),
                position == null ? null : position.byteOffset(),
                Timestamps.text(change.sighting().observedAt()),
                change.contentSha256(),
                change.sighting().sourcePath(),
                change.bytes().length,
                Arrays.copyOf(change.bytes(), Math.min(change.bytes().length, MAX_BYTES)));
    }

    /** Adds a rejected document as it is; false where one of the agent stands there already. */
    boolean take(RollItem.Rejection item) throws SQLException {
        RejectedDocument document = item.document();
        Position position = document.rejection().position();
        return connection.update(
                        "INSERT INTO rejected_documents (swarm, agent_id, code, message, line, \"column\","
                                + " byte_offset, since, content_sha256, source_path, size, bytes)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        swarm,
                        document.agent().value(),
                        document.rejection().code().label(),
                        StorableText.of(document.rejection().message()),
                        position == null ? null : position.line(),
                        position == null ? null : position.column(),
                        position == null ? null : position.byteOffset(),
                        Timestamps.text(document.since()),
                        document.contentSha256(),
                        StorableText.of(document.sourcePath()),
                        item.size(),
                        item.bytes())
                > 0;
    }

    /** The agent's rejected document with what is kept of its bytes. */
    Optional<RollItem.Rejection> whole(AgentId agent) throws SQLException {
        Optional<RejectedDocument> document = of(agent);
        return document.isEmpty()
                ? Optional.empty()
                : connection.first(
                        "SELECT size, bytes FROM rejected_documents WHERE swarm = ? AND agent_id = ?",
                        row -> new RollItem.Rejection(document.get(), row.getLong(1), row.getBytes(2)),
                        swarm,
                        agent.value());
    }

    /** Why an item can not be a row; empty when it can. */
    static Optional<String> objectionTo(RollItem.Rejection item) {
        if (item.bytes().length != Math.min(item.size(), MAX_BYTES)) {
            return Optional.of("its rejected document is not as long as it says");
        }
        boolean isWhole = item.size() <= MAX_BYTES;
        return isWhole
                        && !DocumentContent.sha256Of(item.bytes())
                                .equals(item.document().contentSha256())
                ? Optional.of("its rejected document has another SHA-256 than is told")
                : Optional.empty();
    }

    void remove(AgentId agent) throws SQLException {
        connection.update("DELETE FROM rejected_documents WHERE swarm = ? AND agent_id = ?", swarm, agent.value());
    }

    Optional<RejectedDocument> of(AgentId agent) throws SQLException {
        return connection.first(SELECT + " AND agent_id = ?2", this::document, swarm, agent.value());
    }

    /** Of those of whom one stands there, by id. */
    Map<String, RejectedDocument> of(List<AgentId> agents) throws SQLException {
        Map<String, RejectedDocument> rejected = new HashMap<>();
        connection.query(
                SELECT + " AND agent_id IN (" + Cells.places(2, agents.size()) + ")",
                row -> rejected.put(row.getString(1), document(row)),
                RawReader.values(swarm, agents));
        return rejected;
    }

    List<RejectedDocument> all() throws SQLException {
        return connection.query(SELECT + " ORDER BY agent_id", this::document, swarm);
    }

    private RejectedDocument document(ResultSet row) throws SQLException {
        String agent = row.getString(1);
        return new RejectedDocument(
                new AgentId(agent),
                new ParseResult.Rejected(code(agent, row.getString(2)), row.getString(3), position(row)),
                since(agent, row.getString(7)),
                row.getString(8),
                row.getString(9));
    }

    private static @Nullable Position position(ResultSet row) throws SQLException {
        int line = row.getInt(4);
        return row.wasNull() ? null : new Position(line, row.getInt(5), row.getLong(6));
    }

    private RejectionCode code(String agent, String label) {
        return Arrays.stream(RejectionCode.values())
                .filter(code -> code.name().equals(label.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> unreadable(agent, "code", label));
    }

    private Instant since(String agent, String text) {
        return Timestamps.read(text).orElseThrow(() -> unreadable(agent, "since", text));
    }

    private ProblemException unreadable(String agent, String column, String value) {
        return new ProblemException(
                ProblemCode.DATABASE_UNAVAILABLE,
                connection.place() + ": rejected_documents holds the " + column + " \"" + value + "\" for " + agent,
                "A hand edit broke this row; erase it in the database and sync the agent.");
    }
}
