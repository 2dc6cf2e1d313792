package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.WatchLeaseContract;
import java.nio.file.Path;

class PostgresLeaseTest extends WatchLeaseContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
