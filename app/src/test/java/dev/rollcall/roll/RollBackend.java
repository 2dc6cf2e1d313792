package dev.rollcall.roll;

import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.RollPassages;

/** A database to hold against the contracts, with a back door. */
public interface RollBackend {
    /** Opens the same database again with every call, for the swarm of that name. */
    RollStore open(SwarmName swarm);

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

    /** The one number that a query yields. */
    long numberOf(String query);

    /** From now on the database refuses any new row of agent_status for this agent. */
    void refusePassagesOf(String agent);
}
