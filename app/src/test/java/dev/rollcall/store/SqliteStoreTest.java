package dev.rollcall.store;

import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollStoreContract;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on SQLite. */
class SqliteStoreTest extends RollStoreContract {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("roll.db");
    }

    @Override
    protected RollStore open(SwarmName swarm) {
        return SqliteStore.open(file().toString(), swarm, Duration.ofSeconds(5));
    }

    @Override
    protected RollQuery queryOf(RollStore store) {
        return (SqliteStore) store;
    }

    @Override
    protected void sql(String statement) {
        HandEdits.run(file(), statement);
    }

    @Override
    protected void refusePassagesOf(String agent) {
        sql("CREATE TRIGGER refuse BEFORE INSERT ON agent_status WHEN new.agent_id = '" + agent
                + "' BEGIN SELECT RAISE(ABORT, 'refused for the test'); END");
    }

    @Override
    protected long keptBytesOfRejected() {
        return Long.parseLong(HandEdits.query(file(), "SELECT length(bytes) FROM rejected_documents")
                .getFirst());
    }
}
