package dev.rollcall.store;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a database with its prepared statements and its transactions. Every failure leaves as a
 * {@link ProblemException}. Statements are written in the SQL that SQLite and PostgreSQL share; what they do not share is
 * asked of the {@link #engine}. Parameters are {@code ?}, or {@code ?1}, {@code ?2} where one stands several times. For one
 * thread at a time.
 */
abstract class SqlConnection implements AutoCloseable {
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /** What a connection is for. */
    enum Purpose {
        /** Never creates anything, never changes anything. */
        READ,
        /** Creates the database's schema where there is none. */
        WRITE
    }

    /** Work inside a transaction, or between two. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Makes a value of a result's current row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What this kind of database does its own way. */
    abstract Engine engine();

    /** The database as sentences name it; never with a password. */
    abstract String place();

    /** Equal for two connections to one database, as far as its name or its file tells. */
    abstract Object identity();

    abstract Connection jdbc();

    /** A transaction that sees one state of the database throughout. */
    abstract <T> T read(Work<T> work);

    /** The same for work that hands on what it reads and can not take it back: it is done once, or fails. */
    <T> T readOnce(Work<T> work) {
        return read(work);
    }

    /** A transaction that waits until nobody else writes to the swarm, and sees what they wrote. */
    abstract <T> T write(Durability durability, Work<T> work);

    /** The same for work that chooses numbers itself: nobody else is given any meanwhile, in no swarm of the database. */
    <T> T writeNumbers(Durability durability, Work<T> work) {
        return write(durability, work);
    }

    /** As {@link #write}, for work that only the database keeps something of: it may be done again where the first time was lost. */
    <T> T writeRepeatably(Durability durability, Work<T> work) {
        return write(durability, work);
    }

    /**
     * The same for work that changes nothing but agents that are the source's before it begins, and adds events: whoever
     * does so for another source is not waited for, where the database can do that.
     */
    <T> T writeForSource(String source, Durability durability, Work<T> work) {
        return writeRepeatably(durability, work);
    }

    abstract ProblemException translated(SQLException failure);

    /** A statement of ours as the driver takes it. */
    abstract PreparedStatement prepare(String sql) throws SQLException;

    abstract void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException;

    /** One statement outside any transaction of ours, its failure translated. */
    <T> T plain(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException failure) {
            throw translated(failure);
        }
    }

    /** Runs one or more statements of our own making. */
    void execute(String sql) throws SQLException {
        try (Statement statement = jdbc().createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /**
     * A change of which nobody wants to know how many rows it met. It is made before the next statement that is not such a
     * one, and of several statements each is made for all its values before the next one is: those of one agent must not
     * depend on the order of different statements, but for the order in which a transaction first names them.
     */
    void later(String sql, @Nullable Object... values) throws SQLException {
        update(sql, values);
    }

    /**
     * As {@link #later}, of rows whose numbers must become visible in their order: they are made at the transaction's end,
     * while nobody else ends one of the swarm's.
     */
    void lastly(String sql, @Nullable Object... values) throws SQLException {
        later(sql, values);
    }

    /**
     * Where each statement is a way to a server and back: asks for many agents at once what the same statement with the
     * same reader will be asked for each of them in this transaction, before anything of that agent is changed.
     *
     * @param sql with the swarm as {@code ?1} and the agent as {@code ?2}
     */
    <T> void readAhead(String sql, RowReader<T> reader, String swarm, List<String> agents) throws SQLException {}

    /** What was read ahead for this statement and its values, once; null for nothing. */
    <T> @Nullable List<T> wasReadAhead(String sql, @Nullable Object[] values) {
        return null;
    }

    /** Called before each statement: what was put off is made now. */
    void makeLater() throws SQLException {}

    <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> known = wasReadAhead(sql, values);
        if (known != null) {
            return known;
        }
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> results = new ArrayList<>();
            while (rows.next()) {
                results.add(reader.read(rows));
            }
            return results;
        }
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> known = wasReadAhead(sql, values);
        if (known != null) {
            return known.stream().findFirst();
        }
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object[] values) throws SQLException {
        makeLater();
        PreparedStatement statement = statement(sql);
        bind(statement, values);
        return statement;
    }

    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = prepare(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Double number -> statement.setDouble(index, number);
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    /** Those of a session that is gone. */
    void forgetStatements() {
        statements.clear();
    }

    void closeStatements() throws SQLException {
        List<PreparedStatement> open = List.copyOf(statements.values());
        statements.clear();
        for (PreparedStatement statement : open) {
            statement.close();
        }
    }

    @Override
    public void close() {
        plain(() -> {
            closeStatements();
            jdbc().close();
            return true;
        });
    }
}
