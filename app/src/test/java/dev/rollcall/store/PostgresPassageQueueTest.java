package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.search.PassageQueueContract;
import java.nio.file.Path;

class PostgresPassageQueueTest extends PassageQueueContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
