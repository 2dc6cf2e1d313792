package dev.rollcall.store;

import dev.rollcall.roll.RollArchive;
import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollSources;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollTransfer;
import dev.rollcall.roll.RollUpkeep;
import dev.rollcall.roll.SourceName;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.roll.WatchLease;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.RollPassages;
import java.time.Duration;

/** A SQL database to hold against the contracts. */
interface SqlBackend extends RollBackend {
    String pathOrUrl();

    @Override
    default RollStore open(SwarmName swarm) {
        return SqlStore.open(pathOrUrl(), swarm, Duration.ofSeconds(5));
    }

    @Override
    default RollStore open(SwarmName swarm, SourceName source) {
        return SqlStore.open(pathOrUrl(), swarm, source, Duration.ofSeconds(5));
    }

    @Override
    default RollSources sourcesOf(RollStore store) {
        return (SqlStore) store;
    }

    @Override
    default RollQuery queryOf(RollStore store) {
        return (SqlStore) store;
    }

    @Override
    default RollFeed feedOf(RollStore store) {
        return (SqlStore) store;
    }

    @Override
    default RollPast pastOf(RollStore store) {
        return ((SqlStore) store).past();
    }

    @Override
    default RollArchive archiveOf(RollStore store) {
        return ((SqlStore) store).archive();
    }

    @Override
    default RollUpkeep upkeepOf(RollStore store) {
        return ((SqlStore) store).upkeep();
    }

    @Override
    default RollTransfer transferOf(RollStore store) {
        return ((SqlStore) store).transfer();
    }

    @Override
    default WatchLease leaseOf(RollStore store) {
        return (SqlStore) store;
    }

    @Override
    default PassageQueue queueOf(RollStore store) {
        return ((SqlStore) store).passageQueue();
    }

    @Override
    default RollPassages passagesOf(RollStore store) {
        return ((SqlStore) store).passages();
    }
}
