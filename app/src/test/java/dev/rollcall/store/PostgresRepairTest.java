package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollRepairContract;
import java.nio.file.Path;

class PostgresRepairTest extends RollRepairContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
