package dev.rollcall.store;

import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.search.RollPassages.Shared;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite and PostgreSQL do each their own way, on one connection; everything else is SQL that both take.
 *
 * <p>Methods that throw {@link SQLException} are called inside a transaction of the connection, the others between two.
 */
interface Engine extends AutoCloseable {
    /** The beginning of a statement that inserts several rows. */
    String insertSeveral();

    /**
     * A query for the last versions of each of several agents.
     *
     * @param agents what gives them a column {@code id}: a table, or a query in brackets
     * @param columns of status_history
     * @param lastOf what follows {@code FROM status_history WHERE swarm = ?1 AND agent_id = agents.id}
     */
    String lastOfEach(String agents, String columns, String lastOf);

    /**
     * What stands after {@code FROM} to read rows of status_history, called {@code version}, of which the number alone is
     * known. It ends in a condition: more are added with AND.
     *
     * @param condition on the number, such as {@code = ?1}
     */
    String versionWhoseNumber(String condition);

    /** The words that passage_words holds under the number in this column, whatever state its index is in. */
    String wordsUnder(String number);

    /**
     * An expression for which of its successors the database is: a server that takes another's place may lack the last
     * changes, and gives their numbers again.
     */
    String succession();

    /** What to bind where {@code CAST(? AS TEXT)} is to have this text. */
    Object text(byte[] utf8);

    /** Inside a write transaction: about so many revisions are to come. */
    void expectRevisions(int atMost);

    /** Inside a write transaction: a number that no revision has had, larger than any before it of this swarm. */
    long nextRevision() throws SQLException;

    /** The largest number that a revision of any swarm has had; 0 before the first. */
    long lastRevision() throws SQLException;

    /** Numbers up to this one are for revisions to which {@link #nextRevision} does not give them. */
    void raiseRevisions(long last) throws SQLException;

    /** The largest number that an event of any swarm has had; 0 before the first. */
    long lastEvent() throws SQLException;

    /** As {@link #raiseRevisions}, of events. */
    void raiseEvents(long last) throws SQLException;

    /** Called before a version that was observed then is written. */
    void beforeVersionOf(String observedAt) throws SQLException;

    /** Makes passage_words anew where it is damaged. */
    void mendWords() throws SQLException;

    /** Words that were deleted leave no trace in what makes them searchable. */
    void purgeWords() throws SQLException;

    /** How many passages of all swarms have the word. */
    long frequency(String word) throws SQLException;

    /** The numbers of at most so many passages with any of these words; of this swarm, the best first. */
    List<Long> byWords(String swarm, List<String> words, int atMost) throws SQLException;

    /** As {@link dev.rollcall.search.RollPassages#shared}. */
    Shared shared(Place place);

    /** As {@link dev.rollcall.search.PassageQueue#makeIndex}. */
    @Nullable
    PassageIndex makeShared(Place place);

    /** Inside a write transaction: takes out of the index that the database has itself what is above a gap. */
    void mendShared() throws SQLException;

    /** Called before an agent is erased. */
    void beforeErasing();

    /**
     * Overwrites what the database's files hold of rows that were erased. What still holds them and can not be
     * overwritten; null for nothing.
     */
    @Nullable
    String overwriteErased();

    /** As {@link dev.rollcall.roll.RollUpkeep#compact}. */
    void compact();

    /** As {@link dev.rollcall.roll.RollUpkeep#dropEmptyMonths}. */
    int dropEmptyMonths() throws SQLException;

    /** A number that is another one after another connection has committed a change. */
    long othersChanges() throws SQLException;

    /** The same, for whoever asks many times a second: where asking costs a trip it may come a second late. */
    long noticedChanges() throws SQLException;

    /** Called before each transaction of many changes. */
    void before(int changes);

    /** Whether what stands under the database's name is still what was opened. */
    boolean isInPlace();

    /** Holds a name for as long as this session lasts; false where another one does, or nobody could tell. */
    boolean hold(String name) throws SQLException;

    @Override
    void close();
}
