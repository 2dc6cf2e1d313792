package dev.rollcall.store;

import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.search.RollPassages.Shared;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code passage_vectors}, which only a server with the extension pgvector can have. It is no migration: the
 * extension may come and go, and the table is made of what other tables hold. For one thread at a time.
 */
final class Pgvector {
    /** Of an older one a search ends where enough neighbours of other swarms were met. */
    private static final String OLDEST = "0.8.0";

    private static final Pattern OLD = Pattern.compile("0\\.[0-7](\\D.*)?");

    /** As far as the extension's sums of whole numbers are exact: squares of at most 128, in a float of 24 bits. */
    private static final int MOST_DIMENSIONS = 1_000;

    /** The schema's own table of that name: its id, or null. */
    private static final String TABLE = "to_regclass(quote_ident(current_schema()) || '.passage_vectors')";

    private static final String LOOK = "WITH ours AS (SELECT " + TABLE + """
                 AS id),
            extension AS (SELECT extversion, quote_ident(nspname) AS home, nspname
                FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'),
            columns AS (SELECT attname, atttypid, atttypmod FROM ours JOIN pg_attribute ON attrelid = id
                WHERE attnum > 0 AND NOT attisdropped)
            SELECT extversion, home, id IS NOT NULL,
                (SELECT count(*) = 3 FROM columns WHERE attname IN ('number', 'swarm', 'model')),
                (SELECT atttypmod FROM columns WHERE attname = 'embedding' AND atttypid = to_regtype(home || '.vector')),
                has_schema_privilege(nspname, 'USAGE') AND coalesce(has_table_privilege(id, 'SELECT'), TRUE),
                has_schema_privilege(current_schema(), 'CREATE') AND has_table_privilege('passage_words', 'REFERENCES')
                    AND coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = id), TRUE),
                coalesce(has_table_privilege(id, 'INSERT') AND has_table_privilege(id, 'UPDATE'), FALSE)
            FROM extension CROSS JOIN ours""";

    private static final String MAY_MEND = "SELECT 1 WHERE has_table_privilege(" + TABLE + ", 'DELETE')";

    private static final String ABOVE_A_GAP = """
            DELETE FROM passage_vectors WHERE swarm = ?1 AND number >= (
                SELECT min(number) FROM (
                    SELECT number, model, embedding FROM agent_status WHERE swarm = ?1
                    UNION ALL SELECT number, model, embedding FROM past_passages WHERE swarm = ?1) AS passages
                WHERE embedding IS NOT NULL AND model = (SELECT search_index.model FROM search_index)
                    AND NOT EXISTS (SELECT 1 FROM passage_vectors AS its WHERE its.number = passages.number))""";

    private final PostgresConnection connection;
    private final Place place;

    Pgvector(PostgresConnection connection, Place place) {
        this.connection = connection;
        this.place = place;
    }

    /**
     * What there is of the extension and of the table.
     *
     * @param schema of the extension, as it stands in a statement
     * @param isTable whether there is a table of that name
     * @param isOurs whether it has the columns of ours
     * @param dimension of its vectors; null where the extension has taken them along
     * @param isReadable whether this user may use both
     * @param isMakeable whether this user may make the table
     * @param isOpen whether this user may add to the table
     */
    private record Look(
            String version,
            String schema,
            boolean isTable,
            boolean isOurs,
            @Nullable Integer dimension,
            boolean isReadable,
            boolean isMakeable,
            boolean isOpen) {
        boolean isFor(Place place) {
            return isOurs && dimension != null && dimension == place.dimension();
        }
    }

    /** Changes nothing. */
    Shared shared() {
        Look look = connection.read(this::look).orElse(null);
        String lack = lack(look);
        if (look == null || lack != null) {
            return new Shared(null, String.valueOf(lack));
        }
        String extension = "pgvector " + look.version();
        return look.isFor(place)
                ? new Shared(index(look), extension)
                : new Shared(null, extension + " is there, but not its table: rollcall index, as who owns the tables");
    }

    private PassageIndex index(Look look) {
        return new PgvectorIndex(connection, place, look.schema(), PgvectorIndex.FEW);
    }

    /**
     * Makes the table where it is missing or of another dimension, and this user may make it.
     *
     * @return what is in it, to add to; null where this user may not
     */
    @Nullable
    PassageIndex make() {
        if (connection.read(this::isWanted)) {
            connection.alone("rollcall schema", () -> {
                Look look = look().orElse(null);
                if (look != null && isWanted()) {
                    connection.execute(statements(look.schema(), place.dimension()));
                }
                return true;
            });
        }
        Look look = connection.read(this::look).orElse(null);
        return look != null && lack(look) == null && look.isFor(place) && look.isOpen() ? index(look) : null;
    }

    private boolean isWanted() throws SQLException {
        Look look = look().orElse(null);
        return look != null && lack(look) == null && !look.isFor(place) && look.isMakeable();
    }

    private Optional<Look> look() throws SQLException {
        return connection.first(
                LOOK,
                row -> new Look(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getObject(5, Integer.class),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        row.getBoolean(8)));
    }

    /** Why there is no index and can be none; null where there may be one. */
    private @Nullable String lack(@Nullable Look look) {
        if (look == null) {
            return "the database has no pgvector";
        }
        if (OLD.matcher(look.version()).matches()) {
            return "pgvector " + look.version() + " is older than " + OLDEST;
        }
        if (place.model() == null) {
            return "pgvector is there, and no vectors are yet";
        }
        if (place.dimension() < 1 || place.dimension() > MOST_DIMENSIONS) {
            return "pgvector is not used for vectors of " + place.dimension() + " dimensions";
        }
        if (!look.isReadable()) {
            return "pgvector is there, but this user may not read passage_vectors: deploy/grants.sql";
        }
        return look.isTable() && !look.isOurs()
                ? "pgvector is there, but a table passage_vectors of somebody else's is in the way"
                : null;
    }

    /** A number dies with its words, and so does its vector. */
    private static String statements(String schema, int dimension) {
        return """
            DROP TABLE IF EXISTS passage_vectors;
            CREATE TABLE passage_vectors (
                number    bigint PRIMARY KEY REFERENCES passage_words (rowid) ON DELETE CASCADE,
                swarm     text COLLATE "C" NOT NULL,
                model     text COLLATE "C" NOT NULL,
                embedding %1$s.vector(%2$d) NOT NULL
            );
            CREATE INDEX passage_vectors_of_swarm ON passage_vectors (swarm, model, number);
            CREATE INDEX passage_vectors_nearest ON passage_vectors USING hnsw (embedding %1$s.vector_cosine_ops);
            """.formatted(schema, dimension);
    }

    /**
     * What a hand has taken out would never come again: an index is only ever told what is above its newest number. Waits
     * for whoever adds.
     */
    static void mend(PostgresConnection connection) throws SQLException {
        if (connection.first(MAY_MEND, row -> true).isPresent()) {
            connection.first(
                    "SELECT pg_advisory_xact_lock(hashtext(?))",
                    row -> true,
                    PgvectorIndex.whoAddsTo(connection.swarm()));
            connection.update(ABOVE_A_GAP, connection.swarm());
        }
    }

    /** Nothing of what was erased is left in its files. */
    static void empty(PostgresConnection connection) {
        boolean isThere = connection.read(() -> connection
                .first("SELECT 1 WHERE " + TABLE + " IS NOT NULL", row -> true)
                .isPresent());
        if (isThere) {
            connection.outsideTransactions(List.of("TRUNCATE passage_vectors"));
        }
    }
}
