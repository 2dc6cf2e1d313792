package dev.rollcall.store;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.search.RollPassages.Shared;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What PostgreSQL does its own way. */
final class PostgresEngine implements Engine {
    /** Numbers that are drawn ahead in one transaction, at most; those that it does not use stay unused. */
    private static final int MOST_DRAWN = 256;

    private static final String DRAW = "SELECT nextval('status_history_revision') FROM generate_series(1, ?)";

    /** Those with anything of an agent in them. */
    private static final List<String> TABLES = List.of(
            "agent_workspaces",
            "agent_readings",
            "agent_status",
            "status_history",
            "status_revisions",
            "rejected_documents",
            "roll_events",
            "agent_gaps",
            "past_passages",
            "passage_queue",
            "passage_words");

    private static final String EVENTS = "CAST(pg_get_serial_sequence('roll_events', 'seq') AS regclass)";

    private static final String LAST_EVENT = "SELECT coalesce(pg_sequence_last_value(" + EVENTS + "), 0)";

    private static final String CHANGES = "SELECT changes FROM swarm_changes WHERE swarm = ?";

    /** Notifications are a hint. So often the number itself is looked at. */
    private static final long BETWEEN_LOOKS_NANOS = 1_000_000_000;

    /**
     * BM25 with the weights of FTS5 (sqlite.org/fts5.html, section 5.1.1): k1 = 1.2 and b = 0.75. How often a word is in a
     * passage stands in its lexeme's positions.
     */
    private static final String BY_WORDS = """
            WITH asked AS (
                SELECT DISTINCT lexeme FROM unnest(CAST(? AS text[])) AS word,
                       unnest(roll_lexemes(word)) AS told (lexeme, positions, weights)),
            size AS (SELECT greatest(count(*), 1) AS passages,
                            greatest(avg(coalesce(length(lexemes), 0)), 1) AS mean FROM passage_words),
            weight AS (
                SELECT lexeme, greatest(ln((passages - found + 0.5) / (found + 0.5)), 0.000001) AS rarity
                FROM size, asked CROSS JOIN LATERAL (
                    SELECT count(*) AS found FROM passage_words
                    WHERE lexemes @@ CAST(quote_literal(lexeme) AS tsquery)) AS counted),
            found AS (
                SELECT p.rowid, sum(rarity * cardinality(told.positions) * 2.2 / (cardinality(told.positions)
                           + 1.2 * (0.25 + 0.75 * length(p.lexemes) / mean))) AS score
                FROM size, weight, passage_words AS p, unnest(p.lexemes) AS told (lexeme, positions, weights)
                WHERE p.lexemes @@ CAST(quote_literal(weight.lexeme) AS tsquery) AND told.lexeme = weight.lexeme
                    AND (EXISTS (SELECT 1 FROM agent_status WHERE number = p.rowid AND swarm = ?)
                         OR EXISTS (SELECT 1 FROM past_passages WHERE number = p.rowid AND swarm = ?))
                GROUP BY p.rowid)
            SELECT rowid FROM found ORDER BY score DESC, rowid LIMIT ?""";

    private static final String FREQUENCY = "SELECT count(*) FROM passage_words WHERE lexemes @@ (SELECT CAST("
            + "coalesce(string_agg(quote_literal(lexeme), ' & '), '') AS tsquery) FROM unnest(roll_lexemes(?)))";

    private final PostgresConnection connection;
    private final Deque<Long> drawn = new ArrayDeque<>();
    private final Set<String> months = new HashSet<>();
    private int lastLot;
    private long ownChanges;
    private boolean isListening;
    private boolean isFirstSession = true;
    private @Nullable String held;
    private long nextLookAt = System.nanoTime();
    private long changes;

    PostgresEngine(PostgresConnection connection) {
        this.connection = connection;
    }

    @Override
    public String insertSeveral() {
        return "INSERT";
    }

    @Override
    public String lastOfEach(String agents, String columns, String lastOf) {
        return "SELECT agents.id, " + columns + " FROM " + agents + " AS agents CROSS JOIN LATERAL"
                + " (SELECT * FROM status_history WHERE swarm = ?1 AND agent_id = agents.id" + lastOf + ") AS last";
    }

    /**
     * The time is looked up, and tells the partition. The sum keeps the planner from holding the number against each of
     * them instead, which it would do in place of waiting for the time.
     */
    @Override
    public String versionWhoseNumber(String condition) {
        return "(SELECT revision AS number, observed_at AS moment FROM status_revisions) AS numbered"
                + " JOIN status_history AS version ON version.revision = number + 0 AND version.observed_at = moment"
                + " WHERE number " + condition;
    }

    @Override
    public String wordsUnder(String number) {
        return "(SELECT words FROM passage_words WHERE rowid = " + number + ")";
    }

    @Override
    public String succession() {
        return PostgresWriters.TIMELINE_OF_READERS;
    }

    @Override
    public Object text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void expectRevisions(int atMost) {
        lastLot = Math.clamp(atMost, 0, MOST_DRAWN) / 2;
    }

    /** Each time twice as many, so that one change draws one and a thousand do not ask a thousand times. */
    @Override
    public long nextRevision() throws SQLException {
        Long next = drawn.poll();
        if (next == null) {
            lastLot = Math.clamp(2L * lastLot, 1, MOST_DRAWN);
            drawn.addAll(connection.query(DRAW, row -> row.getLong(1), lastLot));
            next = drawn.remove();
        }
        return next;
    }

    /** Before work that is done once: somebody may have dropped one since. */
    void forgetMonths() {
        months.clear();
    }

    void forgetNumbers() {
        drawn.clear();
        lastLot = 0;
    }

    @Override
    public long lastRevision() throws SQLException {
        return connection
                .first(
                        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM status_history_revision",
                        row -> row.getLong(1))
                .orElseThrow();
    }

    @Override
    public void raiseRevisions(long last) throws SQLException {
        if (last > 0) {
            connection.first(
                    "SELECT setval('status_history_revision', greatest(?, last_value)) FROM status_history_revision",
                    row -> true,
                    last);
        }
    }

    @Override
    public long lastEvent() throws SQLException {
        return connection.first(LAST_EVENT, row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public void raiseEvents(long last) throws SQLException {
        if (last > lastEvent()) {
            connection.first("SELECT setval(" + EVENTS + ", ?)", row -> true, last);
        }
    }

    /** The month's partition, and that of the month after it, before anybody needs it. */
    @Override
    public void beforeVersionOf(String observedAt) throws SQLException {
        String month = observedAt.substring(0, Math.min(HistoryMonths.LENGTH, observedAt.length()));
        if (HistoryMonths.isOwn(month) && months.add(month)) {
            for (String needed : List.of(month, HistoryMonths.after(month))) {
                if (HistoryMonths.isOwn(needed)) {
                    connection.first("SELECT make_history_partition(?)", row -> true, needed);
                }
            }
        }
    }

    /** An index of the server's is mended by the server. */
    @Override
    public void mendWords() {}

    @Override
    public void purgeWords() {}

    @Override
    public long frequency(String word) throws SQLException {
        return connection
                .first(FREQUENCY, row -> row.getLong(1), word.replace("\0", ""))
                .orElse(0L);
    }

    @Override
    public List<Long> byWords(String swarm, List<String> words, int atMost) throws SQLException {
        return connection.query(BY_WORDS, row -> row.getLong(1), TextArray.of(words), swarm, swarm, atMost);
    }

    @Override
    public Shared shared(Place place) {
        return new Pgvector(connection, place).shared();
    }

    @Override
    public @Nullable PassageIndex makeShared(Place place) {
        return new Pgvector(connection, place).make();
    }

    @Override
    public void mendShared() throws SQLException {
        Pgvector.mend(connection);
    }

    @Override
    public void beforeErasing() {}

    /**
     * The tables' files are written anew, and the index of vectors, which is made of them, is begun anew; the log, replicas
     * and backups are for whoever keeps the server.
     */
    @Override
    public @Nullable String overwriteErased() {
        try {
            compact();
            Pgvector.empty(connection);
            return null;
        } catch (ProblemException notNow) {
            return notNow.problem().message();
        }
    }

    @Override
    public void compact() {
        connection.outsideTransactions(
                TABLES.stream().map("VACUUM (FULL) "::concat).toList());
    }

    @Override
    public int dropEmptyMonths() throws SQLException {
        months.clear();
        return connection
                .first("SELECT drop_empty_history_partitions()", row -> row.getInt(1))
                .orElse(0);
    }

    /** What was made and begun in a transaction is gone with it. */
    void rolledBack() {
        months.clear();
        isListening = false;
    }

    void countOwnChange() {
        ownChanges++;
    }

    void sessionBegan() {
        isFirstSession = false;
        rolledBack();
        forgetNumbers();
        nextLookAt = System.nanoTime();
    }

    @Override
    public long othersChanges() throws SQLException {
        // What was told of until now is known by what follows.
        notices();
        return looked();
    }

    /** Asked for when the server has told of a change, and once a second in case that did not arrive. */
    @Override
    public long noticedChanges() throws SQLException {
        return notices() > 0 || System.nanoTime() - nextLookAt >= 0 ? looked() : changes;
    }

    private int notices() throws SQLException {
        PGNotification[] told = connection.jdbc().unwrap(PGConnection.class).getNotifications();
        return told == null ? 0 : told.length;
    }

    /** A standby refuses that until it takes over. */
    private void listen() throws SQLException {
        if (!isListening) {
            isListening = !connection
                    .first("SELECT pg_is_in_recovery()", row -> row.getBoolean(1))
                    .orElseThrow();
            if (isListening) {
                connection.execute("LISTEN rollcall");
            }
        }
    }

    private long looked() throws SQLException {
        listen();
        nextLookAt = System.nanoTime() + BETWEEN_LOOKS_NANOS;
        changes = connection
                        .first(CHANGES, row -> row.getLong(1), connection.swarm())
                        .orElse(0L)
                - ownChanges;
        return changes;
    }

    @Override
    public void before(int changes) {}

    /**
     * A database that was dropped and made anew under its name ends every session with the one before; so does a server
     * whose place a standby takes, which may lack the last changes.
     */
    @Override
    public boolean isInPlace() {
        return isFirstSession;
    }

    /** What the session before this one held, before somebody takes its end for that of who leads. */
    void holdAgain() throws SQLException {
        String name = held;
        held = null;
        if (name != null) {
            hold(name);
        }
    }

    @Override
    public boolean hold(String name) throws SQLException {
        boolean isTaken = !name.equals(held)
                && connection
                        .first(PostgresWriters.HOLD, row -> row.getBoolean(1), name)
                        .orElseThrow();
        held = isTaken ? name : held;
        return name.equals(held);
    }

    @Override
    public void close() {}
}
