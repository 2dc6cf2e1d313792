package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollUpkeepContract;
import java.nio.file.Path;

class PostgresUpkeepTest extends RollUpkeepContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
