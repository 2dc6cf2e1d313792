package dev.rollcall.store;

/** The statements by which writers wait for each other, and learn what became of what they wrote. */
final class PostgresWriters {
    /** Another one after each promotion of a standby. */
    private static final String TIMELINE = "left(pg_walfile_name(pg_current_wal_lsn()), 8)";

    /** The same, also where nothing can be written: there as of its last checkpoint, which may be one timeline behind. */
    static final String TIMELINE_OF_READERS = "CASE WHEN pg_is_in_recovery()"
            + " THEN lpad(upper(to_hex((pg_control_checkpoint()).timeline_id)), 8, '0') ELSE " + TIMELINE + " END";

    /**
     * Another one after each crash of the server as well: its recovery ends with a checkpoint. After one the numbers of
     * transactions that were not in the log yet are given to others.
     */
    private static final String LIFE = TIMELINE + " || ',' || (pg_control_checkpoint()).checkpoint_lsn";

    private static final String TRANSACTION = "pg_current_xact_id() || ' ' || " + LIFE;

    /** Which of a database's rolls this is, by whichever name or search path it was found. */
    private static final String ROLL = "CAST(CAST('swarm_changes' AS regclass) AS oid)";

    static final String TABLES = "SELECT " + ROLL;

    /** What is waited for in the place of a swarm, or of a source: a number of this roll and their names. */
    private static final String LOCK = "(hashtextextended(concat_ws(chr(10), 'rollcall', " + ROLL + ", ";

    private static final String OF_SWARM = LOCK + "CAST(?1 AS text)), 0))";
    private static final String OF_SOURCE = LOCK + "CAST(?1 AS text), CAST(?2 AS text)), 0))";

    /** For the numbers of revisions and events: shared by all who are given some, and had alone by who chooses some. */
    private static final String OF_NUMBERS =
            "(hashtextextended(concat_ws(chr(10), 'rollcall numbers', " + ROLL + "), 0))";

    private static final String BEGIN = "SELECT " + TRANSACTION + ", pg_advisory_xact_lock_shared" + OF_NUMBERS;

    /** Waits for whoever writes to the swarm; tells the transaction. */
    static final String BEGIN_ALONE = BEGIN + ", pg_advisory_xact_lock" + OF_SWARM;

    /** The same, and waits for whoever writes to any swarm. */
    static final String BEGIN_TO_NUMBER =
            "SELECT " + TRANSACTION + ", pg_advisory_xact_lock" + OF_NUMBERS + ", pg_advisory_xact_lock" + OF_SWARM;

    /** As {@link #BEGIN_ALONE}, but does not wait for who writes for other sources than ?2. */
    static final String BEGIN_FOR_SOURCE =
            BEGIN + ", pg_advisory_xact_lock_shared" + OF_SWARM + ", pg_advisory_xact_lock" + OF_SOURCE;

    /** Whether this session holds the name now, until it ends. */
    static final String HOLD = "SELECT pg_try_advisory_lock(hashtextextended(concat_ws(chr(10), 'rollcall held', "
            + ROLL + ", CAST(? AS text)), 0))";

    /** Waits for whoever ends, and tells that there will be something new. */
    static final String END = "INSERT INTO swarm_changes (swarm, changes) VALUES (?, 1)"
            + " ON CONFLICT (swarm) DO UPDATE SET changes = swarm_changes.changes + 1";

    /**
     * What the server knows of a transaction. Its number means nothing after a crash before it was in the log, and on a
     * standby that took over before it had heard of it.
     */
    static final String WHAT_BECAME = "SELECT CASE WHEN " + LIFE + " <> split_part(?1, ' ', 2) THEN 'elsewhere'"
            + " ELSE coalesce(pg_xact_status(CAST(split_part(?1, ' ', 1) AS xid8)), 'unknown') END";

    private PostgresWriters() {}
}
