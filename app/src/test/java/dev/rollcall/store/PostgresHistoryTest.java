package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollHistoryContract;
import java.nio.file.Path;

class PostgresHistoryTest extends RollHistoryContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
