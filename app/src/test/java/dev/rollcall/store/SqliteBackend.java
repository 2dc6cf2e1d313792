package dev.rollcall.store;

import dev.rollcall.roll.RollArchive;
import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollTransfer;
import dev.rollcall.roll.RollUpkeep;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.roll.WatchLease;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.RollPassages;
import java.nio.file.Path;
import java.time.Duration;

/** A SQLite file to hold against the contracts. */
record SqliteBackend(Path file) implements RollBackend {
    static SqliteBackend in(Path folder) {
        return new SqliteBackend(folder.resolve("roll.db"));
    }

    @Override
    public RollStore open(SwarmName swarm) {
        return SqliteStore.open(file.toString(), swarm, Duration.ofSeconds(5));
    }

    @Override
    public RollQuery queryOf(RollStore store) {
        return (SqliteStore) store;
    }

    @Override
    public RollFeed feedOf(RollStore store) {
        return (SqliteStore) store;
    }

    @Override
    public RollPast pastOf(RollStore store) {
        return ((SqliteStore) store).past();
    }

    @Override
    public RollArchive archiveOf(RollStore store) {
        return ((SqliteStore) store).archive();
    }

    @Override
    public RollUpkeep upkeepOf(RollStore store) {
        return ((SqliteStore) store).upkeep();
    }

    @Override
    public RollTransfer transferOf(RollStore store) {
        return ((SqliteStore) store).transfer();
    }

    @Override
    public WatchLease leaseOf(RollStore store) {
        return (SqliteStore) store;
    }

    @Override
    public PassageQueue queueOf(RollStore store) {
        return ((SqliteStore) store).passageQueue();
    }

    @Override
    public RollPassages passagesOf(RollStore store) {
        return ((SqliteStore) store).passages();
    }

    @Override
    public void sql(String statement) {
        HandEdits.run(file, statement);
    }

    @Override
    public long numberOf(String query) {
        return Long.parseLong(HandEdits.query(file, query).getFirst());
    }

    @Override
    public void refusePassagesOf(String agent) {
        sql("CREATE TRIGGER refuse BEFORE INSERT ON agent_status WHEN new.agent_id = '" + agent
                + "' BEGIN SELECT RAISE(ABORT, 'refused for the test'); END");
    }
}
