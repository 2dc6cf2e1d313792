package dev.rollcall.store;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.search.RollPassages.Shared;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What SQLite does its own way. */
final class SqliteEngine implements Engine {
    private static final String LAST = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0)";

    /** Whose a passage is, is asked of the best only. */
    private static final String BY_WORDS = "SELECT best.rowid FROM (SELECT rowid, rank FROM passage_words"
            + " WHERE passage_words MATCH ? ORDER BY rank LIMIT ?) AS best WHERE EXISTS"
            + " (SELECT 1 FROM agent_status WHERE number = best.rowid AND +swarm = ?) OR EXISTS"
            + " (SELECT 1 FROM past_passages WHERE number = best.rowid AND +swarm = ?) ORDER BY best.rank";

    private static final long UNKNOWN = -1;

    private final SqliteConnection connection;
    private final BackgroundCheckpoint checkpoint;
    private final @Nullable Object fileKey;
    private long drawnLast = UNKNOWN;

    SqliteEngine(SqliteConnection connection) {
        this.connection = connection;
        this.checkpoint = new BackgroundCheckpoint(connection);
        this.fileKey = connection.location().fileKey();
    }

    /**
     * OR ROLLBACK, which is what happens after any failure: by default SQLite would copy each page that a statement of
     * several rows touches, to be able to undo the statement alone. That doubled what a bulk load writes.
     */
    @Override
    public String insertSeveral() {
        return "INSERT OR ROLLBACK";
    }

    @Override
    public String lastOfEach(String agents, String columns, String lastOf) {
        return "SELECT agents.id, " + columns + " FROM " + agents + " AS agents CROSS JOIN status_history"
                + " WHERE revision IN (SELECT revision FROM status_history WHERE swarm = ?1 AND agent_id = agents.id"
                + lastOf + ")";
    }

    /**
     * The number is the row's own. Without NOT INDEXED, a condition on the swarm beside a dozen numbers makes SQLite go over
     * every version of the swarm.
     */
    @Override
    public String versionWhoseNumber(String condition) {
        return "status_history AS version NOT INDEXED WHERE version.revision " + condition;
    }

    /** By the table behind passage_words. */
    @Override
    public String wordsUnder(String number) {
        return "(SELECT c0 FROM passage_words_content WHERE id = " + number + ")";
    }

    @Override
    public String succession() {
        return "''";
    }

    /** The driver takes the bytes as they are. */
    @Override
    public Object text(byte[] utf8) {
        return utf8;
    }

    @Override
    public void expectRevisions(int atMost) {}

    /** AUTOINCREMENT's own counter, which is not lowered by rows that are erased. */
    @Override
    public long nextRevision() throws SQLException {
        if (drawnLast == UNKNOWN) {
            drawnLast = lastRevision();
        }
        return ++drawnLast;
    }

    /** At the beginning of a transaction: others may have drawn numbers since. */
    void forgetNumbers() {
        drawnLast = UNKNOWN;
    }

    @Override
    public long lastRevision() throws SQLException {
        return last("status_history");
    }

    @Override
    public void raiseRevisions(long last) throws SQLException {
        raise("status_history", last);
        forgetNumbers();
    }

    @Override
    public long lastEvent() throws SQLException {
        return last("roll_events");
    }

    @Override
    public void raiseEvents(long last) throws SQLException {
        raise("roll_events", last);
    }

    private long last(String table) throws SQLException {
        return connection.first(LAST, row -> row.getLong(1), table).orElseThrow();
    }

    /** AUTOINCREMENT's own counter; it has no row before the first of a table. */
    void raise(String table, long last) throws SQLException {
        boolean isCounting =
                connection.update("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", last, table) > 0;
        if (!isCounting) {
            connection.update("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, last);
        }
    }

    @Override
    public void beforeVersionOf(String observedAt) {}

    @Override
    public void mendWords() throws SQLException {
        new PassageWords(connection).mend();
    }

    /** Deleted words lie on in the segments of the index until these are merged. */
    @Override
    public void purgeWords() throws SQLException {
        connection.update("INSERT INTO passage_words (passage_words) VALUES ('optimize')");
    }

    @Override
    public long frequency(String word) throws SQLException {
        return connection
                .first(
                        "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?",
                        row -> row.getLong(1),
                        quoted(word))
                .orElse(0L);
    }

    @Override
    public List<Long> byWords(String swarm, List<String> words, int atMost) throws SQLException {
        String any = words.stream().map(SqliteEngine::quoted).collect(Collectors.joining(" OR "));
        return connection.query(BY_WORDS, row -> row.getLong(1), any, atMost, swarm, swarm);
    }

    /** A string of FTS5, in which nothing is an operator; a zero would end it. */
    private static String quoted(String word) {
        return '"' + word.replace("\"", "").replace("\0", "") + '"';
    }

    @Override
    public Shared shared(Place place) {
        return Shared.NEVER;
    }

    @Override
    public @Nullable PassageIndex makeShared(Place place) {
        return null;
    }

    @Override
    public void mendShared() {}

    @Override
    public void beforeErasing() {
        connection.plain(() -> {
            connection.execute("PRAGMA secure_delete = ON");
            return true;
        });
    }

    /** The rows are gone; earlier states of them can still lie in free pages and in the log. */
    @Override
    public @Nullable String overwriteErased() {
        try {
            compact();
            return null;
        } catch (ProblemException notNow) {
            return notNow.problem().message();
        }
    }

    @Override
    public void compact() {
        Compaction.run(connection);
    }

    /** History is one table. */
    @Override
    public int dropEmptyMonths() {
        return 0;
    }

    @Override
    public long othersChanges() throws SQLException {
        return connection.first("PRAGMA data_version", row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public long noticedChanges() throws SQLException {
        return othersChanges();
    }

    @Override
    public void before(int changes) {
        checkpoint.before(changes);
    }

    @Override
    public boolean isInPlace() {
        return Objects.equals(fileKey, connection.location().fileKey());
    }

    /** Of a session nothing outlives its process, and nothing tells others of it. */
    @Override
    public boolean hold(String name) {
        return false;
    }

    @Override
    public void close() {
        checkpoint.close();
    }
}
