package dev.rollcall.roll;

import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.RollPassages;

/** A database to hold against the contracts, with a back door. */
public interface RollBackend {
    /** Opens the same database again with every call, for the swarm of that name. */
    RollStore open(SwarmName swarm);

    /** The same for whoever records under this name. */
    RollStore open(SwarmName swarm, SourceName source);

    RollSources sourcesOf(RollStore store);

    RollQuery queryOf(RollStore store);

    RollPast pastOf(RollStore store);

    RollArchive archiveOf(RollStore store);

    RollUpkeep upkeepOf(RollStore store);

    RollTransfer transferOf(RollStore store);

    WatchLease leaseOf(RollStore store);

    RollFeed feedOf(RollStore store);

    PassageQueue queueOf(RollStore store);

    RollPassages passagesOf(RollStore store);

    /** Edits the tables by hand. */
    void sql(String statement);

    /** The same; false, and nothing is changed, where a column's type keeps such a value out. */
    boolean isTaken(String statement);

    /** The one number that a query yields. */
    long numberOf(String query);

    /**
     * From now on the database refuses such a change.
     *
     * @param change INSERT, UPDATE
     * @param condition on {@code new}, the row as it would be
     */
    void refuse(String change, String table, String condition);

    /** Refuses no change of the table any more. */
    void refuseNothing(String table);

    /** Pages of the database's files in which nothing stands. */
    long freePages();

    /** Whether the database's own files have this word anywhere in them, used or not. */
    boolean filesHold(String word);
}
