package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.WatchLeaseContract;
import java.nio.file.Path;

class SqliteLeaseTest extends WatchLeaseContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return SqliteBackend.in(folder);
    }
}
